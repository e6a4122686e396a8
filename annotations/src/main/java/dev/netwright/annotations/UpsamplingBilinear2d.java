package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An image of another size, by interpolating between its cells, the outermost of which stay where
 * they are: output {@code i} of a dimension lies at {@code i * (in - 1) / (out - 1)}.
 *
 * <p>Shape: {@code C x H x W} to {@code C x Ho x Wo}, where {@code Ho x Wo} is {@link #size}, or
 * {@code floor(H * scaleFactor) x floor(W * scaleFactor)}.
 *
 * <p>Errors: an input that is not {@code C x H x W}; both or none of {@link #size} and {@link #scaleFactor}; an output
 * without rows or columns.
 *
 * <p>PyTorch: {@code nn.UpsamplingBilinear2d}, which is {@link Upsample} with {@link Upsample.Mode#BILINEAR} and
 * {@link Upsample#alignCorners}.
 *
 * <pre>{@code
 * @UpsamplingBilinear2d(scaleFactor = 2) Layer larger;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface UpsamplingBilinear2d {
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
