package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Values of one dimension turned into shares that add up to 1, the smallest value having the largest:
 * {@code exp(-x_i) / sum_j exp(-x_j)}.
 *
 * <p>The smallest value is subtracted first, so that no exponential overflows. Shape: any; the output has the
 * shape of the input.
 *
 * <p>Errors: {@link #dim} is 0, the batch, or outside the shape.
 *
 * <p>PyTorch: {@code nn.Softmin}.
 *
 * <pre>{@code
 * @Softmin(dim = 1) Layer weights;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Softmin {
    /**
     * The dimension that is normalised. The batch is dimension 0, which may not be named; -1 is the last.
     *
     * @return 1 for the classes of a vector or the channels of an image
     */
    int dim();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
