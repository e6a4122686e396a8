package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of each window of each channel.
 *
 * <p>Shape: {@code C x L} to {@code C x Lo}, where
 *
 * <pre>{@code
 * out = floor((in + 2 * padding - kernelSize) / stride) + 1
 * }</pre>
 *
 * <p>With {@link #ceilMode} the quotient is rounded up, and the last window is dropped if it would start in the padding
 * at the end.
 *
 * <p>A window's sum is divided by its cells inside the padded input, or by its real cells alone without
 * {@link #countIncludePad}.
 *
 * <p>Errors: an input that is not {@code C x L}; a window larger than its padded input; padding above half the
 * window.
 *
 * <p>PyTorch: {@code nn.AvgPool1d}.
 *
 * <pre>{@code
 * @AvgPool1d(kernelSize = 2) Layer pool1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface AvgPool1d {
    /**
     * Size of the window.
     *
     * @return one positive value
     */
    int[] kernelSize();

    /**
     * Steps of the window. Left out: {@link #kernelSize}, so that windows do not overlap.
     *
     * @return one positive value
     */
    int[] stride() default {};

    /**
     * Zeros added on each side.
     *
     * @return one value of at most half the window
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
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
