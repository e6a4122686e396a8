package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;

/** The functions that move a window over images. */
final class FunctionalWindows {
    private FunctionalWindows() {}

    static Tensor convolution(
            Tensor input, Tensor weight, Tensor bias, int stride, int padding, int dilation, int groups) {
        int[] shape = input.dimensions();
        int[] kernel = weight.dimensions();
        Functional.check(
                shape.length == 4 && kernel.length == 4,
                "conv2d needs an input (N, C, H, W) and a weight (outputs, C / groups, height, width), but has "
                        + Shapes.text(shape) + " and " + Shapes.text(kernel));
        Functional.check(
                groups >= 1 && shape[1] == kernel[1] * groups && kernel[0] % groups == 0,
                "conv2d: " + groups + " groups of the weight " + Shapes.text(kernel) + " do not fit the input "
                        + Shapes.text(shape));
        Functional.checkBias(bias, kernel[0]);
        int height = windows("conv2d", shape[2], kernel[2], stride, padding, dilation);
        int width = windows("conv2d", shape[3], kernel[3], stride, padding, dilation);
        float[] x = input.floats();
        float[] w = weight.floats();
        int[] result = {shape[0], kernel[0], height, width};
        float[] y = new float[Shapes.elements(result)];
        int outputsPerGroup = kernel[0] / groups;
        int at = 0;
        for (int n = 0; n < shape[0]; n++) {
            for (int o = 0; o < kernel[0]; o++) {
                int firstChannel = o / outputsPerGroup * kernel[1];
                double start = bias == null ? 0 : bias.floats()[o];
                for (int row = 0; row < height; row++) {
                    for (int column = 0; column < width; column++) {
                        double sum = start;
                        for (int c = 0; c < kernel[1]; c++) {
                            sum += window(
                                    x,
                                    shape,
                                    (n * shape[1] + firstChannel + c) * shape[2] * shape[3],
                                    row * stride - padding,
                                    column * stride - padding,
                                    w,
                                    kernel,
                                    (o * kernel[1] + c) * kernel[2] * kernel[3],
                                    dilation);
                        }
                        y[at++] = (float) sum;
                    }
                }
            }
        }
        return Tensor.wrap(y, result);
    }

    /** One channel's share of one output: a plane of the input under a kernel whose corner is at (top, left). */
    private static double window(
            float[] x, int[] shape, int plane, int top, int left, float[] w, int[] kernel, int first, int dilation) {
        double sum = 0;
        for (int i = 0; i < kernel[2]; i++) {
            int row = top + i * dilation;
            for (int j = 0; j < kernel[3]; j++) {
                int column = left + j * dilation;
                if (row >= 0 && row < shape[2] && column >= 0 && column < shape[3]) {
                    sum += (double) x[plane + row * shape[3] + column] * w[first + i * kernel[3] + j];
                }
            }
        }
        return sum;
    }

