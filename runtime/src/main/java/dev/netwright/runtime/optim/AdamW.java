package dev.netwright.runtime.optim;

/**
 * Adam with decoupled weight decay as {@code torch.optim.AdamW} (Loshchilov and Hutter, 2019): the parameters are
 * scaled by 1 - lr * weightDecay, then moved as by {@link Adam}.
 */
public final class AdamW extends AdamOptimizer<AdamW> {
    private AdamW(float learningRate) {
        super(learningRate);
        defaults.weightDecay(0.01f).decoupledWeightDecay(true);
    }

    /**
     * AdamW with betas 0.9 and 0.999, eps 1e-8 and weight decay 0.01.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static AdamW of(float learningRate) {
        return new AdamW(learningRate);
    }

    /**
     * The weight decay.
     *
     * @param value 0 or more; the default is 0.01
     * @return this
     */
    @Override
    public AdamW weightDecay(float value) {
        return super.weightDecay(value);
    }
}
