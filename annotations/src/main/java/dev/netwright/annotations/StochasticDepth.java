package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Drops a whole residual branch at random in training, or divides it by {@code 1 - p}; in evaluation nothing happens.
 *
 * <p>Shape: any; the output has the shape of the input. Which samples are dropped depends on the seed of the model, the
 * step, the layer and the sample only, not on threads.
 *
 * <p>Errors: {@link #p} outside 0 to 1.
 *
 * <p>PyTorch: {@code torchvision.ops.StochasticDepth}.
 *
 * <pre>{@code
 * @StochasticDepth(p = 0.1, mode = StochasticDepth.Mode.ROW) Layer depth;
 * @Add(from = {"depth", "input"})                            Layer sum;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface StochasticDepth {
    /**
     * The probability of being dropped.
     *
     * @return from 0 to 1
     */
    double p();

    /**
     * What is dropped together.
     *
     * @return each sample by itself, or all of the batch
     */
    Mode mode();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** What {@link StochasticDepth} drops together. */
    enum Mode {
        /** Each sample for itself. */
        ROW,
        /** All samples of the step, or none. */
        BATCH
    }
}
