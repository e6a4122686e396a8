package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One step of a {@link GRU}: of a vector and a state, the next state.
 *
 * <p>Shape: {@code inputSize} to {@code hiddenSize}. Parameters: {@code weight_ih} of
 * 3 hiddenSize x inputSize, {@code weight_hh} of 3 hiddenSize x hiddenSize, {@code bias_ih} and {@code bias_hh} of
 * 3 hiddenSize, all drawn uniformly within one over the root of hiddenSize.
 *
 * <p>Errors: an input that is no vector; a size below 1; states of other sizes.
 *
 * <p>PyTorch: {@code nn.GRUCell}.
 *
 * <pre>{@code
 * @GRUCell(hiddenSize = 64, initialState = "h") Layer cell;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface GRUCell {
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
