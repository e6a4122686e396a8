package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The logarithm of the sigmoid: {@code -log(1 + exp(-x))}, exact for large and small elements too.
 *
 * <p>Shape: any; the output has the shape of the input.
 *
 * <p>PyTorch: {@code nn.LogSigmoid}.
 *
 * <pre>{@code
 * @LogSigmoid Layer logs;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LogSigmoid {
    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
