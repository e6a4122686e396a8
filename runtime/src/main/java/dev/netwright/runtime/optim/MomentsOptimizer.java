package dev.netwright.runtime.optim;

import java.util.function.BiFunction;

/**
 * What Adam and its kin have in common.
 *
 * @param <O> the kind of optimiser, for chaining
 * @param <G> the kind of group
 */
public abstract class MomentsOptimizer<O extends MomentsOptimizer<O, G>, G extends MomentsGroup<G>>
        extends WeightDecayOptimizer<O, G> {
    final Slot average = slot("exp_avg");

    MomentsOptimizer(BiFunction<String, G, G> newGroup, float learningRate) {
        super(newGroup, learningRate);
    }

    /**
     * The decay of the running averages.
     *
     * @param first of the gradient, 0 to below 1; the default is 0.9
     * @param second of its square, 0 to below 1; the default is 0.999
     * @return this
     */
    public O betas(float first, float second) {
        defaults.betas(first, second);
        return self();
    }

    /**
     * What keeps the denominator from 0.
     *
     * @param value 0 or more; the default is 1e-8
     * @return this
     */
    public O eps(float value) {
        defaults.eps(value);
        return self();
    }
}
