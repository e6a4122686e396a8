package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The gated linear unit: {@code a * sigmoid(b)}, where a and b are the halves of one dimension.
 *
 * <p>Shape: any with an even size of that dimension, of which the output has half.
 *
 * <p>Errors: {@link #dim} is 0, the batch, or outside the shape; its size is odd.
 *
 * <p>PyTorch: {@code nn.GLU}.
 *
 * <pre>{@code
 * @Linear(outFeatures = 128) Layer both;
 * @GLU Layer gated; // 64
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface GLU {
    /**
     * The dimension that is halved. The batch is dimension 0, which may not be named; -1 is the last.
     *
     * @return -1 unless written
     */
    int dim() default -1;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
