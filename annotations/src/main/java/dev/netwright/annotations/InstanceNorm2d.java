package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Normalisation of each channel of each sample.
 *
 * <pre>{@code
 * y = (x - mean) / sqrt(variance + eps) * weight + bias
 * }</pre>
 *
 * <p>Mean and (biased) variance are those of a channel's pixels, in training and evaluation alike. With {@link
 * #trackRunningStats} evaluation takes running ones, which training moves towards the batch's averages of means and
 * unbiased variances.
 *
 * <p>Shape: {@code C x H x W}; the output has the shape of the input.
 *
 * <p>Parameters: with {@link #affine} {@code weight} and {@code bias}, one value for each channel, at first 1 and 0.
 * Buffers: with {@link #trackRunningStats} {@code running_mean}, {@code running_var} and {@code num_batches_tracked},
 * which stays 0 as PyTorch's does.
 *
 * <p>Errors: an input with another number of dimensions; {@link #numFeatures} that are not the input's channels;
 * channels of a single value, which has no variance.
 *
 * <p>PyTorch: {@code nn.InstanceNorm2d}.
 *
 * <pre>{@code
 * @InstanceNorm2d(affine = true) Layer norm1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface InstanceNorm2d {
    /**
     * The number of channels. Left out: the input's.
     *
     * @return the input's channels
     */
    int numFeatures() default 0;

    /**
     * Added to the variance, so that constant channels stay finite.
     *
     * @return a small positive number
     */
    double eps() default 1e-5;

    /**
     * Weight of a batch in the running statistics.
     *
     * @return from 0 to 1
     */
    double momentum() default 0.1;

    /**
     * Whether there is a learned scale and shift.
     *
     * @return false unless written
     */
    boolean affine() default false;

    /**
     * Whether running statistics are kept, and used in evaluation.
     *
     * @return false unless written
     */
    boolean trackRunningStats() default false;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
