package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The continuously differentiable exponential linear unit: {@code x > 0 ? x : alpha * (exp(x / alpha) - 1)}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at 0 is 1.
 *
 * <p>Errors: {@link #alpha} is not finite as a float, or is 0.
 *
 * <p>PyTorch: {@code nn.CELU}. Its {@code inplace} flag has no counterpart: the compiler decides where a result
 * is kept.
 *
 * <pre>{@code
 * @CELU(alpha = 0.5) Layer act1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface CELU {
    /**
     * What it approaches, negated, far below 0.
     *
     * @return 1 unless written; not 0
     */
    double alpha() default 1.0;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
