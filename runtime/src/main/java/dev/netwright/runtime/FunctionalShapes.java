package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;

/** What the plain functions ask of shapes. */
final class FunctionalShapes {
    private static final String[] LAYOUTS = {"(N, C, L)", "(N, C, H, W)", "(N, C, D, H, W)"};

    private FunctionalShapes() {}

    static void check(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message + ".");
        }
    }

    static void checkBias(Tensor bias, int outputs) {
        check(
                bias == null || bias.dimensions().length == 1 && bias.size() == outputs,
                "The bias must have shape [" + outputs + "], but has "
                        + (bias == null ? "" : Shapes.text(bias.dimensions())));
    }

    /** The same of a weight that the caller may leave out, of any shape. */
    static void checkWeight(String name, Tensor weight, int size) {
        check(
                weight == null || weight.size() == size,
                name + " needs a weight and a bias of " + size + " elements, but one has "
                        + (weight == null ? "" : Shapes.text(weight.dimensions())));
    }

    /** How PyTorch writes the shape of something with so many axes behind its channels. */
    static String layout(int axes) {
        return LAYOUTS[axes - 1];
    }

    static int[] planes(String name, Tensor input, int axes) {
        int[] shape = input.dimensions();
        check(
                shape.length == axes + 2,
                name + " needs an input " + layout(axes) + ", but has " + Shapes.text(shape) + "; unflatten it first");
        return shape;
    }

    /** Behind the batch and the channels. */
    static int[] behindChannels(int[] shape) {
        return Arrays.copyOfRange(shape, 2, shape.length);
    }

    /** The shape of planes of other sizes. */
    static int[] withPlanes(int samples, int channels, int[] plane) {
        int[] shape = new int[plane.length + 2];
        shape[0] = samples;
        shape[1] = channels;
        System.arraycopy(plane, 0, shape, 2, plane.length);
        return shape;
    }

    /** One value for each axis of what is written as one for all, or as one for each. */
    static int[] each(String name, String what, int[] values, int axes) {
        check(
                values.length == 1 || values.length == axes,
                name + " needs one " + what + " for all axes or " + axes + ", but has " + Shapes.text(values));
        int[] each = new int[axes];
        Arrays.setAll(each, axis -> values[values.length == 1 ? 0 : axis]);
        return each;
    }

    static int axis(int dim, int[] shape) {
        check(
                dim >= -shape.length && dim < shape.length,
                "Dimension " + dim + " does not exist in " + Shapes.text(shape));
        return dim < 0 ? dim + shape.length : dim;
    }

    static int product(int[] shape, int from, int to) {
        int product = 1;
        for (int i = from; i < to; i++) {
            product *= shape[i];
        }
        return product;
    }

    static int product(int[] shape) {
        return product(shape, 0, shape.length);
    }
}
