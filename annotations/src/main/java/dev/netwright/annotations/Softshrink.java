package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The soft shrinkage function: {@code x > lambd ? x - lambd : x < -lambd ? x + lambd : 0}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at both bounds is 0.
 *
 * <p>Errors: {@link #lambd} is not finite as a float, or is negative.
 *
 * <p>PyTorch: {@code nn.Softshrink}.
 *
 * <pre>{@code
 * @Softshrink(lambd = 0.25) Layer act1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Softshrink {
    /**
     * How much nearer to 0 elements get.
     *
     * @return 0.5 unless written; at least 0
     */
    double lambd() default 0.5;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
