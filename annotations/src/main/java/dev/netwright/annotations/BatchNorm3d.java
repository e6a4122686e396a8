package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Batch normalisation of each channel of a volume.
 *
 * <pre>{@code
 * y = (x - mean) / sqrt(variance + eps) * weight + bias
 * }</pre>
 *
 * <p>In training, mean and (biased) variance are those of the batch, over samples, depth, height and width, and the
 * running statistics move towards them: {@code running = (1 - momentum) * running + momentum * batch}, the variance
 * unbiased.
 * In evaluation the running statistics are used, folded into the convolution before where there is one.
 *
 * <p>Shape: {@code C x D x H x W}; the output has the shape of the input.
 *
 * <p>Parameters: {@code weight (C)}, at first 1, and {@code bias (C)}, at first 0. Buffers: {@code running_mean (C)},
 * {@code running_var (C)}, {@code num_batches_tracked}.
 *
 * <p>Errors: an input that is not {@code C x D x H x W}; a written {@link #numFeatures} that differs from what arrives.
 * In training, a batch that holds one value per channel has no variance and is refused.
 *
 * <p>PyTorch: {@code nn.BatchNorm3d}; its {@code momentum=None} is {@link #cumulativeAverage}.
 *
 * <pre>{@code
 * @Conv3d(outChannels = 64, kernelSize = 3, padding = 1, bias = false) Layer conv1;
 * @BatchNorm3d Layer bn1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface BatchNorm3d {
    /**
     * Channels. Left out: inferred. Written: checked.
     *
     * @return the number of channels that arrive
     */
    int numFeatures() default 0;

    /**
     * Added to the variance, so that a constant channel stays finite.
     *
     * @return a small positive number
     */
    double eps() default 1e-5;

    /**
     * The weight of the newest batch in the running statistics.
     *
     * @return 0 to 1
     */
    double momentum() default 0.1;

    /**
     * Whether the running statistics are the plain average over all batches; {@link #momentum} may then not be written.
     *
     * @return false unless written
     */
    boolean cumulativeAverage() default false;

    /**
     * Whether there is a learned scale and shift.
     *
     * @return true unless written
     */
    boolean affine() default true;

    /**
     * Whether running statistics are kept. Without them evaluation normalises by its own batch.
     *
     * @return true unless written
     */
    boolean trackRunningStats() default true;

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
