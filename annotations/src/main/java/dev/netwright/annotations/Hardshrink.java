package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The hard shrinkage function: {@code -lambd <= x && x <= lambd ? 0 : x}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at both bounds is 0.
 *
 * <p>Errors: {@link #lambd} is not finite as a float.
 *
 * <p>PyTorch: {@code nn.Hardshrink}.
 *
 * <pre>{@code
 * @Hardshrink(lambd = 0.25) Layer act1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Hardshrink {
    /**
     * How far from 0 elements become 0.
     *
     * @return 0.5 unless written; with a negative number none does
     */
    double lambd() default 0.5;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
