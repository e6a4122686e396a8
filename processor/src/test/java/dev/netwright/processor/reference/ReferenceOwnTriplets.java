package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.loss.TripletMarginWithDistanceLoss;
import java.util.List;

/** The loss of triplets by the distance {@link RowSquares}, with its gradients. */
final class ReferenceOwnTriplets {
    private final TripletMarginWithDistanceLoss loss;
    private final List<double[]> x;
    private final Arithmetic arithmetic;
    private final int size;
    private final int rows;

    /** @param x anchors, positives and negatives */
    ReferenceOwnTriplets(TripletMarginWithDistanceLoss loss, List<double[]> x, Arithmetic arithmetic) {
        this.loss = loss;
        this.x = x;
        this.arithmetic = arithmetic;
        this.size = loss.shape().size(loss.shape().rank() - 1);
        this.rows = x.get(0).length / size;
    }

    private double distance(int a, int b, int row) {
        double sum = 0;
        for (int i = row * size; i < (row + 1) * size; i++) {
            sum += Math.pow(x.get(a)[i] - x.get(b)[i], 2) / 4;
        }
        return sum;
    }

    private double missing(int row) {
        double far = distance(0, 2, row);
        double least = loss.swap() ? Math.min(far, distance(1, 2, row)) : far;
        return distance(0, 1, row) - least + loss.margin();
    }

    double[] losses() {
        double[] losses = new double[rows];
        for (int row = 0; row < rows; row++) {
            losses[row] = Math.max(0, missing(row));
        }
        return losses;
    }

    List<double[]> gradients(double[] weights) {
        List<double[]> gradients =
                x.stream().map(values -> new double[values.length]).toList();
        for (int row = 0; row < rows; row++) {
            if (!arithmetic.side(missing(row) >= 0)) {
                continue;
            }
            double weight = weights[weights.length == 1 ? 0 : row] / (loss.reduction() == Reduction.MEAN ? rows : 1);
            boolean swapped = arithmetic.side(loss.swap() && distance(1, 2, row) < distance(0, 2, row));
            add(gradients, 0, 1, row, weight);
            add(gradients, swapped ? 1 : 0, 2, row, -weight);
        }
        return gradients;
    }

    private void add(List<double[]> gradients, int a, int b, int row, double weight) {
        for (int i = row * size; i < (row + 1) * size; i++) {
            double slope = weight * (x.get(a)[i] - x.get(b)[i]) / 2;
            gradients.get(a)[i] += slope;
            gradients.get(b)[i] -= slope;
        }
    }
}
