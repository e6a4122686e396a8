package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code x > threshold ? x : value}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at the threshold is 0.
 *
 * <p>Errors: {@link #threshold} is not finite as a float; {@link #value} is NaN.
 *
 * <p>PyTorch: {@code nn.Threshold}. Its {@code inplace} flag has no counterpart: the compiler decides where a result
 * is kept.
 *
 * <pre>{@code
 * @Threshold(threshold = 0.1, value = 0) Layer act1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Threshold {
    /**
     * Above it elements stay as they are.
     *
     * @return any number that is finite as a float
     */
    double threshold();

    /**
     * What the others become.
     *
     * @return any number but NaN
     */
    double value();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
