package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The leaky rectifier: {@code x > 0 ? x : negativeSlope * x}.
 *
 * <p>Shape: any; the output has the shape of the input. The gradient at 0 is {@link #negativeSlope}.
 *
 * <p>PyTorch: {@code nn.LeakyReLU}.
 *
 * <pre>{@code
 * @LeakyReLU(negativeSlope = 0.2) Layer relu1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LeakyReLU {
    /**
     * The slope below zero.
     *
     * @return 0.01 unless written
     */
    double negativeSlope() default 0.01;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
