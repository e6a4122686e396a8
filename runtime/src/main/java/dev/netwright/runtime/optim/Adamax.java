package dev.netwright.runtime.optim;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with the infinity norm as {@code torch.optim.Adamax} (Kingma and Ba, 2015): at step t,
 * m += (1 - beta1) (g - m), u = max(beta2 u, |g| + eps), and the parameters move by -lr / (1 - beta1^t) * m / u. Weight
 * decay adds weightDecay * parameter to g first.
 */
public final class Adamax extends GroupedOptimizer<Adamax, Adamax.Group> {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption[] betas = tuple("betas", GroupOption.Range.BELOW_ONE, 0.9f, 0.999f);
        private final GroupOption eps = option("eps", GroupOption.Range.NOT_NEGATIVE, 1e-8f);
        private float stepSign;
        private float stepDecay;
        private float stepTake1;
        private float stepKeep2;
        private float stepEps;
        private float stepRate;

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
         * The decay of the running average and of the running maximum.
         *
         * @param first of the gradient, 0 to below 1
         * @param second of its magnitude, 0 to below 1
         * @return this
         */
        public Group betas(float first, float second) {
            GroupOption.set(betas, first, second);
            return this;
        }

        /**
         * What keeps the denominator from 0.
         *
         * @param value 0 or more
         * @return this
         */
        public Group eps(float value) {
            eps.set(value);
            return this;
        }

        @Override
        GroupOption momentumOption() {
            return betas[0];
        }

        @Override
        void prepare(long step) {
            stepSign = maximize() ? -1 : 1;
            stepDecay = weightDecay();
            stepTake1 = (float) (1 - betas[0].decimal());
            stepKeep2 = betas[1].get();
            // Never 0: parameters without any gradient, padding among them, would become 0 / 0.
            stepEps = Math.max(eps.get(), Float.MIN_NORMAL);
            stepRate = (float) (-learningRate() / (1 - power(betas[0].decimal(), step)));
        }
    }

    private float[] average;
    private float[] norms;

    private Adamax(Group defaults) {
        super(defaults);
    }

    /**
     * Adamax with betas 0.9 and 0.999, eps 1e-8 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.002
     * @return a new optimiser
     */
    public static Adamax of(float learningRate) {
        return new Adamax(new Group(learningRate));
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.002.
     *
     * @return a new optimiser
     */
    public static Adamax of() {
        return of(0.002f);
    }

    @Override
    Adamax self() {
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
    public Adamax weightDecay(float value) {
        defaults.weightDecay(value);
        return this;
    }

    /**
     * The decay of the running average and of the running maximum.
     *
     * @param first of the gradient, 0 to below 1; the default is 0.9
     * @param second of its magnitude, 0 to below 1; the default is 0.999
     * @return this
     */
    public Adamax betas(float first, float second) {
        defaults.betas(first, second);
        return this;
    }

    /**
     * What keeps the denominator from 0.
     *
     * @param value 0 or more; the default is 1e-8
     * @return this
     */
    public Adamax eps(float value) {
        defaults.eps(value);
        return this;
    }

    @Override
    void allocate(int length) {
        if (average == null) {
            average = new float[length];
            norms = new float[length];
        }
    }

    @Override
    void update(int index, float[] values, float[] gradients, int from, int to) {
        adamax(options(index), values, gradients, from, to, average, norms);
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

    @Override
    Map<String, float[]> slots() {
        Map<String, float[]> slots = new LinkedHashMap<>();
        slots.put("exp_avg", average);
        slots.put("exp_inf", norms);
        return slots;
    }

    @Override
    void slot(String name, float[] state) {
        switch (name) {
            case "exp_avg" -> average = state;
            default -> norms = state;
        }
    }
}
