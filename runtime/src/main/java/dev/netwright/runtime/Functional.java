package dev.netwright.runtime;

import static dev.netwright.runtime.FunctionalShapes.check;

import java.util.function.BinaryOperator;

/**
 * Single operators as plain functions on tensors, after {@code torch.nn.functional}: for trying things out, for
 * post-processing and for tests. Simple loops, sums in double, a new tensor for every result; the first dimension is
 * the batch. Networks do not run on these: their kernels are generated.
 *
 * <p>Formulas are those of PyTorch's documentation. Shapes that do not fit end in an {@link IllegalArgumentException}
 * that names them. What draws random numbers, such as dropout, is a layer only.
 */
// The one door to all of them, and long for that reason: what each does stands here, how in a class for each subject.
public final class Functional {
    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
    private static final double SELU_SCALE = 1.0507009873554804934193349852946;

    private Functional() {}

    /**
     * Convolution with stride 1 and no padding (a cross-correlation, as in PyTorch).
     *
     * @param input (N, C, H, W)
     * @param weight (outputs, C, kernel height, kernel width)
     * @return (N, outputs, output height, output width)
     */
    public static Tensor conv2d(Tensor input, Tensor weight) {
        return conv2d(input, weight, null, 1, 0);
    }

    /**
     * Convolution with the same stride and padding in both directions.
     *
     * @param input (N, C, H, W)
     * @param weight (outputs, C, kernel height, kernel width)
     * @param bias (outputs), or null
     * @param stride at least 1
     * @param padding zeros on every side, 0 or more
     * @return (N, outputs, (H + 2 padding - kernel height) / stride + 1, likewise the width)
     */
    public static Tensor conv2d(Tensor input, Tensor weight, Tensor bias, int stride, int padding) {
        return conv2d(input, weight, bias, stride, padding, 1, 1);
    }

    /**
     * Convolution with dilation and groups.
     *
     * @param input (N, C, H, W)
     * @param weight (outputs, C / groups, kernel height, kernel width)
     * @param bias (outputs), or null
     * @param stride at least 1
     * @param padding zeros on every side, 0 or more
     * @param dilation distance between kernel elements, at least 1
     * @param groups divides C and outputs
     * @return (N, outputs, (H + 2 padding - dilation (kernel height - 1) - 1) / stride + 1, likewise the width)
     */
    public static Tensor conv2d(
            Tensor input, Tensor weight, Tensor bias, int stride, int padding, int dilation, int groups) {
        return conv2d(input, weight, bias, sizes(stride), sizes(padding), sizes(dilation), groups);
    }

    /**
     * Convolution of a sequence of several channels (a cross-correlation, as in PyTorch).
     *
     * @param input (N, C, L)
     * @param weight (outputs, C / groups, kernel length)
     * @param bias (outputs), or null
     * @param stride one value, at least 1
     * @param padding zeros on every side, 0 or more; one value
     * @param dilation distance between kernel elements, at least 1; one value
     * @param groups divides C and outputs
     * @return (N, outputs, output length), each (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1, rounded
     *     down
     */
    public static Tensor conv1d(
            Tensor input, Tensor weight, Tensor bias, int[] stride, int[] padding, int[] dilation, int groups) {
        return FunctionalConvolutions.convolution(1, input, weight, bias, stride, padding, dilation, groups);
    }

    /**
     * Convolution of an image of several channels (a cross-correlation, as in PyTorch), with sizes for each axis.
     *
     * @param input (N, C, H, W)
     * @param weight (outputs, C / groups, kernel height, kernel width)
     * @param bias (outputs), or null
     * @param stride one value for both axes, or one for each, at least 1
     * @param padding zeros on every side, 0 or more; one value for both axes, or one for each
     * @param dilation distance between kernel elements, at least 1; one value for both axes, or one for each
     * @param groups divides C and outputs
     * @return (N, outputs, output height, output width), each (size + 2 padding - dilation (kernel - 1) - 1) / stride
     *     + 1, rounded down
     */
    public static Tensor conv2d(
            Tensor input, Tensor weight, Tensor bias, int[] stride, int[] padding, int[] dilation, int groups) {
        return FunctionalConvolutions.convolution(2, input, weight, bias, stride, padding, dilation, groups);
    }

    /**
     * Convolution of a volume of several channels (a cross-correlation, as in PyTorch).
     *
     * @param input (N, C, D, H, W)
     * @param weight (outputs, C / groups, kernel depth, kernel height, kernel width)
     * @param bias (outputs), or null
     * @param stride one value for all axes, or one for each, at least 1
     * @param padding zeros on every side, 0 or more; one value for all axes, or one for each
     * @param dilation distance between kernel elements, at least 1; one value for all axes, or one for each
     * @param groups divides C and outputs
     * @return (N, outputs, output depth, output height, output width), each (size + 2 padding - dilation (kernel - 1)
     *     - 1) / stride + 1, rounded down
     */
    public static Tensor conv3d(
            Tensor input, Tensor weight, Tensor bias, int[] stride, int[] padding, int[] dilation, int groups) {
        return FunctionalConvolutions.convolution(3, input, weight, bias, stride, padding, dilation, groups);
    }

    /**
     * Transposed convolution of a sequence: each element adds the kernel times itself to the output, windows being a
     * stride apart.
     *
     * @param input (N, C, L)
     * @param weight (C, outputs / groups, kernel length)
     * @param bias (outputs), or null
     * @param stride one value, at least 1
     * @param padding what is cut off every side, 0 or more; one value
     * @param outputPadding what is added at the end, below the stride or the dilation; one value
     * @param groups divides C and outputs
     * @param dilation distance between kernel elements, at least 1; one value
     * @return (N, outputs, output length), each (size - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding
     *     + 1
     */
    public static Tensor convTranspose1d(
            Tensor input,
            Tensor weight,
            Tensor bias,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int groups,
            int[] dilation) {
        return FunctionalConvolutions.transposed(
                1, input, weight, bias, stride, padding, outputPadding, groups, dilation);
    }

    /**
     * Transposed convolution of an image: each element adds the kernel times itself to the output, windows being a
     * stride apart.
     *
     * @param input (N, C, H, W)
     * @param weight (C, outputs / groups, kernel height, kernel width)
     * @param bias (outputs), or null
     * @param stride one value for both axes, or one for each, at least 1
     * @param padding what is cut off every side, 0 or more; one value for both axes, or one for each
     * @param outputPadding what is added at the end, below the stride or the dilation; one value for both axes, or
     *     one for each
     * @param groups divides C and outputs
     * @param dilation distance between kernel elements, at least 1; one value for both axes, or one for each
     * @return (N, outputs, output height, output width), each (size - 1) stride - 2 padding + dilation (kernel - 1) +
     *     outputPadding + 1
     */
    public static Tensor convTranspose2d(
            Tensor input,
            Tensor weight,
            Tensor bias,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int groups,
            int[] dilation) {
        return FunctionalConvolutions.transposed(
                2, input, weight, bias, stride, padding, outputPadding, groups, dilation);
    }

