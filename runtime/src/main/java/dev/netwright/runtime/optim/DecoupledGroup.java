package dev.netwright.runtime.optim;

/**
 * Options of those of Adam's kin whose weight decay can be decoupled from the gradient.
 *
 * @param <G> the kind of group, for chaining
 */
public abstract class DecoupledGroup<G extends DecoupledGroup<G>> extends MomentsGroup<G> {
    private final GroupFlag decoupled = flag("decoupled_weight_decay", false);
    /** What the parameters are scaled by. */
    float stepKeep;

    DecoupledGroup(String pattern, G parent) {
        super(pattern, parent);
    }

    /**
     * Whether weight decay scales the parameters by 1 - lr * weightDecay instead of adding to the gradient.
     *
     * @param value PyTorch's default is true for AdamW, which is Adam with it, and false for the others
     * @return this
     */
    public G decoupledWeightDecay(boolean value) {
        decoupled.set(value);
        return self();
    }

    /** Files before PyTorch 2.6 do not say whether weight decay is decoupled: the class says it, here as there. */
    @Override
    Runnable prepareTorchOptions(TorchOptions options) {
        String name = decoupled.name();
        return super.prepareTorchOptions(options.has(name) ? options : options.with(name, decoupled.get()));
    }

    @Override
    void prepare(long step) {
        super.prepare(step);
        stepKeep = decoupled.get() ? (float) (1 - (double) learningRate() * weightDecay()) : 1;
        stepDecay = decoupled.get() ? 0 : stepDecay;
    }
}
