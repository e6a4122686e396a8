package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.function.DoubleUnaryOperator;

/** Functions of each element by itself, and along one dimension. */
final class FunctionalElements {
    private static final double FARTHEST_ERF = 6;
    private static final double LEAST_TERM = 1e-18;
    private static final double CUBIC = 0.044715;

    private FunctionalElements() {}

    static Tensor map(Tensor input, DoubleUnaryOperator function) {
        float[] x = input.toArray();
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) function.applyAsDouble(x[i]);
        }
        return Tensor.wrap(x, input.shape());
    }

    static Tensor floats(double[] values, int[] shape) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.wrap(floats, shape);
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double log1pExp(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    static Tensor gelu(Tensor input, String approximate) {
        return switch (approximate) {
            case "none" -> map(input, x -> x / 2 * (1 + erf(x / Math.sqrt(2))));
            case "tanh" -> map(input, x -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + CUBIC * x * x * x))));
            default ->
                throw new IllegalArgumentException(
                        "gelu is approximated by \"none\" or \"tanh\", but not by \"" + approximate + "\".");
        };
    }

    /** Abramowitz and Stegun 7.1.6, a series without cancellation. */
    private static double erf(double x) {
        if (!(Math.abs(x) <= FARTHEST_ERF)) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > LEAST_TERM * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    static Tensor prelu(Tensor input, Tensor weight) {
        int[] shape = input.shape();
        int channels = shape.length < 2 ? 1 : shape[1];
        FunctionalShapes.check(
                weight.size() == 1 || weight.size() == channels,
                "prelu needs one slope or " + channels + ", one for each channel of " + Shapes.text(shape)
                        + ", but has " + weight.size());
        int each = FunctionalShapes.product(shape, Math.min(2, shape.length), shape.length);
        float[] y = input.toArray();
        for (int i = 0; i < y.length; i++) {
            float slope = weight.floats()[i / each % weight.size()];
            y[i] = y[i] > 0 ? y[i] : (float) ((double) slope * y[i]);
        }
        return Tensor.wrap(y, shape);
    }

    static Tensor glu(Tensor input, int dim) {
        int[] shape = input.shape();
        int axis = FunctionalShapes.axis(dim, shape);
        FunctionalShapes.check(
                shape[axis] % 2 == 0, "Dimension " + dim + " of " + Shapes.text(shape) + " has no even size");
        shape[axis] /= 2;
        int half = FunctionalShapes.product(shape, axis, shape.length);
        float[] x = input.floats();
        float[] y = new float[x.length / 2];
        for (int i = 0; i < y.length; i++) {
            int value = i / half * half + i;
            y[i] = (float) (x[value] * sigmoid(x[value + half]));
        }
        return Tensor.wrap(y, shape);
    }

    static Tensor softmax(Tensor input, int dim, boolean logarithm) {
        int[] shape = input.shape();
        int axis = FunctionalShapes.axis(dim, shape);
        int extent = shape[axis];
        int stride = FunctionalShapes.product(shape, axis + 1, shape.length);
        float[] x = input.toArray();
        for (int start = 0; start < x.length; start++) {
            if (start / stride % extent != 0) {
                continue;
            }
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < extent; k++) {
                largest = Math.max(largest, x[start + k * stride]);
            }
            double sum = 0;
            for (int k = 0; k < extent; k++) {
                sum += Math.exp(x[start + k * stride] - largest);
            }
            for (int k = 0; k < extent; k++) {
                double shifted = x[start + k * stride] - largest;
                x[start + k * stride] = (float) (logarithm ? shifted - Math.log(sum) : Math.exp(shifted) / sum);
            }
        }
        return Tensor.wrap(x, shape);
    }
}
