package dev.netwright.examples;

import dev.netwright.runtime.Functional;
import dev.netwright.runtime.Tensor;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The first steps of every tutorial: one convolution, by hand, without a network.
 *
 * <p>{@link Functional} holds plain functions for exactly this: looking at what a layer computes. Networks do not use
 * them; their generated code is fused and specialised.
 */
public final class Example01Functional {

    private Example01Functional() {}

    /**
     * Prints the convolution of a 5 x 5 input with a 3 x 3 kernel, with stride 1, with stride 2 and with padding 1.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        run(System.out);
    }

    static void run(PrintStream out) {
        float[] pixels = {
            1, 2, 0, 3, 1,
            0, 1, 2, 3, 1,
            1, 2, 1, 0, 0,
            5, 2, 3, 1, 1,
            2, 1, 0, 1, 1
        };
        float[] weights = {
            1, 2, 1,
            0, 1, 0,
            2, 1, 0
        };
        // As in PyTorch: (batch, channels, height, width) and (output channels, input channels, height, width).
        Tensor input = Tensor.of(pixels, 1, 1, 5, 5);
        Tensor kernel = Tensor.of(weights, 1, 1, 3, 3);

        print(out, "stride 1", Functional.conv2d(input, kernel, null, 1, 0));
        print(out, "stride 2", Functional.conv2d(input, kernel, null, 2, 0));
        print(out, "stride 1, padding 1", Functional.conv2d(input, kernel, null, 1, 1));
    }

    private static void print(PrintStream out, String title, Tensor output) {
        int[] shape = output.shape();
        float[] values = output.toArray();
        out.println(title);
        for (int row = 0; row < shape[2]; row++) {
            for (int column = 0; column < shape[3]; column++) {
                out.printf(Locale.ROOT, "%4.0f", values[row * shape[3] + column]);
            }
            out.println();
        }
    }
}
