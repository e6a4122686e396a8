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
import java.util.Arrays;
import java.util.List;

/** Every loss. */
public final class ReferenceLosses {
    private ReferenceLosses() {}

    /**
     * The loss of a batch.
     *
     * @param x what is judged, each sample after sample in row-major order
     * @param target likewise; class indices as whole numbers
     * @return a single number, or the losses themselves where the reduction is NONE
     */
    public static double[] value(Loss loss, int samples, List<double[]> x, double[] target) {
        return value(loss, samples, x, target, Arithmetic.exact());
    }

    static double[] value(Loss loss, int samples, List<double[]> x, double[] target, Arithmetic arithmetic) {
        if (loss instanceof StepLoss steps) {
            return new ReferenceStepLosses(steps, samples, x, target, arithmetic).value();
        }
        return switch (loss.name()) {
            case "NLLLoss" -> {
                NLLLoss nll = (NLLLoss) loss;
                yield classes(
                        new CrossEntropyLoss(nll.input(), nll.weights(), nll.ignoreIndex(), 0, false, nll.reduction()),
                        samples,
                        x.get(0),
                        target,
                        true,
                        arithmetic);
            }
            case "CrossEntropyLoss" -> classes((CrossEntropyLoss) loss, samples, x.get(0), target, false, arithmetic);
            case "CTCLoss" -> reduce(loss, new ReferenceCtc((CTCLoss) loss, samples, x, target).losses(), samples);
            case "CosineEmbeddingLoss" ->
                reduce(loss, ReferencePairLosses.cosines((CosineEmbeddingLoss) loss, x, target, arithmetic), samples);
            case "TripletMarginLoss" -> {
                double[] losses = new ReferenceTriplets((TripletMarginLoss) loss, x, arithmetic).losses();
                yield reduce(loss, losses, losses.length);
            }
            case "TripletMarginWithDistanceLoss" -> {
                double[] losses =
                        new ReferenceOwnTriplets((TripletMarginWithDistanceLoss) loss, x, arithmetic).losses();
                yield reduce(loss, losses, losses.length);
            }
            case "MultiMarginLoss", "MultiLabelMarginLoss" ->
                reduce(loss, ReferenceMarginLosses.of(loss, samples, x.get(0), target, null, arithmetic), samples);
            default -> elements(loss, samples, x, target, arithmetic);
        };
    }

    private static double[] elements(Loss loss, int samples, List<double[]> x, double[] target, Arithmetic arithmetic) {
        int summed = ReferenceElementLosses.summed(loss);
        double[] losses = new double[target.length / summed];
        for (int i = 0; i < target.length; i++) {
            double[] each = ReferenceElementLosses.inputs(x, i, target.length);
            losses[i / summed] += ReferenceElementLosses.of(loss, i, each, target[i], arithmetic)[0];
        }
        return reduce(loss, losses, loss.reduction() == Reduction.BATCHMEAN ? samples : losses.length);
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
        List<Float> weights = loss.weights().start();
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
        return new double[] {loss.reduction() == Reduction.SUM ? sum : sum / divisor};
    }
}
