package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.loss.CTCLoss;
import dev.netwright.processor.graph.loss.CosineEmbeddingLoss;
import dev.netwright.processor.graph.loss.CrossEntropyLoss;
import dev.netwright.processor.graph.loss.NLLLoss;
import dev.netwright.processor.graph.loss.StepLoss;
import dev.netwright.processor.graph.loss.TripletMarginLoss;
import dev.netwright.processor.graph.loss.TripletMarginWithDistanceLoss;
import java.util.List;

/** The gradients of every loss by what it judges. */
final class ReferenceLossGradients {
    private ReferenceLossGradients() {}

    /**
     * The gradients of a batch by each of what is judged.
     *
     * @param weights what the loss is multiplied by: one number, or one for each loss that stays apart
     */
    static List<double[]> gradients(
            Loss loss, int samples, List<double[]> x, double[] target, double[] weights, Arithmetic arithmetic) {
        if (loss instanceof StepLoss steps) {
            return new ReferenceStepLosses(steps, samples, x, target, arithmetic).gradients(weights);
        }
        return switch (loss.name()) {
            case "NLLLoss" -> {
                NLLLoss nll = (NLLLoss) loss;
                CrossEntropyLoss cross =
                        new CrossEntropyLoss(nll.input(), nll.weights(), nll.ignoreIndex(), 0, false, nll.reduction());
                yield List.of(classes(cross, samples, x.get(0), target, true, weights, arithmetic));
            }
            case "CrossEntropyLoss" ->
                List.of(classes((CrossEntropyLoss) loss, samples, x.get(0), target, false, weights, arithmetic));
            case "CTCLoss" -> List.of(new ReferenceCtc((CTCLoss) loss, samples, x, target).gradient(weights));
            case "CosineEmbeddingLoss" ->
                ReferencePairLosses.cosineGradients((CosineEmbeddingLoss) loss, x, target, weights, arithmetic);
            case "TripletMarginLoss" ->
                new ReferenceTriplets((TripletMarginLoss) loss, x, arithmetic).gradients(weights);
            case "TripletMarginWithDistanceLoss" ->
                new ReferenceOwnTriplets((TripletMarginWithDistanceLoss) loss, x, arithmetic).gradients(weights);
            case "MultiMarginLoss", "MultiLabelMarginLoss" ->
                List.of(ReferenceMarginLosses.gradient(loss, samples, x.get(0), target, weights, arithmetic));
            default -> elements(loss, samples, x, target, weights, arithmetic);
        };
    }

    private static List<double[]> elements(
            Loss loss, int samples, List<double[]> x, double[] target, double[] weights, Arithmetic arithmetic) {
        List<double[]> gradients =
                x.stream().map(values -> new double[values.length]).toList();
        int summed = ReferenceElementLosses.summed(loss);
        double divisor = switch (loss.reduction()) {
            case MEAN -> (double) target.length / summed;
            case BATCHMEAN -> samples;
            default -> 1;
        };
        for (int i = 0; i < target.length; i++) {
            double[] each = ReferenceElementLosses.inputs(x, i, target.length);
            double[] slopes = ReferenceElementLosses.of(loss, i, each, target[i], arithmetic);
            for (int k = 0; k < gradients.size(); k++) {
                double[] gradient = gradients.get(k);
                gradient[ReferenceElementLosses.index(gradient.length, i, target.length)] +=
                        slopes[1 + k] * weights[weights.length == 1 ? 0 : i / summed] / divisor;
            }
        }
        return gradients;
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
        List<Float> weight = loss.weights().start();
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
