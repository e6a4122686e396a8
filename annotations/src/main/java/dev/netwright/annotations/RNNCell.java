package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One step of a {@link RNN}: of a vector and a state, the next state.
 *
 * <p>Shape: {@code inputSize} to {@code hiddenSize}. Parameters: {@code weight_ih} of
 * hiddenSize x inputSize, {@code weight_hh} of hiddenSize x hiddenSize, {@code bias_ih} and {@code bias_hh} of
 * hiddenSize, all drawn uniformly within one over the root of hiddenSize.
 *
 * <p>Errors: an input that is no vector; a size below 1; states of other sizes.
 *
 * <p>PyTorch: {@code nn.RNNCell}.
 *
 * <pre>{@code
 * @RNNCell(hiddenSize = 64, initialState = "h") Layer cell;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface RNNCell {
    /**
     * Features of what is read. Left out: those of the input.
     *
     * @return 1 or more
     */
    int inputSize() default 0;

    /**
     * Features of the state.
     *
     * @return 1 or more
     */
    int hiddenSize();

    /**
     * Whether both products have a bias.
     *
     * @return true unless written
     */
    boolean bias() default true;

    /**
     * What the sum goes through.
     *
     * @return the hyperbolic tangent unless written
     */
    RNN.Nonlinearity nonlinearity() default RNN.Nonlinearity.TANH;

    /**
     * Inputs or layers that are the state before, of hiddenSize. Left out: zeros.
     *
     * @return one name
     */
    String[] initialState() default {};

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
