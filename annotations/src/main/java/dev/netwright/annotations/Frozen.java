package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Parameters that are not trained.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * @Frozen("features*")
 * class Mine extends Vgg16 {
 *     @Linear(outFeatures = 10) Layer extra;
 * }
 * }</pre>
 *
 * <p>For what is frozen no code computes gradients, and neither gradients nor the optimiser's state have memory. Weights
 * are in the state dict and in files as ever, and are loaded as ever. Other weights are trained over the same values by
 * another class: {@code thawed.shareWeights(frozen)}.
 *
 * <p>As in PyTorch, a frozen batch normalisation still normalises by the batch, and its running statistics still move,
 * unless {@link #evaluation} is set. Of a class and those it extends, the nearest that has this annotation counts.
 *
 * <p>Errors: a pattern that no parameter's key matches; with {@link #evaluation} that of a buffer, such as
 * {@code "*.running_mean"}, will do.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Frozen {
    /**
     * Patterns of state-dict keys, in which {@code *} stands for any characters, dots too.
     *
     * @return such as {@code "features*"} or {@code "*.bias"}
     */
    String[] value();

    /**
     * Whether batch normalisation and dropout among the matched layers compute as in evaluation: by the running
     * statistics, which then stay, and without drawing.
     *
     * @return false unless written
     */
    boolean evaluation() default false;
}
