package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Shape;

/** What {@code MatMul} says, index by index. */
final class Matrices {
    private final Node node;
    private final int samples;
    private final Shape x;
    private final Shape y;
    private final Shape result;

    Matrices(Node node, int samples) {
        this.node = node;
        this.samples = samples;
        this.x = node.inputs().get(0).shape();
        this.y = node.inputs().get(1).shape();
        this.result = node.outputs().get(0).shape();
    }

    double[] product(double[] left, double[] right) {
        double[] sums = new double[(node.outputs().get(0).batched() ? samples : 1) * result.elements()];
        int rank = result.rank();
        int[] sizes = new int[rank + 1];
        for (int d = 0; d < rank - 2; d++) {
            sizes[d] = Math.max(x.size(d), y.size(d));
        }
        sizes[rank - 2] = result.size(rank - 2);
        sizes[rank - 1] = result.size(rank - 1);
        sizes[rank] = x.size(rank - 1);
        int all = 1;
        for (int size : sizes) {
            all *= size;
        }
        int[] at = new int[rank + 1];
        for (int sample = 0; sample < samples; sample++) {
            for (int i = 0; i < all; i++) {
                int rest = i;
                for (int d = rank; d >= 0; d--) {
                    at[d] = rest % sizes[d];
                    rest /= sizes[d];
                }
                double a = left[place(sample, left, x, at, rank - 2, rank)];
                double b = right[place(sample, right, y, at, rank, rank - 1)];
                sums[place(sample, sums, result, at, rank - 2, rank - 1)] += a * b;
            }
        }
        return sums;
    }

    private static int place(int sample, double[] of, Shape shape, int[] at, int row, int column) {
        int place = of.length > shape.elements() ? sample : 0;
        for (int d = 0; d < shape.rank() - 2; d++) {
            place = place * shape.size(d) + (shape.size(d) == 1 ? 0 : at[d]);
        }
        place = place * shape.size(shape.rank() - 2) + at[row];
        return place * shape.size(shape.rank() - 1) + at[column];
    }
}
