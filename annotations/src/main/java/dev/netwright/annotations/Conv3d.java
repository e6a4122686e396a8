package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A three-dimensional convolution (cross-correlation: the kernel is not flipped) over a volume of several channels,
 * such as the pictures of a film or the slices of a scan.
 *
 * <p>Shape: {@code inChannels x D x H x W} to {@code outChannels x Do x Ho x Wo}, where for each of depth, height and
 * width
 *
 * <pre>{@code
 * out = floor((in + 2 * padding - dilation * (kernelSize - 1) - 1) / stride) + 1
 * }</pre>
 *
 * <p>Parameters: {@code weight (outChannels, inChannels / groups, kernel depth, kernel height, kernel width)} and, with
 * {@link #bias}, {@code bias (outChannels)}; both start as PyTorch's do, uniform in {@code +-1/sqrt(fan_in)}.
 *
 * <p>Sizes are one value for all dimensions, or {@code {depth, height, width}}.
 *
 * <p>Errors: an input that is not {@code C x D x H x W}; a written {@link #inChannels} that differs from what arrives;
 * channels that {@link #groups} does not divide; a kernel larger than its padded input; {@link #SAME} with a stride
 * other than 1.
 *
 * <p>PyTorch: {@code nn.Conv3d}.
 *
 * <pre>{@code
 * @Conv3d(outChannels = 32, kernelSize = 3, padding = 1) Layer conv1;
 * @Conv3d(outChannels = 64, kernelSize = {1, 3, 3}, stride = 2, padding = {0, 1, 1}, bias = false) Layer conv2;
 * @Conv3d(outChannels = 64, kernelSize = 3, padding = Conv3d.SAME) Layer conv3;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Conv3d {
    /**
     * For {@link #padding}: as much as keeps depth, height and width, {@code dilation * (kernelSize - 1)} in all, the
     * odd cell at the end. Needs stride 1.
     */
    int SAME = -1_000_001;

    /** For {@link #padding}: none. */
    int VALID = -1_000_002;

    /**
     * Channels of the output; a positive multiple of {@link #groups}.
     *
     * @return the number of filters
     */
    int outChannels();

    /**
     * Size of the kernel.
     *
     * @return one positive value, or depth, height and width
     */
    int[] kernelSize();

    /**
     * Channels of the input. Left out: inferred. Written: checked.
     *
     * @return the number of channels that arrive
     */
    int inChannels() default 0;

    /**
     * Steps of the kernel over the input.
     *
     * @return one positive value, or depth, height and width
     */
    int[] stride() default 1;

    /**
     * Cells added on each side, filled as {@link #paddingMode} says.
     *
     * @return one value, depth, height and width, or {@link #SAME} or {@link #VALID}
     */
    int[] padding() default 0;

    /**
     * Distance between the cells a kernel reads.
     *
     * @return one positive value, or depth, height and width
     */
    int[] dilation() default 1;

    /**
     * Groups of channels that do not see each other; {@code inChannels} makes the convolution depthwise.
     *
     * @return a positive divisor of both channel counts
     */
    int groups() default 1;

    /**
     * Whether a learned value is added to each output channel.
     *
     * @return true unless batch normalisation follows, which would cancel it
     */
    boolean bias() default true;

    /**
     * What the padding holds.
     *
     * @return zeros unless written
     */
    PaddingMode paddingMode() default PaddingMode.ZEROS;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
