package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A smooth rectifier: {@code log(1 + exp(beta * x)) / beta}, and {@code x} where {@code beta * x > threshold}.
 *
 * <p>Shape: any; the output has the shape of the input.
 *
 * <p>Errors: {@link #beta} is 0 or not finite as a float; {@link #threshold} is NaN.
 *
 * <p>PyTorch: {@code nn.Softplus}.
 *
 * <pre>{@code
 * @Softplus(beta = 2) Layer act1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Softplus {
    /**
     * How sharply it bends.
     *
     * @return 1 unless written; not 0
     */
    double beta() default 1.0;

    /**
     * From where on it is the element itself.
     *
     * @return 20 unless written; may be infinite
     */
    double threshold() default 20.0;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