    static Tensor pool(Tensor input, int kernel, int stride, int padding, boolean largest) {
        String name = largest ? "maxPool2d" : "avgPool2d";
        int[] shape = input.dimensions();
        Functional.check(shape.length == 4, name + " needs an input (N, C, H, W), but has " + Shapes.text(shape));
        Functional.check(
                padding <= kernel / 2,
                name + ": the padding may be at most half the kernel " + kernel + ", but is " + padding);
        int height = windows(name, shape[2], kernel, stride, padding, 1);
        int width = windows(name, shape[3], kernel, stride, padding, 1);
        float[] x = input.floats();
        int[] result = {shape[0], shape[1], height, width};
        float[] y = new float[Shapes.elements(result)];
        int at = 0;
        for (int image = 0; image < shape[0] * shape[1]; image++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double sum = 0;
                    double maximum = Double.NEGATIVE_INFINITY;
                    for (int h = Math.max(0, row * stride - padding);
                            h < Math.min(shape[2], row * stride - padding + kernel);
                            h++) {
                        for (int v = Math.max(0, column * stride - padding);
                                v < Math.min(shape[3], column * stride - padding + kernel);
                                v++) {
                            float value = x[(image * shape[2] + h) * shape[3] + v];
                            sum += value;
                            maximum = Math.max(maximum, value);
                        }
                    }
                    y[at++] = (float) (largest ? maximum : sum / (kernel * kernel));
                }
            }
        }
        return Tensor.wrap(y, result);
    }

    private static int windows(String name, int extent, int kernel, int stride, int padding, int dilation) {
        Functional.check(
                kernel >= 1 && stride >= 1 && dilation >= 1 && padding >= 0,
                name + " needs kernel, stride and dilation of at least 1 and a padding of at least 0, but has " + kernel
                        + ", " + stride + ", " + dilation + " and " + padding);
        int room = extent + 2 * padding - dilation * (kernel - 1) - 1;
        Functional.check(
                room >= 0,
                name + ": a kernel of " + kernel + " with dilation " + dilation + " does not fit an input of " + extent
                        + " with padding " + padding);
        return room / stride + 1;
    }

    static Tensor fractional(String name, Tensor input, int[] kernel, int[] outputSize, Tensor samples, int axes) {
        int[] shape = input.dimensions();
        Functional.check(
                shape.length == axes + 2,
                name + " needs an input (N, C, " + (axes == 2 ? "" : "D, ") + "H, W), but has " + Shapes.text(shape));
        int[] numbers = {shape[0], shape[1], axes};
        Functional.check(
                Arrays.equals(samples.dimensions(), numbers),
                name + " needs samples " + Shapes.text(numbers) + ", but has " + Shapes.text(samples.dimensions()));
        for (float sample : samples.floats()) {
            Functional.check(
                    sample >= 0 && sample < 1,
                    name + ": a sample is " + sample + ", but must be at least 0 and below 1");
        }
        int[] size = each(name, "kernel", kernel, axes);
        int[] windows = each(name, "outputSize", outputSize, axes);
        int[] result = {shape[0], shape[1], 1, 1, 1};
        int[] cells = {1, 1, 1};
        int[] taps = {1, 1, 1};
        for (int axis = 0; axis < axes; axis++) {
            int most = shape[axis + 2] - size[axis] + 1;
            Functional.check(
                    windows[axis] <= most,
                    name + ": of " + shape[axis + 2] + " cells there are at most " + Math.max(0, most) + " windows of "
                            + size[axis] + ", but outputSize is " + windows[axis]);
            int last = 3 - axes + axis;
            cells[last] = shape[axis + 2];
            taps[last] = size[axis];
            result[2 + last] = windows[axis];
        }
        float[] x = input.floats();
        float[] y = new float[Shapes.elements(result)];
        int at = 0;
        for (int plane = 0; plane < shape[0] * shape[1]; plane++) {
            int[][] begins = {{0}, {0}, {0}};
            for (int axis = 0; axis < axes; axis++) {
                // PyTorch's samples of an image are of the width first
                float sample = samples.floats()[plane * axes + (axes == 2 ? 1 - axis : axis)];
                int last = 3 - axes + axis;
                begins[last] = begins(sample, cells[last], taps[last], windows[axis]);
            }
            int first = plane * cells[0] * cells[1] * cells[2];
            for (int depth : begins[0]) {
                for (int row : begins[1]) {
                    for (int column : begins[2]) {
                        y[at++] = largest(x, first, cells, new int[] {depth, row, column}, taps);
                    }
                }
            }
        }
        return Tensor.wrap(y, axes == 3 ? result : new int[] {result[0], result[1], result[3], result[4]});
    }

    private static int[] each(String name, String what, int[] sizes, int axes) {
        int[] each = sizes.length == 1 ? new int[axes] : sizes.clone();
        if (sizes.length == 1) {
            Arrays.fill(each, sizes[0]);
        }
        Functional.check(
                each.length == axes && Arrays.stream(each).allMatch(size -> size >= 1),
                name + " needs one " + what + " or " + axes + ", each at least 1, but has " + Arrays.toString(sizes));
        return each;
    }

    /** Rounded as PyTorch rounds floats. */
    private static int[] begins(float sample, int cells, int kernel, int windows) {
        int[] begins = new int[windows];
        float step = windows == 1 ? 0 : (float) (cells - kernel) / (windows - 1);
        for (int i = 0; i < windows - 1; i++) {
            begins[i] = (int) ((i + sample) * step) - (int) (sample * step);
        }
        begins[windows - 1] = cells - kernel;
        return begins;
    }

    private static float largest(float[] x, int first, int[] cells, int[] begin, int[] taps) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int p = begin[0]; p < begin[0] + taps[0]; p++) {
            for (int r = begin[1]; r < begin[1] + taps[1]; r++) {
                for (int q = begin[2]; q < begin[2] + taps[2]; q++) {
                    largest = Math.max(largest, x[first + (p * cells[1] + r) * cells[2] + q]);
                }
            }
        }
        return largest;
    }
}
