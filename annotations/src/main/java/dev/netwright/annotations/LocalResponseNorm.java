package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Divides each element by what its neighbours among the channels come to.
 *
 * <pre>{@code
 * y[c] = x[c] / (k + alpha / size * sum of x[i]^2 over i from c - size / 2 to c + (size - 1) / 2)^beta
 * }</pre>
 *
 * <p>Channels beyond the first and last count as 0, and in the divisor {@code size} all the same.
 *
 * <p>Shape: {@code C x ...}, with one or more dimensions behind the channels; the output has the shape of the input.
 *
 * <p>Errors: an input of channels alone; a {@link #size} below 1; {@link #k} that is not above 0, or {@link #alpha} below
 * 0, with which the power could be of nothing or of a negative number.
 *
 * <p>PyTorch: {@code nn.LocalResponseNorm}.
 *
 * <pre>{@code
 * @LocalResponseNorm(size = 5) Layer norm1;      // AlexNet
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LocalResponseNorm {
    /**
     * How many channels are summed over, the own one included.
     *
     * @return at least 1
     */
    int size();

    /**
     * What the mean of the squares is multiplied by.
     *
     * @return 0 or more
     */
    double alpha() default 1e-4;

    /**
     * The exponent of the divisor.
     *
     * @return any number
     */
    double beta() default 0.75;

    /**
     * What is added to the mean of the squares.
     *
     * @return a positive number
     */
    double k() default 1;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
