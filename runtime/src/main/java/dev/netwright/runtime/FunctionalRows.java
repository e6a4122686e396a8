package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;
import java.util.List;

/** Products with a weight, and rows of a weight chosen by indices. */
final class FunctionalRows {
    private static final List<String> BAGS = List.of("sum", "mean", "max");

    private FunctionalRows() {}

    static Tensor linear(Tensor input, Tensor weight, Tensor bias) {
        int[] shape = input.shape();
        int[] matrix = weight.dimensions();
        FunctionalShapes.check(matrix.length == 2, "linear needs a weight (out, in), not " + Shapes.text(matrix));
        FunctionalShapes.check(
                shape.length > 0 && shape[shape.length - 1] == matrix[1],
                "linear: the weight " + Shapes.text(matrix) + " needs " + matrix[1] + " inputs, but the input is "
                        + Shapes.text(shape));
        FunctionalShapes.checkBias(bias, matrix[0]);
        int in = matrix[1];
        int out = matrix[0];
        int rows = FunctionalShapes.product(shape, 0, shape.length - 1);
        float[] x = input.floats();
        float[] w = weight.floats();
        float[] y = new float[Math.multiplyExact(rows, out)];
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < out; o++) {
                double sum = bias == null ? 0 : bias.floats()[o];
                for (int i = 0; i < in; i++) {
                    sum += (double) x[row * in + i] * w[o * in + i];
                }
                y[row * out + o] = (float) sum;
            }
        }
        shape[shape.length - 1] = out;
        return Tensor.wrap(y, shape);
    }

    static Tensor bilinear(Tensor first, Tensor second, Tensor weight, Tensor bias) {
        int[] shape = first.shape();
        int[] other = second.dimensions();
        int[] of = weight.dimensions();
        int last = shape.length - 1;
        FunctionalShapes.check(
                of.length == 3
                        && last >= 0
                        && other.length == shape.length
                        && Arrays.equals(Arrays.copyOf(shape, last), Arrays.copyOf(other, last))
                        && shape[last] == of[1]
                        && other[last] == of[2],
                "bilinear needs inputs (N, ..., in1) and (N, ..., in2) and a weight (out, in1, in2), but has "
                        + Shapes.text(shape) + ", " + Shapes.text(other) + " and " + Shapes.text(of));
        FunctionalShapes.checkBias(bias, of[0]);
        float[] a = first.floats();
        float[] b = second.floats();
        float[] w = weight.floats();
        shape[last] = of[0];
        float[] y = new float[Shapes.elements(shape)];
        for (int i = 0; i < y.length; i++) {
            int row = i / of[0];
            int output = i % of[0];
            double sum = bias == null ? 0 : bias.floats()[output];
            for (int j = 0; j < of[1]; j++) {
                for (int k = 0; k < of[2]; k++) {
                    sum += (double) a[row * of[1] + j] * w[(output * of[1] + j) * of[2] + k] * b[row * of[2] + k];
                }
            }
            y[i] = (float) sum;
        }
        return Tensor.wrap(y, shape);
    }

    private static int[] indices(String name, Tensor input, int rows) {
        long[] longs = input.toLongs().toLongArray();
        int[] indices = new int[longs.length];
        for (int i = 0; i < indices.length; i++) {
            FunctionalShapes.check(
                    longs[i] >= 0 && longs[i] < rows,
                    name + ": index " + longs[i] + " at position " + i + " is not one of the " + rows);
            indices[i] = (int) longs[i];
        }
        return indices;
    }

    private static int[] table(String name, Tensor weight) {
        int[] shape = weight.dimensions();
        FunctionalShapes.check(
                shape.length == 2, name + " needs a weight (rows, elements of a row), not " + Shapes.text(shape));
        return shape;
    }

    static Tensor embedding(Tensor input, Tensor weight) {
        int[] table = table("embedding", weight);
        int[] indices = indices("embedding", input, table[0]);
        int[] shape = Arrays.copyOf(input.dimensions(), input.dimensions().length + 1);
        shape[shape.length - 1] = table[1];
        float[] y = new float[Shapes.elements(shape)];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(weight.floats(), indices[i] * table[1], y, i * table[1], table[1]);
        }
        return Tensor.wrap(y, shape);
    }

    static Tensor weightedBag(Tensor input, Tensor weight, String mode, int paddingIdx, Tensor perSampleWeights) {
        FunctionalShapes.check(
                mode.equals("sum"),
                "embeddingBag: perSampleWeights are weights of a sum, but the mode is \"" + mode + "\"");
        FunctionalShapes.check(
                Arrays.equals(perSampleWeights.dimensions(), input.dimensions()),
                "embeddingBag needs perSampleWeights for each of its indices " + Shapes.text(input.dimensions())
                        + ", but has " + Shapes.text(perSampleWeights.dimensions()));
        return bag(input, weight, mode, paddingIdx, perSampleWeights.floats());
    }

    /** @param factors of the rows, by index; null where each counts once */
    static Tensor bag(Tensor input, Tensor weight, String mode, int paddingIdx, float[] factors) {
        int[] table = table("embeddingBag", weight);
        int[] shape = input.dimensions();
        FunctionalShapes.check(
                shape.length == 2, "embeddingBag needs indices (N, of each bag), but has " + Shapes.text(shape));
        FunctionalShapes.check(
                BAGS.contains(mode), "embeddingBag needs one of the modes " + BAGS + ", but has \"" + mode + "\"");
        int[] indices = indices("embeddingBag", input, table[0]);
        float[] y = new float[shape[0] * table[1]];
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            double largest = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (int k = 0; k < shape[1]; k++) {
                int at = i / table[1] * shape[1] + k;
                int row = indices[at];
                if (row != paddingIdx) {
                    double factor = factors == null ? 1 : factors[at];
                    double value = factor * weight.floats()[row * table[1] + i % table[1]];
                    sum += value;
                    largest = Math.max(largest, value);
                    count++;
                }
            }
            // a bag of nothing is 0
            double mean = sum / Math.max(1, count);
            y[i] = (float) (count == 0 || mode.equals("sum") ? sum : mode.equals("mean") ? mean : largest);
        }
        return Tensor.wrap(y, shape[0], table[1]);
    }

    static Tensor oneHot(Tensor input, int numClasses) {
        FunctionalShapes.check(numClasses >= 1, "oneHot needs at least 1 class, but has " + numClasses);
        int[] indices = indices("oneHot", input, numClasses);
        int[] shape = Arrays.copyOf(input.dimensions(), input.dimensions().length + 1);
        shape[shape.length - 1] = numClasses;
        float[] y = new float[Shapes.elements(shape)];
        for (int i = 0; i < indices.length; i++) {
            y[i * numClasses + indices[i]] = 1;
        }
        return Tensor.wrap(y, shape);
    }
}
