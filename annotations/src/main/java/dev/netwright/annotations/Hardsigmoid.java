package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The piecewise form of the sigmoid: {@code min(max(x + 3, 0), 6) / 6}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient is 0 at -3 and at 3.
 *
 * <p>PyTorch: {@code nn.Hardsigmoid}. Its {@code inplace} flag has no counterpart: the compiler decides where a result
 * is kept.
 *
 * <pre>{@code
 * @Hardsigmoid Layer gate;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Hardsigmoid {
    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
