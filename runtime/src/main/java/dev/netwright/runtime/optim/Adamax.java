package dev.netwright.runtime.optim;

/**
 * Adam with the infinity norm as {@code torch.optim.Adamax} (Kingma and Ba, 2015): at step t,
 * m += (1 - beta1) (g - m), u = max(beta2 u, |g| + eps), and the parameters move by -lr / (1 - beta1^t) * m / u. Weight
 * decay adds weightDecay * parameter to g first.
 */
public final class Adamax extends MomentsOptimizer<Adamax, Adamax.Group> {
    /** Options of some parameters. */
    public static final class Group extends MomentsGroup<Group> {
        private float stepRate;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        /**
         * The decay of the running average and of the running maximum.
         *
         * @param first of the gradient, 0 to below 1
         * @param second of its magnitude, 0 to below 1
         * @return this
         */
        @Override
        public Group betas(float first, float second) {
            return super.betas(first, second);
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            stepRate = (float) (-learningRate() / (1 - power(betas[0].decimal(), step)));
        }
    }

    private final Slot norms = slot("exp_inf");

    private Adamax(float learningRate) {
        super(Group::new, learningRate);
    }

    /**
     * Adamax with betas 0.9 and 0.999, eps 1e-8 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.002
     * @return a new optimiser
     */
    public static Adamax of(float learningRate) {
        return new Adamax(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.002.
     *
     * @return a new optimiser
     */
    public static Adamax of() {
        return of(0.002f);
    }

    /**
     * The decay of the running average and of the running maximum.
     *
     * @param first of the gradient, 0 to below 1; the default is 0.9
     * @param second of its magnitude, 0 to below 1; the default is 0.999
     * @return this
     */
    @Override
    public Adamax betas(float first, float second) {
        return super.betas(first, second);
    }

    @Override
    void update(int index, float[] values, float[] gradients, float[][] kept, int from, int to) {
        adamax(options(index), values, gradients, from, to, average.of(kept), norms.of(kept));
    }

    /** Two loops, as in {@link AdamOptimizer}: a maximum keeps C2 from vectorising the one. */
    private static void adamax(Group group, float[] v, float[] g, int from, int to, float[] m, float[] u) {
        float sign = group.stepSign;
        float decay = group.stepDecay;
        float take1 = group.stepTake1;
        float keep2 = group.stepKeep2;
        float eps = group.stepEps;
        for (int i = from; i < to; i++) {
            float gradient = sign * g[i] + decay * v[i];
            m[i] = m[i] + take1 * (gradient - m[i]);
            u[i] = Math.max(keep2 * u[i], Math.abs(gradient) + eps);
        }
        float rate = group.stepRate;
        for (int i = from; i < to; i++) {
            v[i] = v[i] + rate * m[i] / u[i];
        }
    }
}
