package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The p-norm of the difference of two layers along the last dimension: {@code norm_p(a - b + eps)}.
 *
 * <p>Where the difference is 0 the gradient is 0.
 *
 * <p>Shape: two inputs of equal sizes, or 1 in other dimensions than the last, where they are stretched; the output is
 * without the last dimension, or has 1 there where {@link #keepdim} says so.
 *
 * <p>Errors: other than two inputs; inputs that do not meet, or are single numbers; {@link #p} is below 1.
 *
 * <p>PyTorch: {@code nn.PairwiseDistance}.
 *
 * <pre>{@code
 * @PairwiseDistance(from = {"anchor", "other"}) Layer distance;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface PairwiseDistance {
    /**
     * Which norm: 2 for lengths, 1 for sums of magnitudes, {@code Double.POSITIVE_INFINITY} for the largest magnitude.
     *
     * @return at least 1
     */
    double p() default 2;

    /**
     * Added to each difference.
     *
     * @return a small number
     */
    double eps() default 1e-6;

    /**
     * Whether the last dimension stays, with the size 1.
     *
     * @return false unless written
     */
    boolean keepdim() default false;

    /**
     * The two layers it reads, by field name or {@code "input"}, in order.
     *
     * @return two names; leaving it out is an error
     */
    String[] from() default {};
}
