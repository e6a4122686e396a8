package dev.netwright.runtime.init;

import java.util.Arrays;

/** What passes inputs on as they are: {@code eye_} and {@code dirac_}. */
final class Identities {
    private Identities() {}

    /** Ones on the diagonal. */
    static void eye(float[] target, int rows, int columns) {
        Arrays.fill(target, 0);
        for (int i = 0; i < Math.min(rows, columns); i++) {
            target[i * columns + i] = 1;
        }
    }

    /**
     * A one in the middle of the kernel from each group's input channel to the output channel of the same number.
     *
     * @param shape output channels, input channels of a group, and one to three dimensions of the kernel
     */
    static void dirac(float[] target, int groups, int[] shape) {
        Arrays.fill(target, 0);
        int outputs = shape[0] / groups;
        int kernel = 1;
        int middle = 0;
        for (int i = 2; i < shape.length; i++) {
            middle = middle * shape[i] + shape[i] / 2;
            kernel *= shape[i];
        }
        for (int group = 0; group < groups; group++) {
            for (int i = 0; i < Math.min(outputs, shape[1]); i++) {
                target[((group * outputs + i) * shape[1] + i) * kernel + middle] = 1;
            }
        }
    }

    static void checkDirac(int groups, int[] shape) {
        if (shape.length < 3 || shape.length > 5) {
            throw new IllegalArgumentException("The weights of a convolution have 3 to 5 dimensions, but the shape is "
                    + Arrays.toString(shape) + ".");
        }
        if (groups < 1 || shape[0] % groups != 0) {
            throw new IllegalArgumentException(groups + " groups do not divide the " + shape[0] + " output channels of "
                    + Arrays.toString(shape) + ".");
        }
    }
}
