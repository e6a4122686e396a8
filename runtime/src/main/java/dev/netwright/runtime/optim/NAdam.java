package dev.netwright.runtime.optim;

/**
 * Adam with Nesterov momentum as {@code torch.optim.NAdam} (Dozat, 2016): at step t, with
 * mu = beta1 (1 - 0.96^(t momentumDecay) / 2), mu' the same for t + 1, and P the product of all mu so far,
 * m += (1 - beta1) (g - m), v = beta2 v + (1 - beta2) g^2, d = sqrt(v / (1 - beta2^t)) + eps, and the parameters move
 * by -lr (1 - mu) / (1 - P) * g / d - lr mu' / (1 - P mu') * m / d. Weight decay adds weightDecay * parameter to g
 * first, or, decoupled, scales the parameters by 1 - lr * weightDecay first.
 */
public final class NAdam extends MomentsOptimizer<NAdam, NAdam.Group> {
    /** Options of some parameters. */
    public static final class Group extends DecoupledGroup<Group> {
        private final GroupOption momentumDecay = option("momentum_decay", Range.NOT_NEGATIVE, 4e-3f);
        /** The product of all momenta so far, rounded to a float at every step as in PyTorch. */
        private final GroupScalar product = scalar("mu_product", 1);

        private float stepRoot;
        private float stepGradientRate;
        private float stepAverageRate;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        /**
         * How fast the momentum grows to the first beta.
         *
         * @param value 0 or more
         * @return this
         */
        public Group momentumDecay(float value) {
            momentumDecay.set(value);
            return this;
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            double first = betas[0].decimal();
            double second = betas[1].decimal();
            double psi = momentumDecay.decimal();
            double rate = learningRate();
            double momentum = first * (1 - 0.5 * power(0.96, step * psi));
            double next = first * (1 - 0.5 * power(0.96, (step + 1) * psi));
            product.next = (float) ((step == 1 ? 1 : product.value) * momentum);
            stepRoot = (float) Math.sqrt(1 - power(second, step));
            stepGradientRate = (float) (-rate * (1 - momentum) / (1 - product.next));
            stepAverageRate = (float) (-rate * next / (1 - product.next * next));
        }
    }

    private final Slot squares = slot("exp_avg_sq");

    private NAdam(float learningRate) {
        super(Group::new, learningRate);
    }

    /**
     * NAdam with betas 0.9 and 0.999, eps 1e-8, momentum decay 0.004 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.002
     * @return a new optimiser
     */
    public static NAdam of(float learningRate) {
        return new NAdam(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.002.
     *
     * @return a new optimiser
     */
    public static NAdam of() {
        return of(0.002f);
    }

    /**
     * How fast the momentum grows to the first beta.
     *
     * @param value 0 or more; the default is 0.004
     * @return this
     */
    public NAdam momentumDecay(float value) {
        defaults.momentumDecay(value);
        return this;
    }

    /**
     * Whether weight decay scales the parameters by 1 - lr * weightDecay instead of adding to the gradient.
     *
     * @param value the default is false
     * @return this
     */
    public NAdam decoupledWeightDecay(boolean value) {
        defaults.decoupledWeightDecay(value);
        return this;
    }

    @Override
    void update(int index, float[] values, float[] gradients, float[][] kept, int from, int to) {
        nadam(options(index), values, gradients, from, to, average.of(kept), squares.of(kept));
    }

    private static void nadam(Group group, float[] v, float[] g, int from, int to, float[] m, float[] s) {
        float sign = group.stepSign;
        float decay = group.stepDecay;
        float keep = group.stepKeep;
        float take1 = group.stepTake1;
        float keep2 = group.stepKeep2;
        float take2 = group.stepTake2;
        float root = group.stepRoot;
        float eps = group.stepEps;
        float gradientRate = group.stepGradientRate;
        float averageRate = group.stepAverageRate;
        for (int i = from; i < to; i++) {
            float gradient = sign * g[i] + decay * v[i];
            float mean = m[i] + take1 * (gradient - m[i]);
            float square = keep2 * s[i] + take2 * gradient * gradient;
            m[i] = mean;
            s[i] = square;
            v[i] = keep * v[i]
                    + (gradientRate * gradient + averageRate * mean) / ((float) Math.sqrt(square) / root + eps);
        }
    }
}
