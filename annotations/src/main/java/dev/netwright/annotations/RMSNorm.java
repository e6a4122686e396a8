package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each sample's last dimensions divided by the root of the mean of their squares.
 *
 * <pre>{@code
 * y = x / sqrt(mean(x^2) + eps) * weight
 * }</pre>
 *
 * <p>Shape: {@code ... x} {@link #normalizedShape}; the output has the shape of the input.
 *
 * <p>Parameters: {@code weight} of {@link #normalizedShape}, at first 1.
 *
 * <p>Errors: a {@link #normalizedShape} that is not the end of the sample's shape; an {@link #eps} that is not above
 * 0.
 *
 * <p>PyTorch: {@code nn.RMSNorm}.
 *
 * <pre>{@code
 * @RMSNorm(normalizedShape = 768) Layer norm1;      // of 196 x 768
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface RMSNorm {
    /**
     * The sizes of the last dimensions, which are normalised together.
     *
     * @return one size or more
     */
    int[] normalizedShape();

    /**
     * Added to the mean of the squares, so that zeros stay finite. Left out: 2^-23, the distance from 1 to the next
     * float.
     *
     * @return a small positive number
     */
    double eps() default 0x1p-23;

    /**
     * Whether there is a learned scale.
     *
     * @return true unless written
     */
    boolean elementwiseAffine() default true;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
