package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A rectifier with a learned slope: {@code x} where it is positive, else {@code weight * x}.
 *
 * <p>Shape: any; the output has the shape of the input. The first dimension of a sample holds the channels.
 *
 * <p>Parameters: {@code weight (numParameters)}, at first {@link #init}. The gradient at 0 is the slope's.
 *
 * <p>Errors: {@link #numParameters} that is neither 1 nor the number of channels; an {@link #init} that is not finite.
 *
 * <p>PyTorch: {@code nn.PReLU}.
 *
 * <pre>{@code
 * @PReLU(numParameters = 32) Layer prelu1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface PReLU {
    /**
     * How many slopes are learned: one for all, or one for each channel.
     *
     * @return 1 unless written
     */
    int numParameters() default 1;

    /**
     * The slopes' first value.
     *
     * @return 0.25 unless written
     */
    double init() default 0.25;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
