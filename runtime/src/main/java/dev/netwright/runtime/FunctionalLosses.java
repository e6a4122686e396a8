package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;

/** The losses among the plain functions: means of what each element, row or sample loses. */
final class FunctionalLosses {
    private static final double EPSILON = 1e-6;
    private static final double COSINE_EPSILON = 1e-12;
    private static final double LEAST_LOG = -100;

    private FunctionalLosses() {}

    static float elements(String name, Tensor input, Tensor target, DoubleBinaryOperator loss) {
        requireAlike(name, input, target);
        float[] x = input.floats();
        float[] y = target.floats();
        return mean(x.length, i -> loss.applyAsDouble(x[i], y[i]));
    }

    private static float mean(int count, IntToDoubleFunction loss) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += loss.applyAsDouble(i);
        }
        return (float) (sum / count);
    }

    private static void requireAlike(String name, Tensor... tensors) {
        for (Tensor tensor : tensors) {
            FunctionalShapes.check(
                    Arrays.equals(tensors[0].dimensions(), tensor.dimensions()) && tensor.size() > 0,
                    name + " needs equal shapes with elements, but has " + Shapes.text(tensors[0].dimensions())
                            + " and " + Shapes.text(tensor.dimensions()));
        }
    }

    static double ofProbability(double p, double y) {
        return -y * bounded(p) - (1 - y) * bounded(1 - p);
    }

    private static double bounded(double probability) {
        return Math.max(Math.log(probability), LEAST_LOG);
    }

    static double ofScore(double x, double y) {
        return (1 - y) * x + FunctionalElements.log1pExp(-x);
    }

    static double smooth(double difference, double beta) {
        double size = Math.abs(difference);
        return size < beta ? 0.5 * size * size / beta : size - 0.5 * beta;
    }

    /** Rows of scores and as many labels. */
    private static int classes(String name, Tensor scores, int[] labels, int perRow) {
        int[] shape = scores.dimensions();
        FunctionalShapes.check(
                shape.length == 2 && labels.length > 0 && labels.length == shape[0] * (perRow == 0 ? shape[1] : perRow),
                name + " needs scores (N, classes) and labels for each, but has " + Shapes.text(shape) + " and "
                        + labels.length);
        return shape[1];
    }

    private static int label(int[] labels, int i, int classes) {
        FunctionalShapes.check(
                labels[i] >= 0 && labels[i] < classes,
                "Label " + labels[i] + " at position " + i + " is not one of the " + classes + " classes");
        return labels[i];
    }

    static float crossEntropy(Tensor logits, int[] labels) {
        int[] shape = logits.dimensions();
        FunctionalShapes.check(
                shape.length == 2 && shape[0] == labels.length && labels.length > 0,
                "crossEntropy needs logits (N, classes) and N labels, but has " + Shapes.text(shape) + " and "
                        + labels.length);
        return negativeLikelihood(FunctionalElements.softmax(logits, 1, true), labels);
    }

    static float negativeLikelihood(Tensor logProbabilities, int[] labels) {
        int classes = classes("nllLoss", logProbabilities, labels, 1);
        float[] x = logProbabilities.floats();
        return mean(labels.length, i -> -x[i * classes + label(labels, i, classes)]);
    }

    static float gaussian(Tensor input, Tensor target, Tensor variance) {
        requireAlike("gaussianNllLoss", input, target, variance);
        float[] x = input.floats();
        float[] y = target.floats();
        float[] v = variance.floats();
        return mean(x.length, i -> {
            double var = Math.max(v[i], EPSILON);
            double difference = (double) x[i] - y[i];
            return 0.5 * (Math.log(var) + difference * difference / var);
        });
    }

    static float ranking(Tensor first, Tensor second, Tensor target, double margin) {
        requireAlike("marginRankingLoss", first, second, target);
        float[] a = first.floats();
        float[] b = second.floats();
        float[] y = target.floats();
        return mean(a.length, i -> Math.max(0, -y[i] * ((double) a[i] - b[i]) + margin));
    }

    static float multiMargin(Tensor scores, int[] labels) {
        int classes = classes("multiMarginLoss", scores, labels, 1);
        float[] x = scores.floats();
        return mean(labels.length, i -> {
            int own = i * classes + label(labels, i, classes);
            double sum = 0;
            for (int c = i * classes; c < (i + 1) * classes; c++) {
                sum += c == own ? 0 : Math.max(0, 1 - (double) x[own] + x[c]);
            }
            return sum / classes;
        });
    }

    static float multilabelMargin(Tensor scores, int[] labels) {
        int classes = classes("multilabelMarginLoss", scores, labels, 0);
        float[] x = scores.floats();
        return mean(labels.length / classes, i -> {
            int from = i * classes;
            boolean[] own = new boolean[classes];
            int count = 0;
            while (count < classes && labels[from + count] >= 0) {
                own[label(labels, from + count++, classes)] = true;
            }
            double sum = 0;
            for (int k = 0; k < count; k++) {
                for (int c = 0; c < classes; c++) {
                    sum += own[c] ? 0 : Math.max(0, 1 - (double) x[from + labels[from + k]] + x[from + c]);
                }
            }
            return sum / classes;
        });
    }

    /** Vectors of the last dimension. */
    private static int rows(String name, Tensor... vectors) {
        requireAlike(name, vectors);
        int[] shape = vectors[0].dimensions();
        FunctionalShapes.check(shape.length > 0, name + " needs vectors, but has a number");
        return vectors[0].size() / shape[shape.length - 1];
    }

    static float cosine(Tensor first, Tensor second, Tensor target, double margin) {
        int rows = rows("cosineEmbeddingLoss", first, second);
        FunctionalShapes.check(
                target.size() == rows,
                "cosineEmbeddingLoss needs a target for each of " + rows + " pairs, but has " + target.size());
        float[] a = first.floats();
        float[] b = second.floats();
        float[] y = target.floats();
        int size = a.length / rows;
        return mean(rows, i -> {
            double product = 0;
            double ofA = COSINE_EPSILON;
            double ofB = COSINE_EPSILON;
            for (int k = i * size; k < (i + 1) * size; k++) {
                product += (double) a[k] * b[k];
                ofA += (double) a[k] * a[k];
                ofB += (double) b[k] * b[k];
            }
            double cosine = product / Math.sqrt(ofA * ofB);
            return y[i] > 0 ? 1 - cosine : Math.max(0, cosine - margin);
        });
    }

    static float triplets(Tensor anchor, Tensor positive, Tensor negative, double margin) {
        int rows = rows("tripletMarginLoss", anchor, positive, negative);
        float[] a = anchor.floats();
        float[] p = positive.floats();
        float[] n = negative.floats();
        int size = a.length / rows;
        return mean(rows, i -> Math.max(0, distance(a, p, i * size, size) - distance(a, n, i * size, size) + margin));
    }

    static float triplets(
            Tensor anchor,
            Tensor positive,
            Tensor negative,
            BinaryOperator<Tensor> distance,
            double margin,
            boolean swap) {
        Tensor near = distance.apply(anchor, positive);
        Tensor far = distance.apply(anchor, negative);
        Tensor between = swap ? distance.apply(positive, negative) : far;
        requireAlike("tripletMarginWithDistanceLoss", near, far, between);
        return mean(
                near.size(),
                i -> Math.max(0, near.floats()[i] - (double) Math.min(far.floats()[i], between.floats()[i]) + margin));
    }

    private static double distance(float[] a, float[] b, int from, int size) {
        double squares = 0;
        for (int k = from; k < from + size; k++) {
            double difference = (double) a[k] - b[k] + EPSILON;
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    /** In probabilities of ways that are scaled at each step, so that none vanishes. */
    static float temporal(Tensor logProbabilities, int[] targets, int maxTarget, int[] lengths, int blank) {
        int[] shape = logProbabilities.dimensions();
        FunctionalShapes.check(
                shape.length == 3
                        && logProbabilities.size() > 0
                        && maxTarget > 0
                        && targets.length == shape[0] * maxTarget,
                "ctcLoss needs log-probabilities (N, T, classes) and N x maxTarget labels, but has "
                        + Shapes.text(shape) + " and " + targets.length);
        FunctionalShapes.check(
                lengths == null || lengths.length == shape[0],
                "ctcLoss needs a length for each of " + shape[0] + " samples");
        FunctionalShapes.check(
                blank >= 0 && blank < shape[2], "The blank " + blank + " is not one of the " + shape[2] + " classes");
        float[] x = logProbabilities.floats();
        return mean(shape[0], i -> {
            int labels = 0;
            while (labels < maxTarget && targets[i * maxTarget + labels] != -1) {
                label(targets, i * maxTarget + labels++, shape[2]);
            }
            int[] states = new int[2 * labels + 1];
            Arrays.fill(states, blank);
            for (int k = 0; k < labels; k++) {
                states[2 * k + 1] = targets[i * maxTarget + k];
            }
            int length = lengths == null ? shape[1] : lengths[i];
            FunctionalShapes.check(
                    length > 0 && length <= shape[1],
                    "The length " + length + " of sample " + i + " must be from 1 to " + shape[1]);
            return temporal(x, i * shape[1] * shape[2], shape[2], states, length) / Math.max(1, labels);
        });
    }

    private static double temporal(float[] x, int from, int classes, int[] states, int length) {
        double[] ways = new double[states.length];
        double loss = 0;
        for (int t = 0; t < length; t++) {
            double[] next = new double[states.length];
            double sum = 0;
            for (int s = 0; s < states.length; s++) {
                double before = t == 0 ? (s < 2 ? 1 : 0) : ways[s] + (s > 0 ? ways[s - 1] : 0);
                if (t > 0 && s > 1 && states[s] != states[s - 2]) {
                    before += ways[s - 2];
                }
                next[s] = before * Math.exp(x[from + t * classes + states[s]]);
                sum += next[s];
            }
            for (int s = 0; s < states.length; s++) {
                next[s] /= sum;
            }
            loss -= Math.log(sum);
            ways = next;
        }
        double last = ways[states.length - 1] + (states.length > 1 ? ways[states.length - 2] : 0);
        return loss - Math.log(last);
    }
}
