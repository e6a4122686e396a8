package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each element within bounds: {@code min(max(x, min), max)}.
 *
 * <p>The gradient is 1 from bound to bound, both included, and 0 beyond, which {@link Hardtanh} has at its bounds
 * already. Where the lower bound is above the upper one, all elements become the upper.
 *
 * <p>Shape: any; the output has the shape of the input.
 *
 * <p>Errors: neither bound is written; one is NaN.
 *
 * <p>PyTorch: {@code torch.clamp}.
 *
 * <pre>{@code
 * @Clamp(min = 0, max = 1) Layer share;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Clamp {
    /**
     * The least value.
     *
     * @return no bound unless written
     */
    double min() default Double.NEGATIVE_INFINITY;

    /**
     * The largest value.
     *
     * @return no bound unless written
     */
    double max() default Double.POSITIVE_INFINITY;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
