package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The cosine of the angle between vectors of two layers along one dimension.
 *
 * <pre>{@code
 * y = sum(a * b) / (max(|a|, eps) * max(|b|, eps))
 * }</pre>
 *
 * <p>Shape: two inputs of equal sizes, or 1 in other dimensions than {@link #dim}, where they are stretched; the
 * output is without {@link #dim}.
 *
 * <p>Errors: other than two inputs; inputs that do not meet; {@link #dim} is 0, the batch, or outside the shape;
 * {@link #eps} is not above 0.
 *
 * <p>PyTorch: {@code nn.CosineSimilarity}.
 *
 * <pre>{@code
 * @CosineSimilarity(from = {"query", "answer"}) Layer similarity;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface CosineSimilarity {
    /**
     * The dimension that vectors lie along. The batch is dimension 0, which may not be named; -1 is the last.
     *
     * @return 1 unless written
     */
    int dim() default 1;

    /**
     * The least length that is divided by.
     *
     * @return a small positive number
     */
    double eps() default 1e-8;

    /**
     * The two layers it reads, by field name or {@code "input"}, in order.
     *
     * @return two names; leaving it out is an error
     */
    String[] from() default {};
}
