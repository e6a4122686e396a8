package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of each window of each channel.
 *
 * <p>Shape: {@code C x D x H x W} to {@code C x Do x Ho x Wo}, where for each of depth, height and width
 *
 * <pre>{@code
 * out = floor((in + 2 * padding - kernelSize) / stride) + 1
 * }</pre>
 *
 * <p>With {@link #ceilMode} the quotient is rounded up, and the last window is dropped if it would start in the padding
 * at the end. Sizes are one value for all dimensions, or {@code {depth, height, width}}.
 *
 * <p>A window's sum is divided by its cells inside the padded input, by its real cells alone without
 * {@link #countIncludePad}, or by {@link #divisorOverride} where that is written.
 *
 * <p>Errors: an input that is not {@code C x D x H x W}; a window larger than its padded input; padding above half the
 * window; a divisor of 0.
 *
 * <p>PyTorch: {@code nn.AvgPool3d}.
 *
 * <pre>{@code
 * @AvgPool3d(kernelSize = 2) Layer pool1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface AvgPool3d {
    /**
     * Size of the window.
     *
     * @return one positive value, or depth, height and width
     */
    int[] kernelSize();

    /**
     * Steps of the window. Left out: {@link #kernelSize}, so that windows do not overlap.
     *
     * @return one positive value, or depth, height and width
     */
    int[] stride() default {};

    /**
     * Zeros added on each side.
     *
     * @return one value of at most half the window, or depth, height and width
     */
    int[] padding() default 0;

    /**
     * Whether a window may overhang the end, so that nothing is dropped.
     *
     * @return false unless written
     */
    boolean ceilMode() default false;

    /**
     * Whether the padding counts in the divisor.
     *
     * @return true unless written
     */
    boolean countIncludePad() default true;

    /**
     * The divisor of every window. Left out: as {@link #countIncludePad} says.
     *
     * @return a number other than 0
     */
    int divisorOverride() default 0;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
