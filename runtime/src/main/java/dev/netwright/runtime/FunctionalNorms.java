package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Elements divided by how large those are that they belong to. */
final class FunctionalNorms {
    /** PyTorch's machine epsilon of floats. */
    static final double FLOAT_EPSILON = Math.ulp(1f);

    private FunctionalNorms() {}

    /** How many elements the last dimensions have together, which must be those given. */
    private static int last(String name, Tensor input, int[] normalizedShape) {
        int[] shape = input.dimensions();
        int from = shape.length - normalizedShape.length;
        FunctionalShapes.check(
                from >= 0
                        && normalizedShape.length > 0
                        && Arrays.equals(Arrays.copyOfRange(shape, from, shape.length), normalizedShape),
                name + " needs the last dimensions of " + Shapes.text(shape) + ", but has "
                        + Shapes.text(normalizedShape));
        return FunctionalShapes.product(normalizedShape);
    }

    static Tensor layer(Tensor input, int[] normalizedShape, Tensor weight, Tensor bias, double eps) {
        int size = last("layerNorm", input, normalizedShape);
        return scaled(
                "layerNorm",
                input,
                standardised(input, input.size() / size, i -> i / size, eps),
                weight,
                bias,
                size,
                i -> i % size);
    }

    static Tensor group(String name, Tensor input, int groups, Tensor weight, Tensor bias, double eps) {
        int[] shape = input.dimensions();
        FunctionalShapes.check(
                shape.length > 1 && groups >= 1 && shape[1] % groups == 0,
                name + " in " + groups + " groups needs (N, C, ...) with channels that they divide, but has "
                        + Shapes.text(shape));
        int all = shape[0] * groups;
        int size = Math.max(1, input.size() / Math.max(1, all));
        return scaled(
                name, input, standardised(input, all, i -> i / size, eps), weight, bias, shape[1], channel(shape));
    }

    static Tensor instance(Tensor input, Tensor weight, Tensor bias, double eps) {
        int[] shape = input.dimensions();
        FunctionalShapes.check(
                shape.length > 2, "instanceNorm needs an input (N, C, ...), but has " + Shapes.text(shape));
        return group("instanceNorm", input, shape[1], weight, bias, eps);
    }

    static Tensor batch(Tensor input, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double eps) {
        int[] shape = input.dimensions();
        FunctionalShapes.check(shape.length > 1, "batchNorm needs an input (N, C, ...), but has " + Shapes.text(shape));
        FunctionalShapes.check(
                (mean == null) == (variance == null), "batchNorm needs both a running mean and a variance, or neither");
        IntUnaryOperator channel = channel(shape);
        if (mean == null) {
            return scaled(
                    "batchNorm", input, standardised(input, shape[1], channel, eps), weight, bias, shape[1], channel);
        }
        FunctionalShapes.checkWeight("batchNorm", mean, shape[1]);
        FunctionalShapes.checkWeight("batchNorm", variance, shape[1]);
        double[] y = new double[input.size()];
        for (int i = 0; i < y.length; i++) {
            int c = channel.applyAsInt(i);
            y[i] = ((double) input.floats()[i] - mean.floats()[c]) / Math.sqrt(variance.floats()[c] + eps);
        }
        return scaled("batchNorm", input, y, weight, bias, shape[1], channel);
    }

    private static IntUnaryOperator channel(int[] shape) {
        int inner = FunctionalShapes.product(shape, 2, shape.length);
        return i -> i / inner % shape[1];
    }

    /** Each element without the mean of its set, divided by the root of the set's biased variance. */
    private static double[] standardised(Tensor input, int sets, IntUnaryOperator setOf, double eps) {
        float[] x = input.floats();
        double[] means = new double[sets];
        double[] variances = new double[sets];
        int size = x.length / Math.max(1, sets);
        for (int i = 0; i < x.length; i++) {
            means[setOf.applyAsInt(i)] += x[i] / (double) size;
        }
        for (int i = 0; i < x.length; i++) {
            double difference = x[i] - means[setOf.applyAsInt(i)];
            variances[setOf.applyAsInt(i)] += difference * difference / size;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            int set = setOf.applyAsInt(i);
            y[i] = (x[i] - means[set]) / Math.sqrt(variances[set] + eps);
        }
        return y;
    }

    private static Tensor scaled(
            String name, Tensor input, double[] y, Tensor weight, Tensor bias, int size, IntUnaryOperator place) {
        FunctionalShapes.checkWeight(name, weight, size);
        FunctionalShapes.checkWeight(name, bias, size);
        for (int i = 0; i < y.length; i++) {
            y[i] *= weight == null ? 1 : weight.floats()[place.applyAsInt(i)];
            y[i] += bias == null ? 0 : bias.floats()[place.applyAsInt(i)];
        }
        return FunctionalElements.floats(y, input.shape());
    }

    static Tensor rootMeanSquare(Tensor input, int[] normalizedShape, Tensor weight, double eps) {
        int size = last("rmsNorm", input, normalizedShape);
        float[] x = input.floats();
        double[] y = new double[x.length];
        for (int row = 0; row < x.length; row += size) {
            double squares = 0;
            for (int k = row; k < row + size; k++) {
                squares += (double) x[k] * x[k];
            }
            for (int k = row; k < row + size; k++) {
                y[k] = x[k] / Math.sqrt(squares / size + eps);
            }
        }
        return scaled("rmsNorm", input, y, weight, null, size, i -> i % size);
    }

