package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rectifier: {@code max(0, x)}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at 0 is 0; NaN is passed on.
 *
 * <p>PyTorch: {@code nn.ReLU}. Its {@code inplace} flag has no counterpart: the compiler decides where a result is
 * kept.
 *
 * <pre>{@code
 * @ReLU Layer relu1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface ReLU {
    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
