package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The p-norm of each window of each channel: {@code (x1^p + x2^p + ...)^(1/p)} with {@code p} for {@link #normType}.
 * With {@code p = 1} it is the sum; the larger {@code p}, the nearer it is to the largest value.
 *
 * <p>Shape: {@code C x D x H x W} to {@code C x Do x Ho x Wo}, where for each of depth, height and width
 *
 * <pre>{@code
 * out = floor((in - kernelSize) / stride) + 1
 * }</pre>
 *
 * <p>With {@link #ceilMode} the quotient is rounded up, and the last window is dropped if it would start behind the
 * input; the sum of one that overhangs is multiplied by how many times as many cells a whole one has.
 *
 * <p>As in PyTorch {@code x^p} has no absolute value: of negative numbers it is NaN where {@code p} is no whole number, and
 * so is the norm of a negative sum unless {@code p} is 1. A window whose sum is 0 has no gradient.
 *
 * <p>Errors: an input that is not {@code C x D x H x W}; a window larger than its input; a {@link #normType} of 0.
 *
 * <p>PyTorch: {@code nn.LPPool3d}.
 *
 * <pre>{@code
 * @LPPool3d(normType = 2, kernelSize = 3, stride = 2) Layer pool1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LPPool3d {
    /**
     * The power.
     *
     * @return a number other than 0
     */
    double normType();

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
