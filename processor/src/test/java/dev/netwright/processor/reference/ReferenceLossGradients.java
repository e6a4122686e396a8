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

/** The gradient of every loss by what it judges. */
final class ReferenceLossGradients {
    private ReferenceLossGradients() {}

    /**
     * The gradient of a batch.
     *
     * @param weights what the loss is multiplied by: one number, or one for each loss that stays apart
     */
    static double[] gradient(
            Loss loss, int samples, double[] x, double[] target, double[] weights, Arithmetic arithmetic) {
        double[] gradient = new double[x.length];
        switch (loss.name()) {
            case "MSELoss" -> Arrays.setAll(gradient, i -> 2 * (x[i] - target[i]));
            case "L1Loss" ->
                Arrays.setAll(gradient, i -> {
                    arithmetic.side((int) Math.signum(x[i] - target[i]));
                    return Math.signum(x[i] - target[i]);
                });
            case "BCEWithLogitsLoss" -> {
                BCEWithLogitsLoss bce = (BCEWithLogitsLoss) loss;
                Arrays.setAll(gradient, i -> binary(bce, i, x[i], target[i], arithmetic));
            }
            case "NLLLoss" -> {
                NLLLoss nll = (NLLLoss) loss;
                CrossEntropyLoss cross =
                        new CrossEntropyLoss(nll.input(), nll.weights(), nll.ignoreIndex(), 0, false, nll.reduction());
                return classes(cross, samples, x, target, true, weights, arithmetic);
            }
            case "CrossEntropyLoss" -> {
                return classes((CrossEntropyLoss) loss, samples, x, target, false, weights, arithmetic);
            }
            default -> throw new IllegalArgumentException("the reference has no gradient rule for " + loss.name());
        }
        double divisor = loss.reduction() == Reduction.MEAN ? x.length : 1;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= weights[weights.length == 1 ? 0 : i] / divisor;
        }
        return gradient;
    }

    private static double binary(BCEWithLogitsLoss loss, int i, double x, double y, Arithmetic arithmetic) {
        double positive = y * ReferenceLosses.weight(loss.posWeight(), i);
        double sigmoid = arithmetic.round((1 - y + positive) * ReferenceLayers.sigmoid(x));
        return ReferenceLosses.weight(loss.weight(), i) * (sigmoid - positive);
    }

    private static double[] classes(
            CrossEntropyLoss loss,
            int samples,
            double[] x,
            double[] target,
            boolean logarithms,
            double[] weights,
            Arithmetic arithmetic) {
        Shape shape = loss.input();
        int classes = shape.size(0);
        int places = shape.elements() / classes;
        List<Float> weight = loss.weights().isEmpty() ? Collections.nCopies(classes, 1f) : loss.weights();
        double smoothing = loss.labelSmoothing();
        double divisor = 0;
        double[] gradient = new double[x.length];
        for (int i = 0; i < samples * places; i++) {
            if (!loss.probabilities() && target[i] == loss.ignoreIndex()) {
                continue;
            }
            int first = i / places * shape.elements() + i % places;
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                largest = Math.max(largest, x[first + c * places]);
            }
            double exponentials = 0;
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                exponentials += Math.exp(x[first + c * places] - largest);
                sum += share(loss, smoothing, target, i, c, first + c * places) * weight.get(c);
            }
            for (int c = 0; c < classes; c++) {
                int at = first + c * places;
                double own = share(loss, smoothing, target, i, c, at) * weight.get(c);
                double probability = logarithms ? 0 : Math.exp(x[at] - largest) / exponentials;
                gradient[at] = (arithmetic.round(probability * sum) - own) * weights[weights.length == 1 ? 0 : i];
            }
            divisor += loss.probabilities() ? 1 : weight.get((int) target[i]);
        }
        double by = loss.reduction() == Reduction.MEAN ? divisor : 1;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= by;
        }
        return gradient;
    }

    private static double share(CrossEntropyLoss loss, double smoothing, double[] target, int i, int c, int at) {
        double share = loss.probabilities() ? target[at] : c == target[i] ? 1 : 0;
        return (1 - smoothing) * share + smoothing / loss.input().size(0);
    }
}
