package dev.netwright.runtime.optim;

import java.util.function.Consumer;

/**
 * Adam with decoupled weight decay as {@code torch.optim.AdamW} (Loshchilov and Hutter, 2019): the parameters are
 * scaled by 1 - lr * weightDecay, then moved as by {@link Adam}.
 */
public final class AdamW extends AdamOptimizer {
    private AdamW(Adam.Group defaults) {
        super(defaults);
    }

    /**
     * AdamW with betas 0.9 and 0.999, eps 1e-8 and weight decay 0.01.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static AdamW of(float learningRate) {
        return new AdamW(new Adam.Group(learningRate, 0.01f, true));
    }

    /**
     * The decay of the running averages.
     *
     * @param first of the gradient, 0 to below 1; the default is 0.9
     * @param second of its square, 0 to below 1; the default is 0.999
     * @return this
     */
    public AdamW betas(float first, float second) {
        defaults.betas(first, second);
        return this;
    }

    /**
     * What keeps the denominator from 0.
     *
     * @param value 0 or more; the default is 1e-8
     * @return this
     */
    public AdamW eps(float value) {
        defaults.eps(value);
        return this;
    }

    /**
     * The weight decay.
     *
     * @param value 0 or more; the default is 0.01
     * @return this
     */
    public AdamW weightDecay(float value) {
        defaults.weightDecay(value);
        return this;
    }

    /**
     * Whether to divide by the largest running average of squares so far.
     *
     * @param value the default is false
     * @return this
     */
    public AdamW amsgrad(boolean value) {
        defaults.amsgrad(value);
        return this;
    }

    /**
     * Whether to go up the gradient instead of down.
     *
     * @param value the default is false
     * @return this
     */
    public AdamW maximize(boolean value) {
        defaults.maximize(value);
        return this;
    }

    /**
     * Other options for some parameters.
     *
     * @param pattern a glob over state-dict keys, in which {@code *} also crosses dots
     * @param options sets what differs
     * @return this
     */
    public AdamW group(String pattern, Consumer<Adam.Group> options) {
        add(pattern, options);
        return this;
    }
}