    /**
     * Transposed convolution of a volume: each element adds the kernel times itself to the output, windows being a
     * stride apart.
     *
     * @param input (N, C, D, H, W)
     * @param weight (C, outputs / groups, kernel depth, kernel height, kernel width)
     * @param bias (outputs), or null
     * @param stride one value for all axes, or one for each, at least 1
     * @param padding what is cut off every side, 0 or more; one value for all axes, or one for each
     * @param outputPadding what is added at the end, below the stride or the dilation; one value for all axes, or one
     *     for each
     * @param groups divides C and outputs
     * @param dilation distance between kernel elements, at least 1; one value for all axes, or one for each
     * @return (N, outputs, output depth, output height, output width), each (size - 1) stride - 2 padding + dilation
     *     (kernel - 1) + outputPadding + 1
     */
    public static Tensor convTranspose3d(
            Tensor input,
            Tensor weight,
            Tensor bias,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int groups,
            int[] dilation) {
        return FunctionalConvolutions.transposed(
                3, input, weight, bias, stride, padding, outputPadding, groups, dilation);
    }

    /**
     * What each window of an image sees, as a column.
     *
     * @param input (N, C, H, W)
     * @param kernelSize one value for both axes, or one for each
     * @param dilation one value for both axes, or one for each, at least 1
     * @param padding zeros on every side; one value for both axes, or one for each
     * @param stride one value for both axes, or one for each, at least 1
     * @return (N, C times cells of a window, windows), channels before cells
     */
    public static Tensor unfold(Tensor input, int[] kernelSize, int[] dilation, int[] padding, int[] stride) {
        return FunctionalConvolutions.unfold(input, kernelSize, dilation, padding, stride);
    }

    /**
     * The image of which windows see the given columns, added up where they overlap: the adjoint of {@link #unfold}.
     *
     * @param input (N, C times cells of a window, windows)
     * @param outputSize height and width of the image
     * @param kernelSize one value for both axes, or one for each
     * @param dilation one value for both axes, or one for each, at least 1
     * @param padding cells on every side that are dropped; one value for both axes, or one for each
     * @param stride one value for both axes, or one for each, at least 1
     * @return (N, C, H, W)
     */
    public static Tensor fold(
            Tensor input, int[] outputSize, int[] kernelSize, int[] dilation, int[] padding, int[] stride) {
        return FunctionalConvolutions.fold(input, outputSize, kernelSize, dilation, padding, stride);
    }

    /**
     * The largest value of each square window, which moves by its own size.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window
     * @return (N, C, H / kernel, W / kernel), rounded down
     */
    public static Tensor maxPool2d(Tensor input, int kernel) {
        return maxPool2d(input, kernel, kernel, 0);
    }

    /**
     * The largest value of each square window; NaN if it contains one.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window
     * @param stride at least 1
     * @param padding at most half the kernel; never the largest
     * @return (N, C, (H + 2 padding - kernel) / stride + 1, likewise the width)
     */
    public static Tensor maxPool2d(Tensor input, int kernel, int stride, int padding) {
        return maxPool2d(input, sizes(kernel), sizes(stride), sizes(padding), sizes(1), false);
    }

    /**
     * The largest value of each window of a sequence; NaN if it contains one.
     *
     * @param input (N, C, L)
     * @param kernelSize one value
     * @param stride one value; null for the kernel size
     * @param padding at most half the kernel; never the largest; one value
     * @param dilation distance between the cells of a window, at least 1; one value
     * @param ceilMode whether the last window may overhang the end
     * @return (N, C, output length), each (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1, rounded down,
     *     or up with ceilMode
     */
    public static Tensor maxPool1d(
            Tensor input, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return FunctionalPools.max(1, input, kernelSize, stride, padding, dilation, ceilMode);
    }

    /**
     * The largest value of each window of an image; NaN if it contains one.
     *
     * @param input (N, C, H, W)
     * @param kernelSize one value for both axes, or one for each
     * @param stride one value for both axes, or one for each; null for the kernel size
     * @param padding at most half the kernel; never the largest; one value for both axes, or one for each
     * @param dilation distance between the cells of a window, at least 1; one value for both axes, or one for each
     * @param ceilMode whether the last window may overhang the end
     * @return (N, C, output height, output width), each (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1,
     *     rounded down, or up with ceilMode
     */
    public static Tensor maxPool2d(
            Tensor input, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return FunctionalPools.max(2, input, kernelSize, stride, padding, dilation, ceilMode);
    }

    /**
     * The largest value of each window of a volume; NaN if it contains one.
     *
     * @param input (N, C, D, H, W)
     * @param kernelSize one value for all axes, or one for each
     * @param stride one value for all axes, or one for each; null for the kernel size
     * @param padding at most half the kernel; never the largest; one value for all axes, or one for each
     * @param dilation distance between the cells of a window, at least 1; one value for all axes, or one for each
     * @param ceilMode whether the last window may overhang the end
     * @return (N, C, output depth, output height, output width), each (size + 2 padding - dilation (kernel - 1) - 1)
     *     / stride + 1, rounded down, or up with ceilMode
     */
    public static Tensor maxPool3d(
            Tensor input, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return FunctionalPools.max(3, input, kernelSize, stride, padding, dilation, ceilMode);
    }

    /**
     * Where {@link #maxPool1d} finds the largest value of each window: the indices that PyTorch returns beside the
     * values, and {@link #maxUnpool1d} takes.
     *
     * @param input (N, C, L)
     * @param kernelSize one value
     * @param stride one value; null for the kernel size
     * @param padding at most half the kernel; one value
     * @param dilation distance between the cells of a window, at least 1; one value
     * @param ceilMode whether the last window may overhang the end
     * @return I64, (N, C, output length): cells of a channel, counted row-major; the first of equal ones
     */
    public static Tensor maxPool1dIndices(
            Tensor input, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return FunctionalPools.largest(1, input, kernelSize, stride, padding, dilation, ceilMode);
    }

