package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A transposed three-dimensional convolution: what {@link Conv3d} with the same attributes does to a gradient. Each
 * cell of the input adds a kernel's worth of values to the output, {@link #stride} cells on from its neighbour's, so
 * that volumes grow.
 *
 * <p>Shape: {@code inChannels x D x H x W} to {@code outChannels x Do x Ho x Wo}, where for each of depth, height and
 * width
 *
 * <pre>{@code
 * out = (in - 1) * stride - 2 * padding + dilation * (kernelSize - 1) + outputPadding + 1
 * }</pre>
 *
 * <p>Parameters: {@code weight (inChannels, outChannels / groups, kernel depth, kernel height, kernel width)} and, with
 * {@link #bias}, {@code bias (outChannels)}; both start as PyTorch's do, uniform in {@code +-1/sqrt(fan_in)}, where
 * PyTorch takes {@code outChannels / groups * kernel depth * kernel height * kernel width} for the {@code fan_in}.
 *
 * <p>Sizes are one value for all dimensions, or {@code {depth, height, width}}.
 *
 * <p>Errors: an input that is not {@code C x D x H x W}; a written {@link #inChannels} that differs from what arrives;
 * channels that {@link #groups} does not divide; a {@link #padding} that cuts everything away; an
 * {@link #outputPadding} as large as both {@link #stride} and {@link #dilation}.
 *
 * <p>PyTorch: {@code nn.ConvTranspose3d}, whose only {@code padding_mode} is {@code zeros}.
 *
 * <pre>{@code
 * @ConvTranspose3d(outChannels = 64, kernelSize = 2, stride = 2) Layer up1;   // twice the size
 * @ConvTranspose3d(outChannels = 32, kernelSize = 4, stride = 2, padding = 1, bias = false) Layer up2;
 * @ConvTranspose3d(outChannels = 16, kernelSize = 3, stride = 2, padding = 1, outputPadding = 1) Layer up3;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ConvTranspose3d {
    /**
     * Channels of the output; a positive multiple of {@link #groups}.
     *
     * @return the number of channels that each cell of the input adds to
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
     * Steps in the output from one cell of the input to the next.
     *
     * @return one positive value, or depth, height and width
     */
    int[] stride() default 1;

    /**
     * Cells cut off each side of the output.
     *
     * @return one value, or depth, height and width
     */
    int[] padding() default 0;

    /**
     * Cells added behind, below and to the right of the output, where a strided convolution would have dropped some:
     * they get what the kernels reach of them, else the bias alone.
     *
     * @return one value, or depth, height and width; smaller than the stride or the dilation
     */
    int[] outputPadding() default 0;

    /**
     * Groups of channels that do not see each other; {@code inChannels} with as many {@link #outChannels} makes the
     * convolution depthwise.
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
     * Distance between the cells of the output that a kernel adds to.
     *
     * @return one positive value, or depth, height and width
     */
    int[] dilation() default 1;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
