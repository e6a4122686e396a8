package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A fully connected layer: {@code y = x W^T + b} over the last dimension.
 *
 * <p>Shape: {@code ... x inFeatures} to {@code ... x outFeatures}. An image is flattened first, see {@link Flatten}.
 *
 * <p>Parameters: {@code weight (outFeatures, inFeatures)} and, with {@link #bias}, {@code bias (outFeatures)}; both
 * start as PyTorch's do, uniform in {@code +-1/sqrt(inFeatures)}.
 *
 * <p>Errors: a written {@link #inFeatures} that differs from what arrives.
 *
 * <p>PyTorch: {@code nn.Linear}.
 *
 * <pre>{@code
 * @Linear(inFeatures = 1024, outFeatures = 64) Layer fc1;
 * @Linear(outFeatures = 10) Layer fc2;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Linear {
    /**
     * Features of the output.
     *
     * @return a positive number
     */
    int outFeatures();

    /**
     * Features of the input. Left out: inferred. Written: checked.
     *
     * @return the number of features that arrive
     */
    int inFeatures() default 0;

    /**
     * Whether a learned value is added to each output.
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
