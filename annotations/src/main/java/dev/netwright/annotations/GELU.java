package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The Gaussian error linear unit: {@code x * (1 + erf(x / sqrt(2))) / 2}.
 *
 * <p>Shape: any; the output has the shape of the input.
 *
 * <p>PyTorch: {@code nn.GELU}.
 *
 * <pre>{@code
 * @GELU Layer act1;
 * @GELU(approximate = GELU.Approximate.TANH) Layer act2;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface GELU {
    /**
     * Which formula is computed.
     *
     * @return the exact one unless written
     */
    Approximate approximate() default Approximate.NONE;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** The formulas of {@link GELU}. */
    enum Approximate {
        /** The one with the error function. */
        NONE,
        /** {@code x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2}. */
        TANH
    }
}