    static Tensor localResponse(Tensor input, int size, double alpha, double beta, double k) {
        int[] shape = input.shape();
        FunctionalShapes.check(
                shape.length > 2 && size >= 1,
                "localResponseNorm needs (N, C, ...) and a size of at least 1, but has " + Shapes.text(shape) + " and "
                        + size);
        int inner = FunctionalShapes.product(shape, 2, shape.length);
        float[] x = input.floats();
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            int channel = i / inner % shape[1];
            double squares = 0;
            for (int c = Math.max(0, channel - size / 2); c <= Math.min(shape[1] - 1, channel + (size - 1) / 2); c++) {
                double value = x[i + (c - channel) * inner];
                squares += value * value;
            }
            y[i] = (float) (x[i] / Math.pow(k + alpha * squares / size, beta));
        }
        return Tensor.wrap(y, shape);
    }

    /** The p-norms along a dimension, whose size becomes 1. */
    private static double[] norms(float[] x, int[] shape, int axis, double p) {
        int inner = FunctionalShapes.product(shape, axis + 1, shape.length);
        double[] norms = new double[x.length / Math.max(1, shape[axis])];
        for (int i = 0; i < x.length; i++) {
            int at = i / inner / shape[axis] * inner + i % inner;
            double size = Math.abs(x[i]);
            norms[at] = Double.isInfinite(p) ? Math.max(norms[at], size) : norms[at] + Math.pow(size, p);
        }
        for (int i = 0; i < norms.length && !Double.isInfinite(p); i++) {
            norms[i] = Math.pow(norms[i], 1 / p);
        }
        return norms;
    }

    static Tensor lengths(Tensor input, double p, int dim, double eps) {
        int[] shape = input.shape();
        int axis = FunctionalShapes.axis(dim, shape);
        int inner = FunctionalShapes.product(shape, axis + 1, shape.length);
        double[] norms = norms(input.floats(), shape, axis, p);
        float[] y = input.toArray();
        for (int i = 0; i < y.length; i++) {
            y[i] /= (float) Math.max(norms[i / inner / shape[axis] * inner + i % inner], eps);
        }
        return Tensor.wrap(y, shape);
    }

    /** What two shapes of as many dimensions meet in: sizes of 1 are stretched. */
    private static int[] common(String name, Tensor first, Tensor second) {
        int[] a = first.dimensions();
        int[] b = second.dimensions();
        int[] shape = new int[a.length];
        for (int d = 0; d < a.length; d++) {
            FunctionalShapes.check(
                    a.length == b.length && (a[d] == b[d] || a[d] == 1 || b[d] == 1),
                    name + " needs equal shapes, or sizes of 1 to stretch, but has " + Shapes.text(a) + " and "
                            + Shapes.text(b));
            shape[d] = Math.max(a[d], b[d]);
        }
        return shape;
    }

    private static float[] stretched(Tensor tensor, int[] shape) {
        float[] x = tensor.floats();
        float[] y = new float[Shapes.elements(shape)];
        for (int i = 0; i < y.length; i++) {
            int rest = i;
            int from = 0;
            int step = 1;
            for (int d = shape.length - 1; d >= 0; d--) {
                int size = tensor.dimensions()[d];
                from += rest % shape[d] % size * step;
                step *= size;
                rest /= shape[d];
            }
            y[i] = x[from];
        }
        return y;
    }

    static Tensor cosine(Tensor first, Tensor second, int dim, double eps) {
        int[] shape = common("cosineSimilarity", first, second);
        int axis = FunctionalShapes.axis(dim, shape);
        int inner = FunctionalShapes.product(shape, axis + 1, shape.length);
        float[] a = stretched(first, shape);
        float[] b = stretched(second, shape);
        double[] ofA = norms(a, shape, axis, 2);
        double[] ofB = norms(b, shape, axis, 2);
        double[] y = new double[ofA.length];
        for (int i = 0; i < a.length; i++) {
            y[i / inner / shape[axis] * inner + i % inner] += (double) a[i] * b[i];
        }
        for (int i = 0; i < y.length; i++) {
            y[i] /= Math.max(ofA[i], eps) * Math.max(ofB[i], eps);
        }
        return FunctionalElements.floats(y, without(shape, axis));
    }

    static Tensor distance(Tensor first, Tensor second, double p, double eps, boolean keepdim) {
        int[] shape = common("pairwiseDistance", first, second);
        int axis = FunctionalShapes.axis(-1, shape);
        float[] differences = stretched(first, shape);
        float[] b = stretched(second, shape);
        for (int i = 0; i < b.length; i++) {
            differences[i] = differences[i] - b[i] + (float) eps;
        }
        int[] result = without(shape, axis);
        if (keepdim) {
            result = shape.clone();
            result[axis] = 1;
        }
        return FunctionalElements.floats(norms(differences, shape, axis, p), result);
    }

    private static int[] without(int[] shape, int axis) {
        int[] rest = new int[shape.length - 1];
        for (int d = 0; d < rest.length; d++) {
            rest[d] = shape[d < axis ? d : d + 1];
        }
        return rest;
    }
}
