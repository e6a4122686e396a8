package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The product of two or more layers, element by element: a gate.
 *
 * <p>Shape: all inputs have one shape, which is the output's.
 *
 * <p>Errors: fewer than two inputs, or more than 100; inputs of different shapes.
 *
 * <p>PyTorch: {@code a * b}.
 *
 * <pre>{@code
 * @Mul(from = {"features", "gate"}) Layer gated;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Mul {
    /**
     * The layers it reads, by field name or {@code "input"}, in order.
     *
     * @return at least two names; leaving it out is an error
     */
    String[] from() default {};
}
