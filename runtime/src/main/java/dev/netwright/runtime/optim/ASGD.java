package dev.netwright.runtime.optim;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Averaged stochastic gradient descent as {@code torch.optim.ASGD} (Polyak and Juditsky, 1992): at step t the
 * parameters are scaled by 1 - lambd eta and move by -eta g, where eta is lr at the first step and lr / (1 + lambd lr
 * t)^alpha after step t. Their average, in the state as {@code ax}, is the parameters themselves up to step t0, and
 * over all steps from there on. Weight decay adds weightDecay * parameter to g first.
 */
public final class ASGD extends GroupedOptimizer<ASGD, ASGD.Group> {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption lambd = option("lambd", GroupOption.Range.NOT_NEGATIVE, 1e-4f);
        private final GroupOption alpha = option("alpha", GroupOption.Range.NOT_NEGATIVE, 0.75f);
        private final GroupOption t0 = option("t0", GroupOption.Range.NOT_NEGATIVE, 1e6f);
        /** The rate and the weight of the average that the next step uses. */
        private float eta;

        private float mu;
        private float nextEta;
        private float nextMu;
        private float stepSign;
        private float stepDecay;
        private float stepKeep;
        private float stepRate;
        private float stepTake;

        private Group(float learningRate) {
            super(learningRate, 0);
        }

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        @Override
        Group self() {
            return this;
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
        Map<String, Float> numbers() {
            Map<String, Float> numbers = super.numbers();
            numbers.put("eta", eta);
            numbers.put("mu", mu);
            return numbers;
        }

        @Override
        void number(String name, float value) {
            switch (name) {
                case "eta" -> eta = value;
                case "mu" -> mu = value;
                default -> super.number(name, value);
            }
        }

        @Override
        List<String> torchScalars() {
            return List.of("eta", "mu");
        }

        @Override
        void writeScalars(float[] target) {
            target[0] = eta;
            target[1] = mu;
        }

        @Override
        void readScalars(float[] source) {
            eta = source[0];
            mu = source[1];
        }

        @Override
        void commit() {
            eta = nextEta;
            mu = nextMu;
        }

        @Override
        void prepare(long step) {
            double rate = learningRate();
            double now = step == 1 ? rate : eta;
            nextEta = (float) (rate / power(1 + lambd.decimal() * rate * step, alpha.decimal()));
            nextMu = (float) (1 / Math.max(1, step - t0.decimal()));
            stepSign = maximize() ? -1 : 1;
            stepDecay = weightDecay();
            stepKeep = (float) (1 - lambd.decimal() * now);
            stepRate = (float) -now;
            stepTake = step == 1 ? 1 : mu;
        }
    }

    private float[] average;

    private ASGD(Group defaults) {
        super(defaults);
    }

    /**
     * ASGD with lambd 1e-4, alpha 0.75, averages from step 1e6 on, and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.01
     * @return a new optimiser
     */
    public static ASGD of(float learningRate) {
        return new ASGD(new Group(learningRate));
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.01.
     *
     * @return a new optimiser
     */
    public static ASGD of() {
        return of(0.01f);
    }

    @Override
    ASGD self() {
        return this;
    }

    @Override
    Group newGroup(String pattern) {
        return new Group(pattern, defaults);
    }

    /**
     * The weight decay, an L2 penalty.
     *
     * @param value 0 or more; the default is 0
     * @return this
     */
    public ASGD weightDecay(float value) {
        defaults.weightDecay(value);
        return this;
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
    void allocate(int length) {
        if (average == null) {
            average = new float[length];
        }
        commit();
    }

    @Override
    void update(int index, float[] values, float[] gradients, int from, int to) {
        asgd(options(index), values, gradients, from, to, average);
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

    @Override
    Map<String, float[]> slots() {
        return Collections.singletonMap("ax", average);
    }

    @Override
    void slot(String name, float[] state) {
        average = state;
    }
}
