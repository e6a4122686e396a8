package dev.netwright.processor.graph;

/**
 * How the windows of a convolution or a pool lie along one axis: tap k of window i is at
 * {@code i * stride - before + k * dilation}.
 *
 * @param extent size of the input
 * @param kernel taps of a window
 * @param stride from one window to the next
 * @param dilation from one tap to the next
 * @param before padding before the input
 * @param after padding after it; negative where windows leave out the input's end
 */
public record Window(int extent, int kernel, int stride, int dilation, int before, int after) implements PoolWindow {
    /** One window of one tap. */
    public static final Window SINGLE = new Window(1, 1, 1, 1, 0, 0);

    /** Windows one beside the other. */
    public static Window blocks(int extent, int size) {
        return new Window(extent, size, size, 1, 0, 0);
    }

    /** A window for each element where the stride is 1: half of what the taps reach over is before it, the rest after. */
    public static Window same(int extent, int kernel, int stride, int dilation) {
        int reach = dilation * (kernel - 1);
        return new Window(extent, kernel, stride, dilation, reach / 2, reach - reach / 2);
    }

    /**
     * A pool's windows, of which the last may overhang the padded input's end, but not begin behind the input: PyTorch's
     * rule of {@code ceil_mode}.
     */
    public static Window overhanging(int extent, int kernel, int stride, int dilation, int padding) {
        Window floored = new Window(extent, kernel, stride, dilation, padding, padding);
        long last = floored.lastStart() + stride;
        boolean ends = floored.lastStart() + floored.span() == floored.padded();
        return ends || last >= (long) extent + padding
                ? floored
                : new Window(
                        extent,
                        kernel,
                        stride,
                        dilation,
                        padding,
                        Math.toIntExact(last + floored.span() - extent - padding));
    }

    /**
     * The windows of a convolution whose gradient by the input a transposed one is: from what that gives to what it takes.
     *
     * @param input size of what the transposed one takes
     * @param added places of its output that the convolution would drop
     */
    public static Window transposed(int input, int kernel, int stride, int dilation, int padding, int added) {
        long extent = (input - 1L) * stride - 2L * padding + (long) dilation * (kernel - 1) + 1 + added;
        return new Window(Math.toIntExact(extent), kernel, stride, dilation, padding, padding - added);
    }

    /** The same windows where what they need beside the input has been put there. */
    public Window onPadded() {
        return new Window(Math.toIntExact(padded()), kernel, stride, dilation, 0, 0);
    }

    /** From a window's first tap to behind its last. */
    public long span() {
        return (long) dilation * (kernel - 1) + 1;
    }

    /** Size of the input with its padding. */
    public long padded() {
        return (long) extent + before + after;
    }

    /** Where the last window begins, from the padding's first place on. */
    private long lastStart() {
        return Math.floorDiv(padded() - span(), (long) stride) * stride;
    }

    /** Windows that fit the padded input; none or less where it is too small for one. */
    public long count() {
        return Math.floorDiv(padded() - span(), (long) stride) + 1;
    }

    @Override
    public int output() {
        return Math.toIntExact(count());
    }

    /** Results at every place of the kernel, as if the stride and the dilation were 1. */
    public int places() {
        return Math.toIntExact(padded() - kernel + 1);
    }

    /** The padding before a gradient, where the gradient by the input is seen as a convolution by the turned weight. */
    public int beforeOfGradient() {
        return kernel - 1 - before;
    }

    /** Whether each window is one tap at its own place. */
    public boolean isPointwise() {
        return kernel == 1 && stride == 1 && before == 0 && after == 0;
    }

    /** Whether windows lie at every place and taps are neighbours. */
    public boolean isDense() {
        return stride == 1 && dilation == 1;
    }

    /** Whether some tap lies beside the input. */
    public boolean leavesInput() {
        return before > 0 || (output() - 1) * stride + (kernel - 1) * dilation >= extent;
    }

    @Override
    public boolean isPairs() {
        return kernel == 2 && stride == 2 && before == 0 && dilation == 1 && output() * 2 <= extent;
    }

    @Override
    public boolean isPartition() {
        return stride == kernel && before == 0 && dilation == 1 && output() * kernel == extent;
    }
}
