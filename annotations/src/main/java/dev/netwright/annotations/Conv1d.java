package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A one-dimensional convolution (cross-correlation: the kernel is not flipped) over several channels of a sequence.
 *
 * <p>Shape: {@code inChannels x L} to {@code outChannels x Lo}, where
 *
 * <pre>{@code
 * out = floor((in + 2 * padding - dilation * (kernelSize - 1) - 1) / stride) + 1
 * }</pre>
 *
 * <p>Parameters: {@code weight (outChannels, inChannels / groups, kernelSize)} and, with
 * {@link #bias}, {@code bias (outChannels)}; both start as PyTorch's do, uniform in {@code +-1/sqrt(fan_in)}.
 *
 * <p>Errors: an input that is not {@code C x L}; a written {@link #inChannels} that differs from what arrives;
 * channels that {@link #groups} does not divide; a kernel larger than its padded input; {@link #SAME} with a stride
 * other than 1.
 *
 * <p>PyTorch: {@code nn.Conv1d}.
 *
 * <pre>{@code
 * @Conv1d(outChannels = 32, kernelSize = 5, padding = 2) Layer conv1;
 * @Conv1d(outChannels = 64, kernelSize = 3, stride = 2, padding = 1, bias = false) Layer conv2;
 * @Conv1d(outChannels = 64, kernelSize = 3, padding = Conv1d.SAME) Layer conv3;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Conv1d {
    /**
     * For {@link #padding}: as much as keeps the length, {@code dilation * (kernelSize - 1)} in all, the odd cell
     * at the end. Needs stride 1.
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
     * @return one positive value
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
     * @return one positive value
     */
    int[] stride() default 1;

    /**
     * Cells added on each side, filled as {@link #paddingMode} says.
     *
     * @return one value, or {@link #SAME} or {@link #VALID}
     */
    int[] padding() default 0;

    /**
     * Distance between the cells a kernel reads.
     *
     * @return one positive value
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
