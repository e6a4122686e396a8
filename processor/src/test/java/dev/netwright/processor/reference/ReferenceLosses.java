package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.loss.BCEWithLogitsLoss;
import dev.netwright.processor.graph.loss.CrossEntropyLoss;
import dev.netwright.processor.graph.loss.NLLLoss;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Every loss. */
public final class ReferenceLosses {
    private ReferenceLosses() {}

    /**
     * The loss of a batch.
     *
     * @param x what is judged, sample after sample in row-major order
     * @param target likewise; class indices as whole numbers
     * @return a single number, or the losses themselves where the reduction is NONE
     */
    public static double[] value(Loss loss, int samples, double[] x, double[] target) {
        return value(loss, samples, x, target, Arithmetic.exact());
    }

    static double[] value(Loss loss, int samples, double[] x, double[] target, Arithmetic arithmetic) {
        return switch (loss.name()) {
            case "MSELoss" -> reduce(loss, map(x.length, i -> Math.pow(x[i] - target[i], 2)), x.length);
            case "L1Loss" -> reduce(loss, map(x.length, i -> Math.abs(x[i] - target[i])), x.length);
            case "BCEWithLogitsLoss" -> {
                BCEWithLogitsLoss bce = (BCEWithLogitsLoss) loss;
                yield reduce(loss, map(x.length, i -> binary(bce, i, x[i], target[i])), x.length);
            }
            case "NLLLoss" -> {
                NLLLoss nll = (NLLLoss) loss;
                yield classes(
                        new CrossEntropyLoss(nll.input(), nll.weights(), nll.ignoreIndex(), 0, false, nll.reduction()),
                        samples,
                        x,
                        target,
                        true,
                        arithmetic);
            }
            case "CrossEntropyLoss" -> classes((CrossEntropyLoss) loss, samples, x, target, false, arithmetic);
            default -> throw new IllegalArgumentException("the reference has no rule for " + loss.name());
        };
    }

    private static double binary(BCEWithLogitsLoss loss, int i, double x, double y) {
        double logPositive = -Math.log1p(Math.exp(-Math.abs(x))) - Math.max(-x, 0);
        double logNegative = -Math.log1p(Math.exp(-Math.abs(x))) - Math.max(x, 0);
        return -weight(loss.weight(), i) * (weight(loss.posWeight(), i) * y * logPositive + (1 - y) * logNegative);
    }

    static double weight(List<Float> weights, int i) {
        return weights.isEmpty() ? 1 : weights.get(i % weights.size());
    }

    private static double[] classes(
            CrossEntropyLoss loss,
            int samples,
            double[] x,
            double[] target,
            boolean logarithms,
            Arithmetic arithmetic) {
        Shape shape = loss.input();
        int classes = shape.size(0);
        int places = shape.elements() / classes;
        List<Float> weights = loss.weights().isEmpty() ? Collections.nCopies(classes, 1f) : loss.weights();
        double smoothing = loss.labelSmoothing();
        double[] losses = new double[samples * places];
        double divisor = 0;
        for (int i = 0; i < losses.length; i++) {
            int first = i / places * shape.elements() + i % places;
            double[] log = new double[classes];
            for (int c = 0; c < classes; c++) {
                log[c] = x[first + c * places];
            }
            if (!logarithms) {
                double largest = Arrays.stream(log).max().orElseThrow();
                double sum = Arrays.stream(log).map(v -> Math.exp(v - largest)).sum();
                log = Arrays.stream(log)
                        .map(v -> v - arithmetic.round(largest) - arithmetic.round(Math.log(sum)))
                        .toArray();
            }
            if (!loss.probabilities() && target[i] == loss.ignoreIndex()) {
                continue;
            }
            for (int c = 0; c < classes; c++) {
                double share = loss.probabilities() ? target[first + c * places] : c == target[i] ? 1 : 0;
                losses[i] -= ((1 - smoothing) * share + smoothing / classes) * weights.get(c) * log[c];
            }
            divisor += loss.probabilities() ? 1 : weights.get((int) target[i]);
        }
        return reduce(loss, losses, divisor);
    }

    private static double[] reduce(Loss loss, double[] losses, double divisor) {
        if (loss.reduction() == Reduction.NONE) {
            return losses;
        }
        double sum = Arrays.stream(losses).sum();
        return new double[] {loss.reduction() == Reduction.MEAN ? sum / divisor : sum};
    }

    private static double[] map(int size, java.util.function.IntToDoubleFunction function) {
        return java.util.stream.IntStream.range(0, size).mapToDouble(function).toArray();
    }
}
