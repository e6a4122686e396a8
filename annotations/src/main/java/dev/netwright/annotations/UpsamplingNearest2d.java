package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An image of another size, by repeating or leaving out its cells: output {@code i} of a dimension is the input
 * {@code floor(i * in / out)}.
 *
 * <p>Shape: {@code C x H x W} to {@code C x Ho x Wo}, where {@code Ho x Wo} is {@link #size}, or
 * {@code floor(H * scaleFactor) x floor(W * scaleFactor)}.
 *
 * <p>Errors: an input that is not {@code C x H x W}; both or none of {@link #size} and {@link #scaleFactor}; an output
 * without rows or columns.
 *
 * <p>PyTorch: {@code nn.UpsamplingNearest2d}, which is {@link Upsample} with {@link Upsample.Mode#NEAREST}.
 *
 * <pre>{@code
 * @UpsamplingNearest2d(scaleFactor = 2) Layer larger;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface UpsamplingNearest2d {
    /**
     * Height and width of the output. Left out: from {@link #scaleFactor}.
     *
     * @return one positive value for both, or height and width
     */
    int[] size() default {};

    /**
     * How many times as high and wide the output is. Left out: from {@link #size}.
     *
     * @return one positive value for both, or one for the height and one for the width
     */
    double[] scaleFactor() default {};

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
