package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a network may need. The compiler compares it with what it planned, and fails where that is more: a layer that is
 * changed a year from now is told of before it is shipped.
 *
 * <pre>{@code
 * @Network(input = {3, 32, 32})
 * @CrossEntropyLoss
 * @Budget(parameters = 200_000, flops = 20_000_000, inferenceBytes = 2_000_000)
 * class CifarNet { ... }
 * }</pre>
 *
 * <p>Figures are exact and the same on every machine, but for the time: they are those of the plan that the code is generated
 * from. Each
 * attribute that is written is a limit, at least 1; what is left out has none. Of a class and those it extends only its own
 * annotation counts.
 *
 * <p>Errors: a figure above its limit, with both, and the layers or values that are most of it; no limit at all; a limit
 * below 1; a class without an input, which has no figures.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Budget {
    /**
     * Numbers that are learnt or frozen; running statistics are not counted.
     *
     * @return the most; no limit if left out
     */
    long parameters() default 0;

    /**
     * Floating-point operations of the layers in predicting one sample; a multiplication and an addition are two.
     *
     * @return the most; no limit if left out
     */
    long flops() default 0;

    /**
     * Bytes of a model that predicts one sample at a time on one thread: weights and statistics, what is derived from them,
     * and the memory that values share. The caller's arrays and classes are not counted.
     *
     * @return the most; no limit if left out
     */
    long inferenceBytes() default 0;

    /**
     * Bytes of a model that is trained on one thread by batches of {@link #batch}: weights and statistics, gradients, what is
     * derived from them, and the memory that values share. Optimisers have their own state: one with momentum as much as the
     * gradients, Adam twice as much. Nothing is compared where {@code -Anetwright.generate=inference} leaves training out.
     *
     * @return the most; no limit if left out
     */
    long trainingBytes() default 0;

    /**
     * Samples of a training step.
     *
     * @return what {@link #trainingBytes} is for
     */
    int batch() default 64;

    /**
     * Bytes of the tensors in a file of the weights: its header is not counted.
     *
     * @return the most; no limit if left out
     */
    long fileBytes() default 0;

    /**
     * Microseconds of predicting one sample on one thread: a prediction, for the machine that the message names, made of what
     * the plan computes and moves, with constants that are measured there. It is the same wherever the network is compiled, so
     * that a build does not depend on its machine; half of what was measured is within some ten percent of it. Operators of
     * your own count for what they read and write alone.
     *
     * @return the most; no limit if left out
     */
    long latencyMicros() default 0;

    /**
     * Whether a figure above its limit is an error. If not it is a warning.
     *
     * @return true unless written
     */
    boolean fails() default true;
}
