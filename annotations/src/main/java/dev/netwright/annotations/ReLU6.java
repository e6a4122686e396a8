package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rectifier capped at six: {@code min(max(0, x), 6)}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at 0 and at 6 is 0.
 *
 * <p>PyTorch: {@code nn.ReLU6}. Its {@code inplace} flag has no counterpart: the compiler decides where a result is
 * kept.
 *
 * <pre>{@code
 * @ReLU6 Layer relu61;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ReLU6 {
    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
