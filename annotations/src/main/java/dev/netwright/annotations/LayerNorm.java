package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Normalisation of each sample's last dimensions.
 *
 * <pre>{@code
 * y = (x - mean) / sqrt(variance + eps) * weight + bias
 * }</pre>
 *
 * <p>Mean and (biased) variance are those of the elements of the last dimensions, in training and evaluation alike;
 * weight and bias have one value for each of them.
 *
 * <p>Shape: {@code ... x} {@link #normalizedShape}; the output has the shape of the input.
 *
 * <p>Parameters: {@code weight} and {@code bias} of {@link #normalizedShape}, at first 1 and 0.
 *
 * <p>Errors: a {@link #normalizedShape} that is not the end of the sample's shape; a single element, which has no
 * variance.
 *
 * <p>PyTorch: {@code nn.LayerNorm}. For the channels of an image there is {@link LayerNorm2d}.
 *
 * <pre>{@code
 * @LayerNorm(normalizedShape = 768) Layer norm1;      // of 196 x 768
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LayerNorm {
    /**
     * The sizes of the last dimensions, which are normalised together.
     *
     * @return one size or more
     */
    int[] normalizedShape();

    /**
     * Added to the variance, so that constant elements stay finite.
     *
     * @return a small positive number
     */
    double eps() default 1e-5;

    /**
     * Whether there is a learned scale and shift.
     *
     * @return true unless written
     */
    boolean elementwiseAffine() default true;

    /**
     * Whether the learned scale is joined by a shift; without {@link #elementwiseAffine} there is neither.
     *
     * @return true unless written
     */
    boolean bias() default true;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
