package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The last step that each sample has.
 *
 * <p>Shape: {@code T x features}, or {@code T} with any further dimensions, to what there is of one step. Of a layer over
 * time, {@code from = "lstm.hn"} is the same for the last layer that goes forward, without a step to be looked for.
 *
 * <p>Errors: an input without steps; lengths that are no whole number for each sample. At run time a length below 1 or above
 * the number of steps is refused with its sample.
 *
 * <p>PyTorch: {@code x[torch.arange(n), lengths - 1]}; without lengths {@code x[:, -1]}.
 *
 * <pre>{@code
 * @TransformerEncoderLayer(nhead = 4, isCausal = true, lengths = "length") Layer encoder; // 50 x 64
 * @LastStep(lengths = "length") Layer last;                                               // 64
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LastStep {
    /**
     * An input of ints, of shape 1, with the number of steps that each sample has: the last of them is taken, and nothing
     * flows back to any other. Left out: all steps.
     *
     * @return a name
     */
    String lengths() default "";

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
