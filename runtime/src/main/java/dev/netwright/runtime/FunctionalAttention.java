package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;

/** Attention, as {@link Functional} gives it. */
final class FunctionalAttention {
    /** From here on a mask hides. */
    private static final double BLANK = -3e38;

    private FunctionalAttention() {}

    static Tensor products(Tensor query, Tensor key, Tensor value, Tensor mask, boolean causal, double scale) {
        int[] shape = outputShape(query.shape(), key.shape(), value.shape());
        int rank = shape.length;
        int queries = shape[rank - 2];
        int features = shape[rank - 1];
        int keys = key.shape()[rank - 2];
        if (mask != null) {
            FunctionalShapes.check(
                    broadcasts(mask.shape(), shape, keys),
                    "A mask of " + Shapes.text(mask.shape()) + " cannot be added to scores of " + queries + " x "
                            + keys);
        }
        float[] y = new float[FunctionalShapes.product(shape, 0, rank)];
        double[] weights = new double[keys];
        for (int row = 0; row < y.length / features; row++) {
            int matrix = row / queries;
            int i = row % queries;
            weigh(query, key, mask, shape, matrix, i, causal, scale, weights);
            for (int e = 0; e < features; e++) {
                double sum = 0;
                for (int j = 0; j < keys; j++) {
                    sum += weights[j] * value.floats()[place(value.shape(), shape, matrix, j, e)];
                }
                y[row * features + e] = (float) sum;
            }
        }
        return Tensor.wrap(y, shape);
    }

    private static void weigh(
            Tensor query,
            Tensor key,
            Tensor mask,
            int[] shape,
            int matrix,
            int i,
            boolean causal,
            double scale,
            double[] weights) {
        int features = query.shape()[shape.length - 1];
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < weights.length; j++) {
            double score = 0;
            for (int e = 0; e < features; e++) {
                score += (double) query.floats()[place(query.shape(), shape, matrix, i, e)]
                        * key.floats()[place(key.shape(), shape, matrix, j, e)];
            }
            score *= scale;
            score += mask == null ? 0 : mask.floats()[place(mask.shape(), shape, matrix, i, j)];
            weights[j] = causal && j > i || score < BLANK ? Double.NEGATIVE_INFINITY : score;
            largest = Math.max(largest, weights[j]);
        }
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            weights[j] = weights[j] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(weights[j] - largest);
            sum += weights[j];
        }
        for (int j = 0; j < weights.length && sum > 0; j++) {
            weights[j] /= sum;
        }
    }

    private static int[] outputShape(int[] query, int[] key, int[] value) {
        int rank = query.length;
        String all = "queries of " + Shapes.text(query) + ", keys of " + Shapes.text(key) + " and values of "
                + Shapes.text(value);
        FunctionalShapes.check(
                rank >= 2 && key.length == rank && value.length == rank, "Different numbers of dimensions: " + all);
        FunctionalShapes.check(
                query[rank - 1] == key[rank - 1] && key[rank - 2] == value[rank - 2], "Do not fit: " + all);
        int[] shape = query.clone();
        shape[rank - 1] = value[rank - 1];
        for (int d = 0; d < rank - 2; d++) {
            int size = Math.max(query[d], Math.max(key[d], value[d]));
            for (int[] each : new int[][] {query, key, value}) {
                FunctionalShapes.check(each[d] == size || each[d] == 1, "Do not fit: " + all);
            }
            shape[d] = size;
        }
        return shape;
    }

    private static boolean broadcasts(int[] mask, int[] shape, int keys) {
        int[] scores = shape.clone();
        scores[scores.length - 1] = keys;
        int missing = scores.length - mask.length;
        for (int d = 0; d < mask.length; d++) {
            if (missing < 0 || mask[d] != 1 && mask[d] != scores[d + missing]) {
                return false;
            }
        }
        return true;
    }

    /** Of an element of a matrix, in a tensor whose dimensions may be 1, or fewer. */
    private static int place(int[] of, int[] shape, int matrix, int row, int column) {
        int[] index = Arrays.copyOf(shape, shape.length);
        int rest = matrix;
        for (int d = shape.length - 3; d >= 0; d--) {
            index[d] = rest % shape[d];
            rest /= shape[d];
        }
        index[shape.length - 2] = row;
        index[shape.length - 1] = column;
        int place = 0;
        int missing = shape.length - of.length;
        for (int d = 0; d < of.length; d++) {
            place = place * of[d] + (of[d] == 1 ? 0 : index[d + missing]);
        }
        return place;
    }
}
