package dev.netwright.runtime.optim;

import java.util.Map;

/**
 * Adam as {@code torch.optim.Adam} (Kingma and Ba, 2015; AMSGrad: Reddi and others, 2018): at step t,
 * m += (1 - beta1) (g - m), v = beta2 v + (1 - beta2) g^2, and the parameters move by
 * -lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps). Weight decay adds weightDecay * parameter to g first,
 * or, decoupled, scales the parameters by 1 - lr * weightDecay first.
 */
public final class Adam extends AdamOptimizer<Adam> {
    /** Options of some parameters, also for {@link AdamW}. */
    public static final class Group extends DecoupledGroup<Group> {
        private final GroupFlag amsgrad = flag("amsgrad", false);
        float stepRoot;
        float stepRate;
        boolean stepAmsgrad;

        Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        /** {@inheritDoc} */
        @Override
        public Group betas(float first, float second) {
            if (!Range.BELOW_ONE.holds(first) || !Range.BELOW_ONE.holds(second)) {
                throw new IllegalArgumentException(
                        "The betas must be " + Range.BELOW_ONE.text() + ", but are " + first + " and " + second + ".");
            }
            return super.betas(first, second);
        }

        /**
         * Whether to divide by the largest running average of squares so far.
         *
         * @param value PyTorch's default is false
         * @return this
         */
        public Group amsgrad(boolean value) {
            amsgrad.set(value);
            return this;
        }

        /** Decoupled weight decay last, as PyTorch has it. */
        @Override
        Map<String, Object> torchOptions() {
            Map<String, Object> options = super.torchOptions();
            Object decoupled = options.remove("decoupled_weight_decay");
            options.put("capturable", false);
            options.put("decoupled_weight_decay", decoupled);
            return options;
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            // Never 0 either, but smaller than for Adam's kin, so that the roots of smaller averages count.
            stepEps = Math.max(eps.get(), Float.MIN_VALUE);
            stepRoot = (float) Math.sqrt(1 - power(betas[1].decimal(), step));
            stepRate = (float) (-(double) learningRate() / (1 - power(betas[0].decimal(), step)));
            stepAmsgrad = amsgrad.get();
        }
    }

    private Adam(float learningRate) {
        super(learningRate);
    }

    /**
     * Adam with betas 0.9 and 0.999, eps 1e-8 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static Adam of(float learningRate) {
        return new Adam(learningRate);
    }

    /**
     * Whether weight decay scales the parameters instead of adding to the gradient.
     *
     * @param value the default is false; true makes this AdamW
     * @return this
     */
    public Adam decoupledWeightDecay(boolean value) {
        defaults.decoupledWeightDecay(value);
        return this;
    }
}
