package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;

/**
 * Windows over a plane of one, two, three or more axes: where each cell of each window lies. Windows, their taps and the
 * cells of the plane are counted in row-major order.
 *
 * @param plane sizes of what the windows lie over
 * @param kernel taps of a window along each axis
 * @param stride from one window to the next
 * @param padding cells before the plane that windows reach
 * @param dilation from one tap to the next
 * @param output number of windows along each axis
 */
record FunctionalWindows(int[] plane, int[] kernel, int[] stride, int[] padding, int[] dilation, int[] output) {
    /** As many windows as fit: {@code (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1}, rounded down. */
    static FunctionalWindows of(
            String name, int[] plane, int[] kernel, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        int axes = plane.length;
        int[] taps = FunctionalShapes.each(name, "kernel size", kernel, axes);
        int[] steps = FunctionalShapes.each(name, "stride", stride, axes);
        int[] around = FunctionalShapes.each(name, "padding", padding, axes);
        int[] apart = FunctionalShapes.each(name, "dilation", dilation, axes);
        int[] windows = new int[axes];
        for (int axis = 0; axis < axes; axis++) {
            checkAxis(name, plane[axis], taps[axis], steps[axis], around[axis], apart[axis]);
            int room = plane[axis] + 2 * around[axis] - apart[axis] * (taps[axis] - 1) - 1;
            windows[axis] = (ceilMode ? room + steps[axis] - 1 : room) / steps[axis] + 1;
            // none begins in the padding behind the plane
            if (ceilMode && (windows[axis] - 1) * steps[axis] >= plane[axis] + around[axis]) {
                windows[axis]--;
            }
        }
        return new FunctionalWindows(plane, taps, steps, around, apart, windows);
    }

    /** One window alone, by its first cell along each axis. */
    static FunctionalWindows single(int[] plane, int[] kernel, int[] begin) {
        int[] one = new int[plane.length];
        int[] before = new int[plane.length];
        for (int axis = 0; axis < plane.length; axis++) {
            one[axis] = 1;
            before[axis] = -begin[axis];
        }
        return new FunctionalWindows(plane, kernel, one, before, one, one);
    }

    static void checkAxis(String name, int extent, int kernel, int stride, int padding, int dilation) {
        FunctionalShapes.check(
                kernel >= 1 && stride >= 1 && dilation >= 1 && padding >= 0,
                name + " needs kernel, stride and dilation of at least 1 and a padding of at least 0, but has " + kernel
                        + ", " + stride + ", " + dilation + " and " + padding);
        FunctionalShapes.check(
                extent + 2 * padding - dilation * (kernel - 1) - 1 >= 0,
                name + ": a kernel of " + kernel + " with dilation " + dilation + " does not fit an input of " + extent
                        + " with padding " + padding);
    }

    /** PyTorch's rule for pools. */
    FunctionalWindows checkPadding(String name) {
        for (int axis = 0; axis < plane.length; axis++) {
            int span = dilation[axis] * (kernel[axis] - 1) + 1;
            FunctionalShapes.check(
                    padding[axis] <= span / 2,
                    name + ": the padding may be at most half the kernel " + span + ", but is " + padding[axis]);
        }
        return this;
    }

    int count() {
        return FunctionalShapes.product(output);
    }

    int taps() {
        return FunctionalShapes.product(kernel);
    }

    int cells() {
        return Shapes.elements(plane);
    }

    /** Which cell of the plane a tap of a window is; -1 where it lies outside. */
    int cell(int window, int tap) {
        int cell = 0;
        int step = 1;
        for (int axis = plane.length - 1; axis >= 0; axis--) {
            int place = window % output[axis] * stride[axis] - padding[axis] + tap % kernel[axis] * dilation[axis];
            if (place < 0 || place >= plane[axis]) {
                return -1;
            }
            cell += place * step;
            step *= plane[axis];
            window /= output[axis];
            tap /= kernel[axis];
        }
        return cell;
    }

    /** How many taps of a window lie on the plane or its padding, not beyond. */
    int tapsWithinPadding(int window) {
        int taps = 1;
        for (int axis = plane.length - 1; axis >= 0; axis--) {
            int start = window % output[axis] * stride[axis] - padding[axis];
            taps *= Math.min(start + kernel[axis], plane[axis] + padding[axis]) - start;
            window /= output[axis];
        }
        return taps;
    }
}
