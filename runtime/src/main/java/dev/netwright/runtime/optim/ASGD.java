package dev.netwright.runtime.optim;

/**
 * Averaged stochastic gradient descent as {@code torch.optim.ASGD} (Polyak and Juditsky, 1992): at step t the
 * parameters are scaled by 1 - lambd eta and move by -eta g, where eta is lr at the first step and lr / (1 + lambd lr
 * t)^alpha after step t. Their average, in the state as {@code ax}, is the parameters themselves up to step t0, and
 * over all steps from there on. Weight decay adds weightDecay * parameter to g first.
 */
public final class ASGD extends WeightDecayOptimizer<ASGD, ASGD.Group> {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption lambd = option("lambd", Range.NOT_NEGATIVE, 1e-4f);
        private final GroupOption alpha = option("alpha", Range.NOT_NEGATIVE, 0.75f);
        private final GroupOption t0 = option("t0", Range.NOT_NEGATIVE, 1e6f);
        /** The rate and the weight of the average that the next step uses. */
        private final GroupScalar eta = scalar("eta", 0);

        private final GroupScalar mu = scalar("mu", 0);
        private float stepKeep;
        private float stepRate;
        private float stepTake;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        /**
         * The decay of the rate and of the parameters.
         *
         * @param value 0 or more
         * @return this
         */
        public Group lambd(float value) {
            lambd.set(value);
            return this;
        }

        /**
         * The power with which the rate falls.
         *
         * @param value 0 or more
         * @return this
         */
        public Group alpha(float value) {
            alpha.set(value);
            return this;
        }

        /**
         * The step from which on the parameters are averaged.
         *
         * @param value 0 or more
         * @return this
         */
        public Group t0(float value) {
            t0.set(value);
            return this;
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            double rate = learningRate();
            double now = step == 1 ? rate : eta.value;
            eta.next = (float) (rate / power(1 + lambd.decimal() * rate * step, alpha.decimal()));
            mu.next = (float) (1 / Math.max(1, step - t0.decimal()));
            stepKeep = (float) (1 - lambd.decimal() * now);
            stepRate = (float) -now;
            stepTake = step == 1 ? 1 : mu.value;
        }
    }

    private final Slot average = slot("ax");

    private ASGD(float learningRate) {
        super(Group::new, learningRate);
    }

    /**
     * ASGD with lambd 1e-4, alpha 0.75, averages from step 1e6 on, and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.01
     * @return a new optimiser
     */
    public static ASGD of(float learningRate) {
        return new ASGD(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.01.
     *
     * @return a new optimiser
     */
    public static ASGD of() {
        return of(0.01f);
    }

    /**
     * The decay of the rate and of the parameters.
     *
     * @param value 0 or more; the default is 1e-4
     * @return this
     */
    public ASGD lambd(float value) {
        defaults.lambd(value);
        return this;
    }

    /**
     * The power with which the rate falls.
     *
     * @param value 0 or more; the default is 0.75
     * @return this
     */
    public ASGD alpha(float value) {
        defaults.alpha(value);
        return this;
    }

    /**
     * The step from which on the parameters are averaged.
     *
     * @param value 0 or more; the default is 1e6
     * @return this
     */
    public ASGD t0(float value) {
        defaults.t0(value);
        return this;
    }

    @Override
    void update(int index, float[] values, float[] gradients, float[][] kept, int from, int to) {
        asgd(options(index), values, gradients, from, to, average.of(kept));
    }

    private static void asgd(Group group, float[] v, float[] g, int from, int to, float[] a) {
        float sign = group.stepSign;
        float decay = group.stepDecay;
        float keep = group.stepKeep;
        float rate = group.stepRate;
        float take = group.stepTake;
        float old = 1 - take;
        for (int i = from; i < to; i++) {
            float moved = keep * v[i] + rate * (sign * g[i] + decay * v[i]);
            v[i] = moved;
            a[i] = old * a[i] + take * moved;
        }
    }
}