    /**
     * Where {@link #maxPool2d} finds the largest value of each window: the indices that PyTorch returns beside the
     * values, and {@link #maxUnpool2d} takes.
     *
     * @param input (N, C, H, W)
     * @param kernelSize one value for both axes, or one for each
     * @param stride one value for both axes, or one for each; null for the kernel size
     * @param padding at most half the kernel; one value for both axes, or one for each
     * @param dilation distance between the cells of a window, at least 1; one value for both axes, or one for each
     * @param ceilMode whether the last window may overhang the end
     * @return I64, (N, C, output height, output width): cells of a channel, counted row-major; the first of equal
     *     ones
     */
    public static Tensor maxPool2dIndices(
            Tensor input, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return FunctionalPools.largest(2, input, kernelSize, stride, padding, dilation, ceilMode);
    }

    /**
     * Where {@link #maxPool3d} finds the largest value of each window: the indices that PyTorch returns beside the
     * values, and {@link #maxUnpool3d} takes.
     *
     * @param input (N, C, D, H, W)
     * @param kernelSize one value for all axes, or one for each
     * @param stride one value for all axes, or one for each; null for the kernel size
     * @param padding at most half the kernel; one value for all axes, or one for each
     * @param dilation distance between the cells of a window, at least 1; one value for all axes, or one for each
     * @param ceilMode whether the last window may overhang the end
     * @return I64, (N, C, output depth, output height, output width): cells of a channel, counted row-major; the
     *     first of equal ones
     */
    public static Tensor maxPool3dIndices(
            Tensor input, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return FunctionalPools.largest(3, input, kernelSize, stride, padding, dilation, ceilMode);
    }

    /**
     * Values put where a max pool found them, and zeros elsewhere.
     *
     * @param input (N, C, L), such as what the max pool made
     * @param indices I64, the same shape, from {@link #maxPool1dIndices}
     * @param kernelSize the max pool's
     * @param stride the max pool's; null for the kernel size
     * @param padding the max pool's
     * @param outputSize size of the output along each axis; null for (size - 1) stride - 2 padding + kernel
     * @return (N, C, output length)
     */
    public static Tensor maxUnpool1d(
            Tensor input, Tensor indices, int[] kernelSize, int[] stride, int[] padding, int[] outputSize) {
        return FunctionalPools.unpool(1, input, indices, kernelSize, stride, padding, outputSize);
    }

    /**
     * Values put where a max pool found them, and zeros elsewhere.
     *
     * @param input (N, C, H, W), such as what the max pool made
     * @param indices I64, the same shape, from {@link #maxPool2dIndices}
     * @param kernelSize the max pool's
     * @param stride the max pool's; null for the kernel size
     * @param padding the max pool's
     * @param outputSize size of the output along each axis; null for (size - 1) stride - 2 padding + kernel
     * @return (N, C, output height, output width)
     */
    public static Tensor maxUnpool2d(
            Tensor input, Tensor indices, int[] kernelSize, int[] stride, int[] padding, int[] outputSize) {
        return FunctionalPools.unpool(2, input, indices, kernelSize, stride, padding, outputSize);
    }

    /**
     * Values put where a max pool found them, and zeros elsewhere.
     *
     * @param input (N, C, D, H, W), such as what the max pool made
     * @param indices I64, the same shape, from {@link #maxPool3dIndices}
     * @param kernelSize the max pool's
     * @param stride the max pool's; null for the kernel size
     * @param padding the max pool's
     * @param outputSize size of the output along each axis; null for (size - 1) stride - 2 padding + kernel
     * @return (N, C, output depth, output height, output width)
     */
    public static Tensor maxUnpool3d(
            Tensor input, Tensor indices, int[] kernelSize, int[] stride, int[] padding, int[] outputSize) {
        return FunctionalPools.unpool(3, input, indices, kernelSize, stride, padding, outputSize);
    }

    /**
     * The mean of each square window, which moves by its own size.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window
     * @return (N, C, H / kernel, W / kernel), rounded down
     */
    public static Tensor avgPool2d(Tensor input, int kernel) {
        return avgPool2d(input, kernel, kernel, 0);
    }

    /**
     * The mean of each square window, zeros of the padding included.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window
     * @param stride at least 1
     * @param padding at most half the kernel
     * @return (N, C, (H + 2 padding - kernel) / stride + 1, likewise the width)
     */
    public static Tensor avgPool2d(Tensor input, int kernel, int stride, int padding) {
        return avgPool2d(input, sizes(kernel), sizes(stride), sizes(padding), false, true, 0);
    }

    /**
     * The mean of each window of a sequence.
     *
     * @param input (N, C, L)
     * @param kernelSize one value
     * @param stride one value; null for the kernel size
     * @param padding at most half the kernel; one value
     * @param ceilMode whether the last window may overhang the end
     * @param countIncludePad whether zeros of the padding count
     * @return (N, C, output length), each (size + 2 padding - kernel) / stride + 1, rounded down, or up with ceilMode
     */
    public static Tensor avgPool1d(
            Tensor input, int[] kernelSize, int[] stride, int[] padding, boolean ceilMode, boolean countIncludePad) {
        return FunctionalPools.average(1, input, kernelSize, stride, padding, ceilMode, countIncludePad, 0);
    }

