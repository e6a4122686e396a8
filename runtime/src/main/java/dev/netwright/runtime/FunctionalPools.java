package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;

/** One number for each window of each channel. */
final class FunctionalPools {
    private static final int[] NONE = {0};
    private static final int[] ONE = {1};

    private FunctionalPools() {}

    private static FunctionalWindows windows(
            String name, int[] shape, int[] kernel, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return FunctionalWindows.of(
                        name,
                        FunctionalShapes.behindChannels(shape),
                        kernel,
                        stride == null ? kernel : stride,
                        padding,
                        dilation,
                        ceilMode)
                .checkPadding(name);
    }

    /** The cell of each window that has the largest value, the first of equal ones; the first NaN if there is one. */
    static Tensor largest(
            int axes, Tensor input, int[] kernel, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        String name = "maxPool" + axes + "d";
        int[] shape = FunctionalShapes.planes(name, input, axes);
        FunctionalWindows windows = windows(name, shape, kernel, stride, padding, dilation, ceilMode);
        float[] x = input.floats();
        int[] result = FunctionalShapes.withPlanes(shape[0], shape[1], windows.output());
        long[] largest = new long[Shapes.elements(result)];
        for (int i = 0; i < largest.length; i++) {
            int plane = i / windows.count() * windows.cells();
            int best = -1;
            for (int tap = 0; tap < windows.taps(); tap++) {
                int cell = windows.cell(i % windows.count(), tap);
                if (cell >= 0 && (best < 0 || isLarger(x[plane + cell], x[plane + best]))) {
                    best = cell;
                }
            }
            FunctionalShapes.check(best >= 0, name + ": window " + i % windows.count() + " sees padding alone");
            largest[i] = best;
        }
        return Tensor.ofLongs(largest, result);
    }

    private static boolean isLarger(float x, float than) {
        return x > than || Float.isNaN(x) && !Float.isNaN(than);
    }

    static Tensor max(
            int axes, Tensor input, int[] kernel, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        Tensor indices = largest(axes, input, kernel, stride, padding, dilation, ceilMode);
        long[] cells = indices.toLongArray();
        int ofPlane = FunctionalShapes.product(FunctionalShapes.behindChannels(input.dimensions()));
        int windows = FunctionalShapes.product(FunctionalShapes.behindChannels(indices.dimensions()));
        float[] y = new float[cells.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = input.floats()[i / windows * ofPlane + (int) cells[i]];
        }
        return Tensor.wrap(y, indices.shape());
    }

    static Tensor unpool(
            int axes, Tensor input, Tensor indices, int[] kernel, int[] stride, int[] padding, int[] outputSize) {
        String name = "maxUnpool" + axes + "d";
        int[] shape = FunctionalShapes.planes(name, input, axes);
        FunctionalShapes.check(
                Shapes.text(shape).equals(Shapes.text(indices.dimensions())),
                name + " needs an index for each element of " + Shapes.text(shape) + ", but has "
                        + Shapes.text(indices.dimensions()));
        int[] plane = outputSize == null
                ? unpooled(name, FunctionalShapes.behindChannels(shape), kernel, stride, padding)
                : FunctionalShapes.each(name, "output size", outputSize, axes);
        int windows = FunctionalShapes.product(FunctionalShapes.behindChannels(shape));
        int cells = FunctionalShapes.product(plane);
        long[] at = indices.toLongArray();
        float[] x = input.floats();
        int[] result = FunctionalShapes.withPlanes(shape[0], shape[1], plane);
        float[] y = new float[Shapes.elements(result)];
        for (int i = 0; i < x.length; i++) {
            FunctionalShapes.check(
                    at[i] >= 0 && at[i] < cells,
                    name + ": index " + at[i] + " is not one of the " + cells + " cells of " + Shapes.text(plane)
                            + "; give the output size that the max pool read");
            y[i / windows * cells + (int) at[i]] = x[i];
        }
        return Tensor.wrap(y, result);
    }

    private static int[] unpooled(String name, int[] input, int[] kernel, int[] stride, int[] padding) {
        int[] taps = FunctionalShapes.each(name, "kernel size", kernel, input.length);
        int[] steps = FunctionalShapes.each(name, "stride", stride == null ? kernel : stride, input.length);
        int[] around = FunctionalShapes.each(name, "padding", padding, input.length);
        int[] plane = new int[input.length];
        for (int axis = 0; axis < plane.length; axis++) {
            plane[axis] = (input[axis] - 1) * steps[axis] - 2 * around[axis] + taps[axis];
        }
        return plane;
    }

    /** @param divisor what sums are divided by, or 0 for the number of cells */
    static Tensor average(
            int axes,
            Tensor input,
            int[] kernel,
            int[] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            int divisor) {
        String name = "avgPool" + axes + "d";
        int[] shape = FunctionalShapes.planes(name, input, axes);
        FunctionalWindows windows = windows(name, shape, kernel, stride, padding, ONE, ceilMode);
        float[] x = input.floats();
        int[] result = FunctionalShapes.withPlanes(shape[0], shape[1], windows.output());
        float[] y = new float[Shapes.elements(result)];
        for (int i = 0; i < y.length; i++) {
            int window = i % windows.count();
            double sum = 0;
            int cells = 0;
            for (int tap = 0; tap < windows.taps(); tap++) {
                int cell = windows.cell(window, tap);
                if (cell >= 0) {
                    sum += x[i / windows.count() * windows.cells() + cell];
                    cells++;
                }
            }
            int counted = countIncludePad ? windows.tapsWithinPadding(window) : cells;
            y[i] = (float) (sum / (divisor == 0 ? counted : divisor));
        }
        return Tensor.wrap(y, result);
    }

