package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest value of each window of each channel.
 *
 * <p>Shape: {@code C x D x H x W} to {@code C x Do x Ho x Wo}, where for each of depth, height and width
 *
 * <pre>{@code
 * out = floor((in + 2 * padding - dilation * (kernelSize - 1) - 1) / stride) + 1
 * }</pre>
 *
 * <p>With {@link #ceilMode} the quotient is rounded up, and the last window is dropped if it would start in the padding
 * at the end. Sizes are one value for all dimensions, or {@code {depth, height, width}}.
 *
 * <p>The padding counts as minus infinity. A window's gradient goes to its largest value, of equal ones to the first in
 * row-major order. NaN is passed on.
 *
 * <p>Errors: an input that is not {@code C x D x H x W}; a window larger than its padded input; padding above half the
 * window.
 *
 * <p>PyTorch: {@code nn.MaxPool3d} without {@code return_indices}.
 *
 * <pre>{@code
 * @MaxPool3d(kernelSize = 2) Layer pool1;
 * @MaxPool3d(kernelSize = 3, stride = 2, padding = 1) Layer pool2;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface MaxPool3d {
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
     * Cells added on each side.
     *
     * @return one value of at most half the window, or depth, height and width
     */
    int[] padding() default 0;

    /**
     * Distance between the cells a window reads.
     *
     * @return one positive value, or depth, height and width
     */
    int[] dilation() default 1;

    /**
     * Whether a window may overhang the end, so that nothing is dropped.
     *
     * @return false unless written
     */
    boolean ceilMode() default false;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
