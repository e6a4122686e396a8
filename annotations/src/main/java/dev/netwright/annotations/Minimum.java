package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The smaller of two layers, element by element. The gradient goes to the smaller, half of it to each where they are
 * equal. NaN stays NaN.
 *
 * <p>Shape: inputs have the same number of dimensions, and in each of them sizes that are equal or 1; those of 1 are
 * stretched to the others, which are the output's.
 *
 * <p>Errors: other than two inputs; inputs with other sizes, or with different numbers of dimensions, of which PyTorch
 * would align one with the batch.
 *
 * <p>PyTorch: {@code torch.minimum}, with its broadcasting.
 *
 * <pre>{@code
 * @Minimum(from = {"left", "right"}) Layer smaller;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Minimum {
    /**
     * The two layers it reads, by field name or {@code "input"}, in order.
     *
     * @return two names; leaving it out is an error
     */
    String[] from() default {};
}
