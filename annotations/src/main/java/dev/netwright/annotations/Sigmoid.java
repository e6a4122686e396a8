package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The logistic function: {@code 1 / (1 + exp(-x))}.
 *
 * <p>Shape: any; the output has the shape of the input. Before a binary cross entropy, leave it out and use
 * {@link BCEWithLogitsLoss}, which is exact where the sigmoid saturates.
 *
 * <p>PyTorch: {@code nn.Sigmoid}.
 *
 * <pre>{@code
 * @Sigmoid Layer sigmoid1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Sigmoid {
    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
