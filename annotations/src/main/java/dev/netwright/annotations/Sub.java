package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The difference of two layers, element by element: {@code a - b}.
 *
 * <p>Shape: inputs have the same number of dimensions, and in each of them sizes that are equal or 1; those of 1 are
 * stretched to the others, which are the output's.
 *
 * <p>Errors: other than two inputs; inputs with other sizes, or with different numbers of dimensions, of which PyTorch
 * would align one with the batch.
 *
 * <p>PyTorch: {@code a - b}, with its broadcasting.
 *
 * <pre>{@code
 * @Sub(from = {"left", "right"}) Layer difference;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Sub {
    /**
     * The two layers it reads, by field name or {@code "input"}, in order.
     *
     * @return two names; leaving it out is an error
     */
    String[] from() default {};
}
