package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Vectors along one dimension, made as long as 1: {@code x / max(norm_p(x), eps)}.
 *
 * <p>Where a vector is all 0 the norm's gradient is 0.
 *
 * <p>Shape: any; the output has the shape of the input.
 *
 * <p>Errors: {@link #dim} is 0, the batch, or outside the shape; {@link #p} is below 1; {@link #eps} is not above 0.
 *
 * <p>PyTorch: {@code F.normalize}.
 *
 * <pre>{@code
 * @Linear(outFeatures = 128) Layer features;
 * @LpNormalize Layer embedding;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LpNormalize {
    /**
     * Which norm: 2 for lengths, 1 for sums of magnitudes, {@code Double.POSITIVE_INFINITY} for the largest magnitude.
     *
     * @return at least 1
     */
    double p() default 2;

    /**
     * The dimension that vectors lie along. The batch is dimension 0, which may not be named; -1 is the last.
     *
     * @return 1 unless written
     */
    int dim() default 1;

    /**
     * The least that is divided by.
     *
     * @return a small positive number
     */
    double eps() default 1e-12;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
