package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A constant power of each element: {@code x^exponent}.
 *
 * <p>Whole powers are products and those of a half roots; what remains is {@code exp(rest * log(x))}. Of a negative element
 * a power that is no whole number is NaN.
 *
 * <p>Shape: any; the output has the shape of the input.
 *
 * <p>Errors: an {@link #exponent} that is not finite as a float.
 *
 * <p>PyTorch: {@code torch.pow(x, exponent)}.
 *
 * <pre>{@code
 * @Power(exponent = 2) Layer squares;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Power {
    /**
     * What each element is raised to.
     *
     * @return any number
     */
    double exponent();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
