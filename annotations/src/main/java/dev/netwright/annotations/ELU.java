package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The exponential linear unit: {@code x > 0 ? x : alpha * (exp(x) - 1)}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at 0 is {@link #alpha}.
 *
 * <p>Errors: {@link #alpha} is not finite as a float.
 *
 * <p>PyTorch: {@code nn.ELU}. Its {@code inplace} flag has no counterpart: the compiler decides where a result
 * is kept.
 *
 * <pre>{@code
 * @ELU(alpha = 0.5) Layer act1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ELU {
    /**
     * What it approaches, negated, far below 0.
     *
     * @return 1 unless written
     */
    double alpha() default 1.0;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
