package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One dimension made several, in row-major order: the reverse of {@link Flatten}. Nothing moves.
 *
 * <p>Shape: with {@code dim = 2} and {@code unflattenedSize = {12, 64}}, {@code 197 x 768} to {@code 197 x 12 x 64}.
 *
 * <p>Errors: {@link #dim} is 0, the batch, or outside the shape; sizes whose product is not the dimension's.
 *
 * <p>PyTorch: {@code nn.Unflatten}.
 *
 * <pre>{@code
 * @Linear(outFeatures = 768) Layer query;                          // 197 x 768
 * @Unflatten(dim = 2, unflattenedSize = {12, 64}) Layer parts;     // 197 x 12 x 64
 * @Permute(dims = {0, 2, 1, 3}) Layer heads;                       // 12 x 197 x 64
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Unflatten {
    /**
     * The dimension to divide. The batch is dimension 0, which may not be named; -1 is the last.
     *
     * @return 1 for the features of a vector or the channels of an image
     */
    int dim();

    /**
     * The sizes that it is divided into; one may be -1, and is what the others leave.
     *
     * @return at least one size
     */
    int[] unflattenedSize();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
