package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.loss.MultiMarginLoss;
import java.util.LinkedHashMap;
import java.util.Map;

/** Losses of scores that are to be a margin apart, with their gradients. */
final class ReferenceMarginLosses {
    private ReferenceMarginLosses() {}

    /**
     * The losses of all samples.
     *
     * @param gradient takes that of each sample's loss, unless it is null
     */
    static double[] of(Loss loss, int samples, double[] x, double[] target, double[] gradient, Arithmetic arithmetic) {
        int classes = x.length / samples;
        double[] losses = new double[samples];
        for (int s = 0; s < samples; s++) {
            int at = s * classes;
            Map<Integer, Integer> labels = new LinkedHashMap<>();
            double margin = 1;
            double weight = 1.0 / classes;
            int power = 1;
            if (loss instanceof MultiMarginLoss multi) {
                labels.put((int) target[s], 1);
                margin = multi.margin();
                weight *= ReferenceLosses.weight(multi.weights().start(), (int) target[s]);
                power = multi.power();
            } else {
                for (int k = 0; k < classes && target[at + k] >= 0; k++) {
                    labels.merge((int) target[at + k], 1, Integer::sum);
                }
            }
            for (Map.Entry<Integer, Integer> label : labels.entrySet()) {
                for (int c = 0; c < classes; c++) {
                    double missing = margin - x[at + label.getKey()] + x[at + c];
                    if (!labels.containsKey(c) && arithmetic.side(missing > 0)) {
                        double factor = weight * label.getValue();
                        losses[s] += factor * Math.pow(missing, power);
                        double slope = factor * (power == 1 ? 1 : 2 * missing);
                        if (gradient != null) {
                            gradient[at + c] += slope;
                            gradient[at + label.getKey()] -= slope;
                        }
                    }
                }
            }
        }
        return losses;
    }

    static double[] gradient(
            Loss loss, int samples, double[] x, double[] target, double[] weights, Arithmetic arithmetic) {
        double[] gradient = new double[x.length];
        of(loss, samples, x, target, gradient, arithmetic);
        double divisor = loss.reduction() == Reduction.MEAN ? samples : 1;
        int classes = x.length / samples;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= weights[weights.length == 1 ? 0 : i / classes] / divisor;
        }
        return gradient;
    }
}
