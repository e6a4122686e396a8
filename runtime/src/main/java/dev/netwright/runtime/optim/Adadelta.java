package dev.netwright.runtime.optim;

/**
 * Steps in units of the parameters as {@code torch.optim.Adadelta} (Zeiler, 2012): s = rho s + (1 - rho) g^2,
 * d = sqrt(a + eps) / sqrt(s + eps) g, a = rho a + (1 - rho) d^2, and the parameters move by -lr d. Weight decay adds
 * weightDecay * parameter to g first.
 */
public final class Adadelta extends WeightDecayOptimizer<Adadelta, Adadelta.Group> {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption rho = option("rho", Range.UP_TO_ONE, 0.9f);
        private final GroupOption eps = option("eps", Range.NOT_NEGATIVE, 1e-6f);
        private float stepRho;
        private float stepTake;
        private float stepEps;
        private float stepRate;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        /**
         * The decay of the running averages of squares.
         *
         * @param value 0 to 1
         * @return this
         */
        public Group rho(float value) {
            rho.set(value);
            return this;
        }

        /**
         * What keeps roots and the denominator from 0.
         *
         * @param value 0 or more
         * @return this
         */
        public Group eps(float value) {
            eps.set(value);
            return this;
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            stepRho = rho.get();
            stepTake = (float) (1 - rho.decimal());
            stepEps = eps.divisor();
            stepRate = -learningRate();
        }
    }

    private final Slot squares = slot("square_avg");
    private final Slot deltas = slot("acc_delta");

    private Adadelta(float learningRate) {
        super(Group::new, learningRate);
    }

    /**
     * Adadelta with rho 0.9, eps 1e-6 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 1
     * @return a new optimiser
     */
    public static Adadelta of(float learningRate) {
        return new Adadelta(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 1.
     *
     * @return a new optimiser
     */
    public static Adadelta of() {
        return of(1);
    }

    /**
     * The decay of the running averages of squares.
     *
     * @param value 0 to 1; the default is 0.9
     * @return this
     */
    public Adadelta rho(float value) {
        defaults.rho(value);
        return this;
    }

    /**
     * What keeps roots and the denominator from 0.
     *
     * @param value 0 or more; the default is 1e-6
     * @return this
     */
    public Adadelta eps(float value) {
        defaults.eps(value);
        return this;
    }

    @Override
    void update(int index, float[] values, float[] gradients, float[][] kept, int from, int to) {
        adadelta(options(index), values, gradients, from, to, squares.of(kept), deltas.of(kept));
    }

    private static void adadelta(Group group, float[] v, float[] g, int from, int to, float[] s, float[] a) {
        float sign = group.stepSign;
        float decay = group.stepDecay;
        float rho = group.stepRho;
        float take = group.stepTake;
        float eps = group.stepEps;
        float rate = group.stepRate;
        for (int i = from; i < to; i++) {
            float gradient = sign * g[i] + decay * v[i];
            float square = rho * s[i] + take * gradient * gradient;
            float delta = (float) Math.sqrt(a[i] + eps) / (float) Math.sqrt(square + eps) * gradient;
            s[i] = square;
            a[i] = rho * a[i] + take * delta * delta;
            v[i] = v[i] + rate * delta;
        }
    }
}