    /**
     * The mean of each window of an image.
     *
     * @param input (N, C, H, W)
     * @param kernelSize one value for both axes, or one for each
     * @param stride one value for both axes, or one for each; null for the kernel size
     * @param padding at most half the kernel; one value for both axes, or one for each
     * @param ceilMode whether the last window may overhang the end
     * @param countIncludePad whether zeros of the padding count
     * @param divisorOverride what sums are divided by; 0 for the number of cells
     * @return (N, C, output height, output width), each (size + 2 padding - kernel) / stride + 1, rounded down, or up
     *     with ceilMode
     */
    public static Tensor avgPool2d(
            Tensor input,
            int[] kernelSize,
            int[] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            int divisorOverride) {
        return FunctionalPools.average(
                2, input, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
    }

    /**
     * The mean of each window of a volume.
     *
     * @param input (N, C, D, H, W)
     * @param kernelSize one value for all axes, or one for each
     * @param stride one value for all axes, or one for each; null for the kernel size
     * @param padding at most half the kernel; one value for all axes, or one for each
     * @param ceilMode whether the last window may overhang the end
     * @param countIncludePad whether zeros of the padding count
     * @param divisorOverride what sums are divided by; 0 for the number of cells
     * @return (N, C, output depth, output height, output width), each (size + 2 padding - kernel) / stride + 1,
     *     rounded down, or up with ceilMode
     */
    public static Tensor avgPool3d(
            Tensor input,
            int[] kernelSize,
            int[] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            int divisorOverride) {
        return FunctionalPools.average(
                3, input, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
    }

    /**
     * The p-norm of each window of a sequence: the p-th root of the sum of the p-th powers, which of negative numbers
     * may be NaN.
     *
     * @param input (N, C, L)
     * @param normType p, not 0
     * @param kernelSize one value
     * @param stride one value; null for the kernel size
     * @param ceilMode whether the last window may overhang the end
     * @return (N, C, output length), each (size - kernel) / stride + 1, rounded down, or up with ceilMode
     */
    public static Tensor lpPool1d(Tensor input, double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
        return FunctionalPools.norm(1, input, normType, kernelSize, stride, ceilMode);
    }

    /**
     * The p-norm of each window of an image: the p-th root of the sum of the p-th powers, which of negative numbers
     * may be NaN.
     *
     * @param input (N, C, H, W)
     * @param normType p, not 0
     * @param kernelSize one value for both axes, or one for each
     * @param stride one value for both axes, or one for each; null for the kernel size
     * @param ceilMode whether the last window may overhang the end
     * @return (N, C, output height, output width), each (size - kernel) / stride + 1, rounded down, or up with
     *     ceilMode
     */
    public static Tensor lpPool2d(Tensor input, double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
        return FunctionalPools.norm(2, input, normType, kernelSize, stride, ceilMode);
    }

    /**
     * The p-norm of each window of a volume: the p-th root of the sum of the p-th powers, which of negative numbers
     * may be NaN.
     *
     * @param input (N, C, D, H, W)
     * @param normType p, not 0
     * @param kernelSize one value for all axes, or one for each
     * @param stride one value for all axes, or one for each; null for the kernel size
     * @param ceilMode whether the last window may overhang the end
     * @return (N, C, output depth, output height, output width), each (size - kernel) / stride + 1, rounded down, or
     *     up with ceilMode
     */
    public static Tensor lpPool3d(Tensor input, double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
        return FunctionalPools.norm(3, input, normType, kernelSize, stride, ceilMode);
    }

    /**
     * The mean of each of as many windows as are asked for. Window i of o over n cells goes from i n / o, rounded
     * down, up to (i + 1) n / o, rounded up.
     *
     * @param input (N, C, L)
     * @param outputSize at least 1; one value
     * @return (N, C, output length)
     */
    public static Tensor adaptiveAvgPool1d(Tensor input, int... outputSize) {
        return FunctionalPools.adaptive(1, input, outputSize, false);
    }

    /**
     * The mean of each of as many windows as are asked for. Window i of o over n cells goes from i n / o, rounded
     * down, up to (i + 1) n / o, rounded up.
     *
     * @param input (N, C, H, W)
     * @param outputSize at least 1; one value for both axes, or one for each
     * @return (N, C, output height, output width)
     */
    public static Tensor adaptiveAvgPool2d(Tensor input, int... outputSize) {
        return FunctionalPools.adaptive(2, input, outputSize, false);
    }

    /**
     * The mean of each of as many windows as are asked for. Window i of o over n cells goes from i n / o, rounded
     * down, up to (i + 1) n / o, rounded up.
     *
     * @param input (N, C, D, H, W)
     * @param outputSize at least 1; one value for all axes, or one for each
     * @return (N, C, output depth, output height, output width)
     */
    public static Tensor adaptiveAvgPool3d(Tensor input, int... outputSize) {
        return FunctionalPools.adaptive(3, input, outputSize, false);
    }

    /**
     * The largest value of each of as many windows as are asked for. Window i of o over n cells goes from i n / o,
     * rounded down, up to (i + 1) n / o, rounded up.
     *
     * @param input (N, C, L)
     * @param outputSize at least 1; one value
     * @return (N, C, output length)
     */
    public static Tensor adaptiveMaxPool1d(Tensor input, int... outputSize) {
        return FunctionalPools.adaptive(1, input, outputSize, true);
    }

    /**
     * The largest value of each of as many windows as are asked for. Window i of o over n cells goes from i n / o,
     * rounded down, up to (i + 1) n / o, rounded up.
     *
     * @param input (N, C, H, W)
     * @param outputSize at least 1; one value for both axes, or one for each
     * @return (N, C, output height, output width)
     */
    public static Tensor adaptiveMaxPool2d(Tensor input, int... outputSize) {
        return FunctionalPools.adaptive(2, input, outputSize, true);
    }

    /**
     * The largest value of each of as many windows as are asked for. Window i of o over n cells goes from i n / o,
     * rounded down, up to (i + 1) n / o, rounded up.
     *
     * @param input (N, C, D, H, W)
     * @param outputSize at least 1; one value for all axes, or one for each
     * @return (N, C, output depth, output height, output width)
     */
    public static Tensor adaptiveMaxPool3d(Tensor input, int... outputSize) {
        return FunctionalPools.adaptive(3, input, outputSize, true);
    }

    /**
     * The last dimensions with cells added on both sides, or cut off where amounts are negative.
     *
     * @param input any shape
     * @param pad amounts before and after the last dimension, then the one before it, and so on
     * @param mode {@code "constant"}, {@code "reflect"} (at most the size - 1), {@code "replicate"} or {@code
     *     "circular"} (at most the size)
     * @param value what constant padding holds
     * @return the padded dimensions
     */
    public static Tensor pad(Tensor input, int[] pad, String mode, double value) {
        return FunctionalImages.pad(input, pad, mode, value);
    }

    /**
     * Sequences, images or volumes resampled to a size.
     *
     * @param input (N, C, L), (N, C, H, W) or (N, C, D, H, W)
     * @param size of the output; one value for all axes, or one for each
     * @param mode {@code "nearest"} or {@code "nearest-exact"} for any; {@code "linear"}, {@code "bilinear"} and
     *     {@code "trilinear"} by the number of axes; {@code "bicubic"} of images
     * @param alignCorners whether the outermost cells of both lie at the same places; nearest ones never do
     * @return (N, C, the size)
     */
    public static Tensor interpolate(Tensor input, int[] size, String mode, boolean alignCorners) {
        return FunctionalImages.interpolate(input, size, null, mode, alignCorners);
    }

    /**
     * Sequences, images or volumes resampled by a factor.
     *
     * @param input (N, C, L), (N, C, H, W) or (N, C, D, H, W)
     * @param scaleFactor above 0; one value for all axes, or one for each
     * @param mode as in {@link #interpolate(Tensor, int[], String, boolean)}
     * @param alignCorners whether the outermost cells of both lie at the same places
     * @return (N, C, sizes times the factors, rounded down)
     */
    public static Tensor interpolate(Tensor input, double[] scaleFactor, String mode, boolean alignCorners) {
        return FunctionalImages.interpolate(input, null, scaleFactor, mode, alignCorners);
    }

    /**
     * Channels laid out as pixels: channel c f f + i f + j goes to rows r f + i and columns s f + j of channel c.
     *
     * @param input (N, C f f, H, W)
     * @param upscaleFactor f
     * @return (N, C, H f, W f)
     */
    public static Tensor pixelShuffle(Tensor input, int upscaleFactor) {
        return FunctionalImages.shuffle(input, upscaleFactor);
    }

    /**
     * Pixels laid out as channels, which {@link #pixelShuffle} undoes.
     *
     * @param input (N, C, H f, W f)
     * @param downscaleFactor f
     * @return (N, C f f, H, W)
     */
    public static Tensor pixelUnshuffle(Tensor input, int downscaleFactor) {
        return FunctionalImages.unshuffle(input, downscaleFactor);
    }

    /**
     * Channels of several groups dealt out in turn: (N, groups, C / groups, ...) with these two dimensions exchanged.
     *
     * @param input (N, C, ...)
     * @param groups divides C
     * @return the same shape
     */
    public static Tensor channelShuffle(Tensor input, int groups) {
        return FunctionalImages.shuffleChannels(input, groups);
    }

    /**
     * Fractional max pooling: the largest value of each window, NaN if it contains one. Along a dimension, with a sample u and
     * {@code a = (in - kernel) / (out - 1)}, window i begins at {@code floor((i + u) * a) - floor(u * a)}; the last ends where
     * the input does.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window, or height and width
     * @param outputSize edge of the output, or height and width; at most in - kernel + 1
     * @param samples (N, C, 2), from 0 to 1, that excluded: what PyTorch draws, for the width and then for the height
     * @return (N, C, height, width)
     * @throws IllegalArgumentException if shapes do not go together, or a sample is below 0 or not below 1
     */
    public static Tensor fractionalMaxPool2d(Tensor input, int[] kernel, int[] outputSize, Tensor samples) {
        return FunctionalPools.fractional(2, input, kernel, outputSize, samples);
    }

    /**
     * As {@link #fractionalMaxPool2d}, of volumes.
     *
     * @param input (N, C, D, H, W)
     * @param kernel edge of the window, or depth, height and width
     * @param outputSize edge of the output, or depth, height and width; at most in - kernel + 1
     * @param samples (N, C, 3), from 0 to 1, that excluded: what PyTorch draws, for the depth, the height and the width
     * @return (N, C, depth, height, width)
     * @throws IllegalArgumentException if shapes do not go together, or a sample is below 0 or not below 1
     */
    public static Tensor fractionalMaxPool3d(Tensor input, int[] kernel, int[] outputSize, Tensor samples) {
        return FunctionalPools.fractional(3, input, kernel, outputSize, samples);
    }

    /**
     * input * weight^T + bias over the last dimension.
     *
     * @param input (N, ..., in)
     * @param weight (out, in)
     * @param bias (out), or null
     * @return (N, ..., out)
     */
    public static Tensor linear(Tensor input, Tensor weight, Tensor bias) {
        return FunctionalRows.linear(input, weight, bias);
    }

    /**
     * input1 * weight * input2 + bias over the last dimensions: for each output the sum of products of an element of
     * each, times the weight of that pair.
     *
     * @param input1 (N, ..., in1)
     * @param input2 (N, ..., in2)
     * @param weight (out, in1, in2)
     * @param bias (out), or null
     * @return (N, ..., out)
     */
    public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor bias) {
        return FunctionalRows.bilinear(input1, input2, weight, bias);
    }

    /**
     * Rows of a weight, chosen by indices.
     *
     * @param input integers of any shape, 0 to rows - 1
     * @param weight (rows, elements of a row)
     * @return the input's shape, then the elements of a row
     */
    public static Tensor embedding(Tensor input, Tensor weight) {
        return FunctionalRows.embedding(input, weight);
    }

    /**
     * Sums, means or largest elements of the rows that each bag of indices chooses.
     *
     * @param input integers (N, indices of a bag), 0 to rows - 1
     * @param weight (rows, elements of a row)
     * @param mode {@code "sum"}, {@code "mean"} or {@code "max"}
     * @param paddingIdx an index that stands for none, or -1; a bag without others is 0
     * @return (N, elements of a row)
     */
    public static Tensor embeddingBag(Tensor input, Tensor weight, String mode, int paddingIdx) {
        return FunctionalRows.bag(input, weight, mode, paddingIdx, null);
    }

    /**
     * As {@link #embeddingBag(Tensor, Tensor, String, int)}, of rows that are multiplied before they are added up.
     *
     * @param input integers (N, indices of a bag), 0 to rows - 1
     * @param weight (rows, elements of a row)
     * @param mode {@code "sum"}: other bags have no weights
     * @param paddingIdx an index that stands for none, or -1; a bag without others is 0
     * @param perSampleWeights (N, indices of a bag), what multiplies the row of each index
     * @return (N, elements of a row)
     * @throws IllegalArgumentException if shapes do not go together, or the mode is another
     */
    public static Tensor embeddingBag(
            Tensor input, Tensor weight, String mode, int paddingIdx, Tensor perSampleWeights) {
        return FunctionalRows.weightedBag(input, weight, mode, paddingIdx, perSampleWeights);
    }

    /**
     * 1 at the place of each class, 0 at the others.
     *
     * @param input integers of any shape, 0 to numClasses - 1
     * @param numClasses at least 1
     * @return the input's shape, then the classes
     */
    public static Tensor oneHot(Tensor input, int numClasses) {
        return FunctionalRows.oneHot(input, numClasses);
    }

    /**
     * max(x, 0) of every element; NaN stays NaN.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor relu(Tensor input) {
        return FunctionalElements.map(input, x -> Math.max(x, 0));
    }

    /**
     * min(max(x, 0), 6) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor relu6(Tensor input) {
        return FunctionalElements.map(input, x -> Math.min(Math.max(x, 0), 6));
    }

    /**
     * x above 0, else negativeSlope * x, of every element.
     *
     * @param input any shape
     * @param negativeSlope PyTorch has 0.01
     * @return the same shape
     */
    public static Tensor leakyRelu(Tensor input, double negativeSlope) {
        return FunctionalElements.map(input, x -> x > 0 ? x : negativeSlope * x);
    }

    /**
     * x above 0, else weight * x, of every element.
     *
     * @param input (N, C, ...), or any shape with one slope
     * @param weight one slope for all channels, or one for each
     * @return the same shape
     */
    public static Tensor prelu(Tensor input, Tensor weight) {
        return FunctionalElements.prelu(input, weight);
    }

    /**
     * 1 / (1 + exp(-x)) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor sigmoid(Tensor input) {
        return FunctionalElements.map(input, FunctionalElements::sigmoid);
    }

    /**
     * The hyperbolic tangent of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor tanh(Tensor input) {
        return FunctionalElements.map(input, Math::tanh);
    }

    /**
     * x * sigmoid(x) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor silu(Tensor input) {
        return FunctionalElements.map(input, x -> x * FunctionalElements.sigmoid(x));
    }

    /**
     * x * (1 + erf(x / sqrt(2))) / 2 of every element; approximated x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))
     * / 2.
     *
     * @param input any shape
     * @param approximate {@code "none"} or {@code "tanh"}
     * @return the same shape
     */
    public static Tensor gelu(Tensor input, String approximate) {
        return FunctionalElements.gelu(input, approximate);
    }

    /**
     * min(max(x + 3, 0), 6) / 6 of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor hardsigmoid(Tensor input) {
        return FunctionalElements.map(input, x -> Math.min(Math.max(x + 3, 0), 6) / 6);
    }

    /**
     * x * min(max(x + 3, 0), 6) / 6 of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor hardswish(Tensor input) {
        return FunctionalElements.map(input, x -> x * Math.min(Math.max(x + 3, 0), 6) / 6);
    }

    /**
     * x above 0, else alpha * (exp(x / alpha) - 1), of every element.
     *
     * @param input any shape
     * @param alpha what it approaches, negated; not 0
     * @return the same shape
     */
    public static Tensor celu(Tensor input, double alpha) {
        return FunctionalElements.map(input, x -> x > 0 ? x : alpha * Math.expm1(x / alpha));
    }

    /**
     * x above 0, else alpha * (exp(x) - 1), of every element.
     *
     * @param input any shape
     * @param alpha what it approaches, negated
     * @return the same shape
     */
    public static Tensor elu(Tensor input, double alpha) {
        return FunctionalElements.map(input, x -> x > 0 ? x : alpha * Math.expm1(x));
    }

    /**
     * 0 from -lambd to lambd, else x, of every element.
     *
     * @param input any shape
     * @param lambd the bound
     * @return the same shape
     */
    public static Tensor hardshrink(Tensor input, double lambd) {
        return FunctionalElements.map(input, x -> Math.abs(x) <= lambd ? 0 : x);
    }

    /**
     * min(max(x, minVal), maxVal) of every element.
     *
     * @param input any shape
     * @param minVal the lower bound
     * @param maxVal the upper bound
     * @return the same shape
     */
    public static Tensor hardtanh(Tensor input, double minVal, double maxVal) {
        return FunctionalElements.map(input, x -> Math.min(Math.max(x, minVal), maxVal));
    }

    /**
     * The logarithm of {@link #sigmoid}, computed without underflow.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor logSigmoid(Tensor input) {
        return FunctionalElements.map(input, x -> -FunctionalElements.log1pExp(-x));
    }

    /**
     * x * tanh(log(1 + exp(x))) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor mish(Tensor input) {
        return FunctionalElements.map(input, x -> x * Math.tanh(FunctionalElements.log1pExp(x)));
    }

    /**
     * The ELU of alpha 1.67326324, times 1.05070099, of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor selu(Tensor input) {
        return FunctionalElements.map(input, x -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)));
    }

    /**
     * log(1 + exp(beta * x)) / beta, and x where beta * x is above the threshold, of every element.
     *
     * @param input any shape
     * @param beta how sharply it bends; not 0
     * @param threshold PyTorch has 20
     * @return the same shape
     */
    public static Tensor softplus(Tensor input, double beta, double threshold) {
        return FunctionalElements.map(
                input, x -> beta * x > threshold ? x : FunctionalElements.log1pExp(beta * x) / beta);
    }

    /**
     * x nearer to 0 by lambd, and 0 from -lambd to lambd, of every element.
     *
     * @param input any shape
     * @param lambd 0 or more
     * @return the same shape
     */
    public static Tensor softshrink(Tensor input, double lambd) {
        return FunctionalElements.map(input, x -> Math.abs(x) <= lambd ? 0 : x - Math.signum(x) * lambd);
    }

    /**
     * x / (1 + |x|) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor softsign(Tensor input) {
        return FunctionalElements.map(input, x -> x / (1 + Math.abs(x)));
    }

    /**
     * x - tanh(x) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor tanhshrink(Tensor input) {
        return FunctionalElements.map(input, x -> x - Math.tanh(x));
    }

    /**
     * x above a threshold, else a value, of every element.
     *
     * @param input any shape
     * @param threshold above it elements stay as they are
     * @param value what the others become
     * @return the same shape
     */
    public static Tensor threshold(Tensor input, double threshold, double value) {
        return FunctionalElements.map(input, x -> x <= threshold ? value : x);
    }

    /**
     * The first half of a dimension times the {@link #sigmoid} of the second.
     *
     * @param input any shape with an even size of that dimension
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @return half of that dimension
     */
    public static Tensor glu(Tensor input, int dim) {
        return FunctionalElements.glu(input, dim);
    }

    /**
     * exp(x) divided by its sum along one dimension.
     *
     * @param input any shape
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @return the same shape
     */
    public static Tensor softmax(Tensor input, int dim) {
        return FunctionalElements.softmax(input, dim, false);
    }

    /**
     * Scaled dot-product attention: {@code softmax(scale * query key^T + mask) value}, the softmax over the keys. A key is hidden
     * from a query by a mask of minus infinity, or of the lowest float; a query from which all keys are hidden gets zeros, where
     * PyTorch has NaN.
     *
     * @param query (..., L, E)
     * @param key (..., S, E); leading dimensions have sizes that are equal or 1
     * @param value (..., S, Ev)
     * @param attnMask what is added to the scores: (..., L, S), or what is stretched to that; null for nothing
     * @param isCausal whether a query sees the keys up to its own place only
     * @param scale what scores are multiplied by
     * @return (..., L, Ev)
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor scaledDotProductAttention(
            Tensor query, Tensor key, Tensor value, Tensor attnMask, boolean isCausal, double scale) {
        return FunctionalAttention.products(query, key, value, attnMask, isCausal, scale);
    }

    /**
     * As {@link #scaledDotProductAttention(Tensor, Tensor, Tensor, Tensor, boolean, double)}, scaled by one over the root of the
     * number of features, and without a mask.
     *
     * @param query (..., L, E)
     * @param key (..., S, E); leading dimensions have sizes that are equal or 1
     * @param value (..., S, Ev)
     * @return (..., L, Ev)
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
        int[] shape = query.shape();
        return scaledDotProductAttention(query, key, value, null, false, 1 / Math.sqrt(shape[shape.length - 1]));
    }

    /**
     * The logarithm of {@link #softmax}, computed without underflow.
     *
     * @param input any shape
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @return the same shape
     */
    public static Tensor logSoftmax(Tensor input, int dim) {
        return FunctionalElements.softmax(input, dim, true);
    }

    /**
     * {@link #softmax} of the negated elements.
     *
     * @param input any shape
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @return the same shape
     */
    public static Tensor softmin(Tensor input, int dim) {
        return softmax(FunctionalElements.map(input, x -> -x), dim);
    }

    /**
     * All dimensions but the batch as one.
     *
     * @param input (N, ...)
     * @return (N, the product of the rest)
     */
    public static Tensor flatten(Tensor input) {
        int[] shape = input.dimensions();
        check(shape.length > 0, "flatten needs a batch dimension, but the input is a scalar");
        return Tensor.wrap(input.toArray(), shape[0], FunctionalShapes.product(shape, 1, shape.length));
    }

    /**
     * Each channel without its mean, divided by the root of its variance, times a weight, plus a bias.
     *
     * @param input (N, C, ...)
     * @param runningMean (C), or null for that of the batch, as in training
     * @param runningVar (C), or null for that of the batch, biased
     * @param weight (C), or null for 1
     * @param bias (C), or null for 0
     * @param eps added to variances, PyTorch has 1e-5
     * @return the same shape
     */
    public static Tensor batchNorm(
            Tensor input, Tensor runningMean, Tensor runningVar, Tensor weight, Tensor bias, double eps) {
        return FunctionalNorms.batch(input, runningMean, runningVar, weight, bias, eps);
    }

    /**
     * Each channel of each sample without its mean, divided by the root of its biased variance.
     *
     * @param input (N, C, ...)
     * @param weight (C), or null for 1
     * @param bias (C), or null for 0
     * @param eps added to variances, PyTorch has 1e-5
     * @return the same shape
     */
    public static Tensor instanceNorm(Tensor input, Tensor weight, Tensor bias, double eps) {
        return FunctionalNorms.instance(input, weight, bias, eps);
    }

    /**
     * Each group of channels of each sample without its mean, divided by the root of its biased variance.
     *
     * @param input (N, C, ...)
     * @param numGroups divides C
     * @param weight (C), or null for 1
     * @param bias (C), or null for 0
     * @param eps added to variances, PyTorch has 1e-5
     * @return the same shape
     */
    public static Tensor groupNorm(Tensor input, int numGroups, Tensor weight, Tensor bias, double eps) {
        return FunctionalNorms.group("groupNorm", input, numGroups, weight, bias, eps);
    }

    /**
     * The last dimensions without their mean, divided by the root of their biased variance.
     *
     * @param input any shape
     * @param normalizedShape the last dimensions
     * @param weight the normalized shape, or null for 1
     * @param bias the normalized shape, or null for 0
     * @param eps added to variances, PyTorch has 1e-5
     * @return the same shape
     */
    public static Tensor layerNorm(Tensor input, int[] normalizedShape, Tensor weight, Tensor bias, double eps) {
        return FunctionalNorms.layer(input, normalizedShape, weight, bias, eps);
    }

    /**
     * The last dimensions divided by the root of the mean of their squares.
     *
     * @param input any shape
     * @param normalizedShape the last dimensions
     * @param weight the normalized shape, or null for 1
     * @param eps added to the mean; PyTorch has 2^-23 for floats
     * @return the same shape
     */
    public static Tensor rmsNorm(Tensor input, int[] normalizedShape, Tensor weight, double eps) {
        return FunctionalNorms.rootMeanSquare(input, normalizedShape, weight, eps);
    }

    /**
     * x / (k + alpha * s / size)^beta of every element, where s is the sum of the squares at its place in size
     * channels around its own.
     *
     * @param input (N, C, ...)
     * @param size at least 1
     * @param alpha PyTorch has 1e-4
     * @param beta PyTorch has 0.75
     * @param k PyTorch has 1
     * @return the same shape
     */
    public static Tensor localResponseNorm(Tensor input, int size, double alpha, double beta, double k) {
        return FunctionalNorms.localResponse(input, size, alpha, beta, k);
    }

    /**
     * Vectors divided by their p-norms.
     *
     * @param input any shape
     * @param p PyTorch has 2; may be infinite
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @param eps the least that they are divided by, PyTorch has 1e-12
     * @return the same shape
     */
    public static Tensor normalize(Tensor input, double p, int dim, double eps) {
        return FunctionalNorms.lengths(input, p, dim, eps);
    }

    /**
     * The product of two vectors divided by their lengths, each at least eps.
     *
     * @param x1 vectors along a dimension
     * @param x2 as many dimensions; those of size 1 are stretched
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @param eps PyTorch has 1e-8
     * @return without the dimension
     */
    public static Tensor cosineSimilarity(Tensor x1, Tensor x2, int dim, double eps) {
        return FunctionalNorms.cosine(x1, x2, dim, eps);
    }

    /**
     * The p-norm of x1 - x2 + eps along the last dimension.
     *
     * @param x1 vectors of the last dimension
     * @param x2 as many dimensions; those of size 1 are stretched
     * @param p PyTorch has 2; may be infinite
     * @param eps PyTorch has 1e-6
     * @param keepdim whether the last dimension stays, with size 1
     * @return without the last dimension, or with size 1
     */
    public static Tensor pairwiseDistance(Tensor x1, Tensor x2, double p, double eps, boolean keepdim) {
        return FunctionalNorms.distance(x1, x2, p, eps, keepdim);
    }

    /**
     * The mean over the batch of the negative log-probability of the right class.
     *
     * @param logits (N, classes), before any softmax
     * @param labels N classes, 0 to classes - 1
     * @return the loss
     */
    public static float crossEntropy(Tensor logits, int[] labels) {
        return FunctionalLosses.crossEntropy(logits, labels);
    }

    /**
     * The mean of squared differences.
     *
     * @param input any shape
     * @param target the same shape
     * @return the loss
     */
    public static float mseLoss(Tensor input, Tensor target) {
        return FunctionalLosses.elements("mseLoss", input, target, (x, y) -> (x - y) * (x - y));
    }

    /**
     * The mean of absolute differences.
     *
     * @param input any shape
     * @param target the same shape
     * @return the loss
     */
    public static float l1Loss(Tensor input, Tensor target) {
        return FunctionalLosses.elements("l1Loss", input, target, (x, y) -> Math.abs(x - y));
    }

    /**
     * The negative log-probability of the right class.
     *
     * @param logProbabilities (N, classes)
     * @param labels N classes
     * @return the mean loss
     */
    public static float nllLoss(Tensor logProbabilities, int[] labels) {
        return FunctionalLosses.negativeLikelihood(logProbabilities, labels);
    }

    /**
     * Binary cross entropy of probabilities, whose logarithms are at least -100.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float binaryCrossEntropy(Tensor input, Tensor target) {
        return FunctionalLosses.elements("binaryCrossEntropy", input, target, FunctionalLosses::ofProbability);
    }

    /**
     * Binary cross entropy of scores, before any sigmoid.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
        return FunctionalLosses.elements("binaryCrossEntropyWithLogits", input, target, FunctionalLosses::ofScore);
    }

    /**
     * The divergence of log-probabilities from probabilities, divided by the number of elements.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float klDiv(Tensor input, Tensor target) {
        return FunctionalLosses.elements("klDiv", input, target, (x, y) -> y > 0 ? y * (Math.log(y) - x) : 0);
    }

    /**
     * The negative log-likelihood of counts, up to a constant, by the logarithms of their rates.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float poissonNllLoss(Tensor input, Tensor target) {
        return FunctionalLosses.elements("poissonNllLoss", input, target, (x, y) -> Math.exp(x) - y * x);
    }

    /**
     * The negative log-likelihood of numbers, up to a constant, by means and variances of at least 1e-6.
     *
     * @param input any shape
     * @param target the same shape
     * @param variance the same shape
     * @return the mean loss
     */
    public static float gaussianNllLoss(Tensor input, Tensor target, Tensor variance) {
        return FunctionalLosses.gaussian(input, target, variance);
    }

    /**
     * Squares of small differences, and sizes of large ones.
     *
     * @param input any shape
     * @param target the same shape
     * @param delta where these meet, above 0
     * @return the mean loss
     */
    public static float huberLoss(Tensor input, Tensor target, double delta) {
        return FunctionalLosses.elements(
                "huberLoss", input, target, (x, y) -> delta * FunctionalLosses.smooth(x - y, delta));
    }

    /**
     * Sizes of differences, and below some size squares.
     *
     * @param input any shape
     * @param target the same shape
     * @param beta where these meet, at least 0
     * @return the mean loss
     */
    public static float smoothL1Loss(Tensor input, Tensor target, double beta) {
        return FunctionalLosses.elements("smoothL1Loss", input, target, (x, y) -> FunctionalLosses.smooth(x - y, beta));
    }

    /**
     * Logistic losses of scores.
     *
     * @param input any shape
     * @param target 1 or -1, the same shape
     * @return the mean loss
     */
    public static float softMarginLoss(Tensor input, Tensor target) {
        return FunctionalLosses.elements(
                "softMarginLoss", input, target, (x, y) -> FunctionalElements.log1pExp(-y * x));
    }

    /**
     * Distances of what belongs together, and what those of others lack to a margin.
     *
     * @param input any shape
     * @param target 1 or -1, the same shape
     * @param margin of what does not belong together
     * @return the mean loss
     */
    public static float hingeEmbeddingLoss(Tensor input, Tensor target, double margin) {
        return FunctionalLosses.elements(
                "hingeEmbeddingLoss", input, target, (x, y) -> y > 0 ? x : Math.max(0, margin - x));
    }

    /**
     * By how much one of two fails to be above the other by a margin.
     *
     * @param first any shape
     * @param second the same shape
     * @param target 1 where the first, -1 where the second is to be above
     * @param margin the margin
     * @return the mean loss
     */
    public static float marginRankingLoss(Tensor first, Tensor second, Tensor target, double margin) {
        return FunctionalLosses.ranking(first, second, target, margin);
    }

    /**
     * By how much other classes fail to be 1 below the right one.
     *
     * @param scores (N, classes)
     * @param labels N classes
     * @return the mean loss
     */
    public static float multiMarginLoss(Tensor scores, int[] labels) {
        return FunctionalLosses.multiMargin(scores, labels);
    }

    /**
     * By how much other classes fail to be 1 below each label.
     *
     * @param scores (N, classes)
     * @param labels as many; -1 ends those of a sample
     * @return the mean loss
     */
    public static float multilabelMarginLoss(Tensor scores, int[] labels) {
        return FunctionalLosses.multilabelMargin(scores, labels);
    }

    /**
     * Binary cross entropy of the scores of classes.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float multilabelSoftMarginLoss(Tensor input, Tensor target) {
        return FunctionalLosses.elements("multilabelSoftMarginLoss", input, target, FunctionalLosses::ofScore);
    }

    /**
     * What cosines lack to 1 where the target is 1, and are above a margin where it is -1.
     *
     * @param first vectors of the last dimension
     * @param second the same shape
     * @param target 1 or -1 for each pair
     * @param margin from -1 to 1
     * @return the mean loss
     */
    public static float cosineEmbeddingLoss(Tensor first, Tensor second, Tensor target, double margin) {
        return FunctionalLosses.cosine(first, second, target, margin);
    }

    /**
     * By how much an anchor fails to be nearer to the positive than to the negative by a margin, in the 2-norm.
     *
     * @param anchor vectors of the last dimension
     * @param positive the same shape
     * @param negative the same shape
     * @param margin the margin
     * @return the mean loss
     */
    public static float tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative, double margin) {
        return FunctionalLosses.triplets(anchor, positive, negative, margin);
    }

