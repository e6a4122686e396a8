package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sum of two or more layers, element by element: a residual connection.
 *
 * <p>Shape: inputs have the same number of dimensions, and in each of them sizes that are equal or 1; those of 1 are
 * stretched to the others, which are the output's. The gradient by an input that is stretched is the sum over what it
 * was stretched to, in an order that depends on neither threads nor vectors.
 *
 * <p>Errors: fewer than two inputs, or more than 100; inputs with other sizes, or with different numbers of dimensions,
 * of which PyTorch would align one with the batch.
 *
 * <p>PyTorch: {@code a + b}, with its broadcasting.
 *
 * <pre>{@code
 * @Add(from = {"bn2", "input"}) Layer sum;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Add {
    /**
     * The layers it reads, by field name or {@code "input"}, in order.
     *
     * @return at least two names; leaving it out is an error
     */
    String[] from() default {};
}