    /** As PyTorch's, of the mean of the powers: a window that overhangs the end counts as a whole one. */
    static Tensor norm(int axes, Tensor input, double p, int[] kernel, int[] stride, boolean ceilMode) {
        String name = "lpPool" + axes + "d";
        FunctionalShapes.check(p != 0, name + " needs a norm type other than 0, which has no root");
        int[] shape = FunctionalShapes.planes(name, input, axes);
        FunctionalWindows windows = windows(name, shape, kernel, stride, NONE, ONE, ceilMode);
        float[] x = input.floats();
        int[] result = FunctionalShapes.withPlanes(shape[0], shape[1], windows.output());
        float[] y = new float[Shapes.elements(result)];
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            int cells = 0;
            for (int tap = 0; tap < windows.taps(); tap++) {
                int cell = windows.cell(i % windows.count(), tap);
                if (cell >= 0) {
                    sum += Math.pow(x[i / windows.count() * windows.cells() + cell], p);
                    cells++;
                }
            }
            y[i] = (float) Math.pow(sum / cells * windows.taps(), 1 / p);
        }
        return Tensor.wrap(y, result);
    }

    /** Window i of an axis of n cells in o windows goes from i n / o, rounded down, up to (i + 1) n / o, rounded up. */
    static Tensor adaptive(int axes, Tensor input, int[] outputSize, boolean largest) {
        String name = (largest ? "adaptiveMaxPool" : "adaptiveAvgPool") + axes + "d";
        int[] shape = FunctionalShapes.planes(name, input, axes);
        int[] plane = FunctionalShapes.behindChannels(shape);
        int[] output = FunctionalShapes.each(name, "output size", outputSize, axes);
        for (int size : output) {
            FunctionalShapes.check(size >= 1, name + " needs an output size of at least 1, but has " + size);
        }
        int cells = FunctionalShapes.product(plane);
        int windows = FunctionalShapes.product(output);
        float[] x = input.floats();
        int[] result = FunctionalShapes.withPlanes(shape[0], shape[1], output);
        float[] y = new float[Shapes.elements(result)];
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            double maximum = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (int cell = 0; cell < cells; cell++) {
                if (isWithin(i % windows, output, cell, plane)) {
                    float value = x[i / windows * cells + cell];
                    sum += value;
                    maximum = Math.max(maximum, value);
                    count++;
                }
            }
            y[i] = (float) (largest ? maximum : sum / count);
        }
        return Tensor.wrap(y, result);
    }

    private static boolean isWithin(int window, int[] output, int cell, int[] plane) {
        for (int axis = plane.length - 1; axis >= 0; axis--) {
            long index = window % output[axis];
            long place = cell % plane[axis];
            long from = index * plane[axis] / output[axis];
            long to = ((index + 1) * plane[axis] + output[axis] - 1) / output[axis];
            if (place < from || place >= to) {
                return false;
            }
            window /= output[axis];
            cell /= plane[axis];
        }
        return true;
    }

    static Tensor fractional(int axes, Tensor input, int[] kernel, int[] outputSize, Tensor samples) {
        String name = "fractionalMaxPool" + axes + "d";
        int[] shape = FunctionalShapes.planes(name, input, axes);
        int[] numbers = {shape[0], shape[1], axes};
        FunctionalShapes.check(
                Arrays.equals(samples.dimensions(), numbers),
                name + " needs samples " + Shapes.text(numbers) + ", but has " + Shapes.text(samples.dimensions()));
        for (float sample : samples.floats()) {
            FunctionalShapes.check(
                    sample >= 0 && sample < 1,
                    name + ": a sample is " + sample + ", but must be at least 0 and below 1");
        }
        int[] plane = FunctionalShapes.behindChannels(shape);
        int[] taps = FunctionalShapes.each(name, "kernel size", kernel, axes);
        int[] windows = FunctionalShapes.each(name, "output size", outputSize, axes);
        for (int axis = 0; axis < axes; axis++) {
            checkFractional(name, plane[axis], taps[axis], windows[axis]);
        }
        int count = FunctionalShapes.product(windows);
        int[] result = FunctionalShapes.withPlanes(shape[0], shape[1], windows);
        float[] y = new float[Shapes.elements(result)];
        for (int i = 0; i < y.length; i++) {
            int[] begin = new int[axes];
            int window = i % count;
            for (int axis = axes - 1; axis >= 0; axis--) {
                // PyTorch's samples of an image are of the width first
                float sample = samples.floats()[i / count * axes + (axes == 2 ? 1 - axis : axis)];
                begin[axis] = begin(sample, plane[axis], taps[axis], windows[axis], window % windows[axis]);
                window /= windows[axis];
            }
            y[i] = largest(input.floats(), i / count, FunctionalWindows.single(plane, taps, begin));
        }
        return Tensor.wrap(y, result);
    }

    private static void checkFractional(String name, int cells, int kernel, int windows) {
        FunctionalShapes.check(
                kernel >= 1 && windows >= 1,
                name + " needs a kernel size and an output size of at least 1, but has " + kernel + " and " + windows);
        int most = Math.max(0, cells - kernel + 1);
        FunctionalShapes.check(
                windows <= most,
                name + ": of " + cells + " cells there are at most " + most + " windows of " + kernel
                        + ", but the output size is " + windows);
    }

    /** Rounded as PyTorch rounds floats. */
    private static int begin(float sample, int cells, int kernel, int windows, int window) {
        if (window == windows - 1) {
            return cells - kernel;
        }
        float step = (float) (cells - kernel) / (windows - 1);
        return (int) ((window + sample) * step) - (int) (sample * step);
    }

    private static float largest(float[] x, int plane, FunctionalWindows window) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int tap = 0; tap < window.taps(); tap++) {
            largest = Math.max(largest, x[plane * window.cells() + window.cell(0, tap)]);
        }
        return largest;
    }
}
