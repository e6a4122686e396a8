package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Normalisation of groups of channels, each sample for itself.
 *
 * <pre>{@code
 * y = (x - mean) / sqrt(variance + eps) * weight + bias
 * }</pre>
 *
 * <p>Mean and (biased) variance are those of a group of neighbouring channels over all its positions, in training and
 * evaluation alike; weight and bias are per channel.
 *
 * <p>Shape: {@code C} or {@code C x ...}; the output has the shape of the input.
 *
 * <p>Parameters: {@code weight (C)}, at first 1, and {@code bias (C)}, at first 0.
 *
 * <p>Errors: groups that do not divide the channels; a written {@link #numChannels} that differs from what arrives; a
 * group of one value, which has no variance.
 *
 * <p>PyTorch: {@code nn.GroupNorm}.
 *
 * <pre>{@code
 * @GroupNorm(numGroups = 8) Layer norm1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface GroupNorm {
    /**
     * How many groups the channels are divided into.
     *
     * @return a divisor of the number of channels
     */
    int numGroups();

    /**
     * Channels. Left out: inferred. Written: checked.
     *
     * @return the number of channels that arrive
     */
    int numChannels() default 0;

    /**
     * Added to the variance, so that a constant group stays finite.
     *
     * @return a small positive number
     */
    double eps() default 1e-5;

    /**
     * Whether there is a learned scale and shift.
     *
     * @return true unless written
     */
    boolean affine() default true;

    /**
     * Whether the learned scale is joined by a shift; without {@link #affine} there is neither.
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