    /**
     * The same by any distance.
     *
     * @param anchor what the distance takes
     * @param positive the same shape
     * @param negative the same shape
     * @param distance of two tensors, pair by pair, such as {@link #pairwiseDistance}
     * @param margin the margin
     * @param swap whether the distance of the positive from the negative counts where it is smaller
     * @return the mean loss
     */
    public static float tripletMarginWithDistanceLoss(
            Tensor anchor,
            Tensor positive,
            Tensor negative,
            BinaryOperator<Tensor> distance,
            double margin,
            boolean swap) {
        return FunctionalLosses.triplets(anchor, positive, negative, distance, margin, swap);
    }

    /**
     * Connectionist temporal classification: the negative logarithm of the probability that steps say some labels,
     * divided by their number.
     *
     * @param logProbabilities (N, T, classes)
     * @param targets N x maxTarget labels; -1 ends those of a sample
     * @param maxTarget most labels of a sample
     * @param lengths steps of each sample that count, or null for all
     * @param blank the class that is no label
     * @return the mean loss
     */
    public static float ctcLoss(Tensor logProbabilities, int[] targets, int maxTarget, int[] lengths, int blank) {
        return FunctionalLosses.temporal(logProbabilities, targets, maxTarget, lengths, blank);
    }

    private static int[] sizes(int size) {
        return new int[] {size};
    }
}
