package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Normalisation of the channels of each pixel of an image.
 *
 * <pre>{@code
 * y = (x - mean) / sqrt(variance + eps) * weight + bias
 * }</pre>
 *
 * <p>Mean and (biased) variance are those of the channels of one pixel, in training and evaluation alike; weight and bias
 * are per channel.
 *
 * <p>Shape: {@code C x H x W}; the output has the shape of the input.
 *
 * <p>Parameters: {@code weight (C)}, at first 1, and {@code bias (C)}, at first 0.
 *
 * <p>Errors: an input that is not {@code C x H x W}; a written {@link #normalizedShape} that differs from the channels
 * that arrive; a single channel, which has no variance.
 *
 * <p>PyTorch: {@code torchvision.models.convnext.LayerNorm2d}.
 *
 * <pre>{@code
 * @LayerNorm2d(eps = 1e-6) Layer norm1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LayerNorm2d {
    /**
     * Channels. Left out: inferred. Written: checked.
     *
     * @return the number of channels that arrive
     */
    int normalizedShape() default 0;

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
