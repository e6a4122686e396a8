package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.loss.CosineEmbeddingLoss;
import java.util.List;

/** The losses of vectors that are compared by their angle. */
final class ReferencePairLosses {
    private static final double EPSILON = 1e-12;

    private ReferencePairLosses() {}

    /** One for each sample. */
    static double[] cosines(CosineEmbeddingLoss loss, List<double[]> x, double[] target, Arithmetic arithmetic) {
        double[] losses = new double[target.length];
        for (int s = 0; s < losses.length; s++) {
            double cosine = cosine(x, s, loss.vector().elements());
            boolean above = arithmetic.side(cosine >= loss.margin());
            double rounded = arithmetic.round(cosine);
            losses[s] = target[s] == 1 ? 1 - rounded : target[s] == -1 && above ? rounded - loss.margin() : 0;
        }
        return losses;
    }

    private static double product(double[] a, double[] b, int sample, int size) {
        double sum = 0;
        for (int i = sample * size; i < (sample + 1) * size; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double cosine(List<double[]> x, int sample, int size) {
        double[] a = x.get(0);
        double[] b = x.get(1);
        double squares = (product(a, a, sample, size) + EPSILON) * (product(b, b, sample, size) + EPSILON);
        return product(a, b, sample, size) / Math.sqrt(squares);
    }

    static List<double[]> cosineGradients(
            CosineEmbeddingLoss loss, List<double[]> x, double[] target, double[] weights, Arithmetic arithmetic) {
        int size = loss.vector().elements();
        double divisor = loss.reduction() == Reduction.MEAN ? target.length : 1;
        List<double[]> gradients = List.of(new double[x.get(0).length], new double[x.get(1).length]);
        for (int s = 0; s < target.length; s++) {
            double cosine = cosine(x, s, size);
            boolean above = arithmetic.side(cosine >= loss.margin());
            double slope = (target[s] == 1 ? -1 : target[s] == -1 && above ? 1 : 0)
                    * weights[weights.length == 1 ? 0 : s]
                    / divisor;
            for (int k = 0; k < 2; k++) {
                double[] own = x.get(k);
                double[] other = x.get(1 - k);
                double square = product(own, own, s, size) + EPSILON;
                double length = Math.sqrt(square * (product(other, other, s, size) + EPSILON));
                for (int i = s * size; i < (s + 1) * size; i++) {
                    gradients.get(k)[i] =
                            arithmetic.round(slope * other[i] / length) - slope * cosine * own[i] / square;
                }
            }
        }
        return gradients;
    }
}
