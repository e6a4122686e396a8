package dev.netwright.runtime.optim;

import java.util.function.BiFunction;

/**
 * What optimisers have in common whose weight decay is an L2 penalty, unless told otherwise.
 *
 * @param <O> the kind of optimiser, for chaining
 * @param <G> the kind of group
 */
public abstract class WeightDecayOptimizer<O extends WeightDecayOptimizer<O, G>, G extends ParameterGroup<G>>
        extends GroupedOptimizer<O, G> {
    WeightDecayOptimizer(BiFunction<String, G, G> newGroup, float learningRate) {
        super(newGroup, learningRate);
    }

    /**
     * The weight decay, an L2 penalty.
     *
     * @param value 0 or more; the default is 0
     * @return this
     */
    public O weightDecay(float value) {
        defaults.weightDecay(value);
        return self();
    }
}
