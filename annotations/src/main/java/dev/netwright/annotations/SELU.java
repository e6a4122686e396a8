package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scaled exponential linear unit: {@code scale * (x > 0 ? x : alpha * (exp(x) - 1))} with alpha 1.67326324 and scale
 * 1.05070099.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at 0 is 1.75809934, their product.
 *
 * <p>PyTorch: {@code nn.SELU}. Its {@code inplace} flag has no counterpart: the compiler decides where a result
 * is kept.
 *
 * <pre>{@code
 * @SELU Layer act1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface SELU {
    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
