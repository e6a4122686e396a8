package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.loss.TripletMarginLoss;
import java.util.List;

/** The loss of triplets, with its gradients. */
final class ReferenceTriplets {
    private final TripletMarginLoss loss;
    private final int size;
    private final double[] anchor;
    private final double[] positive;
    private final double[] negative;
    private final Arithmetic arithmetic;

    ReferenceTriplets(TripletMarginLoss loss, List<double[]> x, Arithmetic arithmetic) {
        this.loss = loss;
        this.size = loss.shape().size(loss.shape().rank() - 1);
        this.anchor = x.get(0);
        this.positive = x.get(1);
        this.negative = x.get(2);
        this.arithmetic = arithmetic;
    }

    private double difference(double[] a, double[] b, int i) {
        return a[i] - b[i] + loss.distance().eps();
    }

    private boolean isLargest() {
        return loss.distance().power() == Double.POSITIVE_INFINITY;
    }

    private double distance(double[] a, double[] b, int row) {
        double sum = 0;
        for (int i = row * size; isLargest() && i < (row + 1) * size; i++) {
            sum = Math.max(sum, Math.abs(difference(a, b, i)));
        }
        if (isLargest()) {
            return arithmetic.round(sum);
        }
        for (int i = row * size; i < (row + 1) * size; i++) {
            sum += Math.pow(Math.abs(difference(a, b, i)), loss.distance().power());
        }
        return arithmetic.round(Math.pow(sum, 1 / loss.distance().power()));
    }

    private double missing(int row) {
        return distance(anchor, positive, row) - least(row) + loss.margin();
    }

    private double least(int row) {
        double far = distance(anchor, negative, row);
        return loss.swap() ? Math.min(far, distance(positive, negative, row)) : far;
    }

    /** One for each row. */
    double[] losses() {
        double[] losses = new double[anchor.length / size];
        for (int row = 0; row < losses.length; row++) {
            losses[row] = Math.max(0, missing(row));
        }
        return losses;
    }

    /** By anchor, positive and negative. */
    List<double[]> gradients(double[] weights) {
        List<double[]> gradients =
                List.of(new double[anchor.length], new double[anchor.length], new double[anchor.length]);
        int rows = anchor.length / size;
        for (int row = 0; row < rows; row++) {
            if (!arithmetic.side(missing(row) >= 0)) {
                continue;
            }
            double weight = weights[weights.length == 1 ? 0 : row] / (loss.reduction() == Reduction.MEAN ? rows : 1);
            add(gradients.get(0), gradients.get(1), anchor, positive, row, weight);
            double swapped = loss.swap() ? distance(positive, negative, row) : Double.POSITIVE_INFINITY;
            double far = distance(anchor, negative, row);
            arithmetic.side((int) Math.signum(far - swapped));
            double share = far < swapped ? 1 : far > swapped ? 0 : 0.5;
            if (share > 0) {
                add(gradients.get(0), gradients.get(2), anchor, negative, row, -weight * share);
            }
            if (share < 1) {
                add(gradients.get(1), gradients.get(2), positive, negative, row, -weight * (1 - share));
            }
        }
        return gradients;
    }

    private void add(double[] byA, double[] byB, double[] a, double[] b, int row, double weight) {
        double distance = distance(a, b, row);
        int largest = 0;
        for (int i = row * size; i < (row + 1) * size; i++) {
            largest += Math.abs(difference(a, b, i)) == distance ? 1 : 0;
        }
        for (int i = row * size; i < (row + 1) * size; i++) {
            double difference = difference(a, b, i);
            arithmetic.side((int) Math.signum(difference));
            if (isLargest()) {
                double share = Math.abs(difference) == distance ? Math.signum(difference) / largest : 0;
                byA[i] += weight * share;
                byB[i] -= weight * share;
                continue;
            }
            double slope = distance == 0
                    ? 0
                    : Math.signum(difference)
                            * Math.pow(
                                    Math.abs(difference) / distance,
                                    loss.distance().power() - 1);
            byA[i] += weight * slope;
            byB[i] -= weight * slope;
        }
    }
}
