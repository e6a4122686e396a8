package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.loss.CrossEntropyLoss;
import dev.netwright.processor.graph.loss.NLLLoss;
import dev.netwright.processor.graph.loss.StepLoss;
import java.util.Arrays;
import java.util.List;

/** Losses of the steps that each sample has: those of all steps, of which some count. */
final class ReferenceStepLosses {
    private final StepLoss loss;
    private final int samples;
    private final List<double[]> x;
    private final double[] target;
    private final Arithmetic arithmetic;
    private final int perSample;

    /** @param x what is judged, then how many steps of each sample count */
    ReferenceStepLosses(StepLoss loss, int samples, List<double[]> x, double[] target, Arithmetic arithmetic) {
        this.loss = loss;
        this.samples = samples;
        this.x = x;
        this.target = target;
        this.arithmetic = arithmetic;
        this.perSample = loss.losses().elements();
    }

    private boolean counts(int i) {
        int step = i % perSample / (perSample / loss.steps());
        return step < x.get(x.size() - 1)[i / perSample];
    }

    /** What is divided by where the mean is asked for: of classes their weights. */
    private double counted() {
        double counted = 0;
        for (int i = 0; i < samples * perSample; i++) {
            counted += counts(i) ? weight(loss.whole(), target[i]) : 0;
        }
        return counted;
    }

    private static double weight(Loss whole, double label) {
        if (whole instanceof NLLLoss nll) {
            return label == nll.ignoreIndex() ? 0 : nll.weights().start().get((int) label);
        }
        boolean classes = whole instanceof CrossEntropyLoss cross && !cross.probabilities();
        if (!classes) {
            return 1;
        }
        CrossEntropyLoss cross = (CrossEntropyLoss) whole;
        return label == cross.ignoreIndex() ? 0 : cross.weights().start().get((int) label);
    }

    private double divisor() {
        return switch (loss.reduction()) {
            case MEAN -> counted();
            case BATCHMEAN -> samples;
            default -> 1;
        };
    }

    double[] value() {
        double[] each = ReferenceLosses.value(loss.whole(), samples, x.subList(0, x.size() - 1), target, arithmetic);
        for (int i = 0; i < each.length; i++) {
            each[i] = counts(i) ? each[i] : 0;
        }
        return loss.reduction() == Reduction.NONE
                ? each
                : new double[] {Arrays.stream(each).sum() / divisor()};
    }

    /** @param weights as those of all steps have */
    List<double[]> gradients(double[] weights) {
        double[] by = new double[samples * perSample];
        for (int i = 0; i < by.length; i++) {
            by[i] = counts(i) ? weights[weights.length == 1 ? 0 : i] / divisor() : 0;
        }
        return ReferenceLossGradients.gradients(
                loss.whole(), samples, x.subList(0, x.size() - 1), target, by, arithmetic);
    }
}
