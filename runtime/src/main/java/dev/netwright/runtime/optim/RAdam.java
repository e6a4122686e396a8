package dev.netwright.runtime.optim;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam whose step waits for a reliable variance, as {@code torch.optim.RAdam} (Liu and others, 2020): at step t, with
 * r = 2 / (1 - beta2) - 1 and p = r - 2 t beta2^t / (1 - beta2^t), m += (1 - beta1) (g - m),
 * v = beta2 v + (1 - beta2) g^2, and the parameters move by -lr m / (1 - beta1^t), times
 * sqrt((p - 4) (p - 2) r / ((r - 4) (r - 2) p)) sqrt(1 - beta2^t) / (sqrt(v) + eps) where p is above 5. Weight decay
 * adds weightDecay * parameter to g first, or, decoupled, scales the parameters by 1 - lr * weightDecay first.
 */
public final class RAdam extends GroupedOptimizer<RAdam, RAdam.Group> {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption[] betas = tuple("betas", GroupOption.Range.BELOW_ONE, 0.9f, 0.999f);
        private final GroupOption eps = option("eps", GroupOption.Range.NOT_NEGATIVE, 1e-8f);
        private final GroupFlag decoupled = flag("decoupled_weight_decay", false);
        private float stepSign;
        private float stepDecay;
        private float stepKeep;
        private float stepTake1;
        private float stepKeep2;
        private float stepTake2;
        private float stepEps;
        private float stepRate;
        private boolean stepRectified;

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
         * The decay of the running averages.
         *
         * @param first of the gradient, 0 to below 1
         * @param second of its square, 0 to below 1
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

        /**
         * Whether weight decay scales the parameters by 1 - lr * weightDecay instead of adding to the gradient.
         *
         * @param value PyTorch's default is false
         * @return this
         */
        public Group decoupledWeightDecay(boolean value) {
            decoupled.set(value);
            return this;
        }

        @Override
        GroupOption momentumOption() {
            return betas[0];
        }

        @Override
        void prepare(long step) {
            double first = betas[0].decimal();
            double second = betas[1].decimal();
            double rate = learningRate();
            double power = power(second, step);
            double longest = 2 / (1 - second) - 1;
            double length = longest - 2 * step * power / (1 - power);
            stepSign = maximize() ? -1 : 1;
            stepDecay = decoupled.get() ? 0 : weightDecay();
            stepKeep = decoupled.get() ? (float) (1 - rate * weightDecay()) : 1;
            stepTake1 = (float) (1 - first);
            stepKeep2 = (float) second;
            stepTake2 = (float) (1 - second);
            // Never 0: parameters without any gradient, padding among them, would become 0 / 0.
            stepEps = Math.max(eps.get(), Float.MIN_NORMAL);
            stepRectified = length > 5;
            double rectified = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length);
            double factor = stepRectified ? Math.sqrt(rectified) * Math.sqrt(1 - power) : 1;
            stepRate = (float) (-rate / (1 - power(first, step)) * factor);
        }
    }

    private float[] average;
    private float[] squares;

    private RAdam(Group defaults) {
        super(defaults);
    }

    /**
     * RAdam with betas 0.9 and 0.999, eps 1e-8 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static RAdam of(float learningRate) {
        return new RAdam(new Group(learningRate));
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.001.
     *
     * @return a new optimiser
     */
    public static RAdam of() {
        return of(0.001f);
    }

    @Override
    RAdam self() {
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
    public RAdam weightDecay(float value) {
        defaults.weightDecay(value);
        return this;
    }

    /**
     * The decay of the running averages.
     *
     * @param first of the gradient, 0 to below 1; the default is 0.9
     * @param second of its square, 0 to below 1; the default is 0.999
     * @return this
     */
    public RAdam betas(float first, float second) {
        defaults.betas(first, second);
        return this;
    }

    /**
     * What keeps the denominator from 0.
     *
     * @param value 0 or more; the default is 1e-8
     * @return this
     */
    public RAdam eps(float value) {
        defaults.eps(value);
        return this;
    }

    /**
     * Whether weight decay scales the parameters by 1 - lr * weightDecay instead of adding to the gradient.
     *
     * @param value the default is false
     * @return this
     */
    public RAdam decoupledWeightDecay(boolean value) {
        defaults.decoupledWeightDecay(value);
        return this;
    }

    @Override
    void allocate(int length) {
        if (average == null) {
            average = new float[length];
            squares = new float[length];
        }
    }

    @Override
    void update(int index, float[] values, float[] gradients, int from, int to) {
        Group group = options(index);
        average(group, values, gradients, from, to, average, squares);
        if (group.stepRectified) {
            rectified(values, average, squares, from, to, group.stepKeep, group.stepRate, group.stepEps);
        } else {
            plain(values, average, from, to, group.stepKeep, group.stepRate);
        }
    }

    private static void average(Group group, float[] v, float[] g, int from, int to, float[] m, float[] s) {
        float sign = group.stepSign;
        float decay = group.stepDecay;
        float take1 = group.stepTake1;
        float keep2 = group.stepKeep2;
        float take2 = group.stepTake2;
        for (int i = from; i < to; i++) {
            float gradient = sign * g[i] + decay * v[i];
            m[i] = m[i] + take1 * (gradient - m[i]);
            s[i] = keep2 * s[i] + take2 * gradient * gradient;
        }
    }

    private static void rectified(
            float[] v, float[] m, float[] s, int from, int to, float keep, float rate, float eps) {
        for (int i = from; i < to; i++) {
            v[i] = keep * v[i] + rate * m[i] / ((float) Math.sqrt(s[i]) + eps);
        }
    }

    private static void plain(float[] v, float[] m, int from, int to, float keep, float rate) {
        for (int i = from; i < to; i++) {
            v[i] = keep * v[i] + rate * m[i];
        }
    }

    @Override
    Map<String, float[]> slots() {
        Map<String, float[]> slots = new LinkedHashMap<>();
        slots.put("exp_avg", average);
        slots.put("exp_avg_sq", squares);
        return slots;
    }

    @Override
    void slot(String name, float[] state) {
        switch (name) {
            case "exp_avg" -> average = state;
            default -> squares = state;
        }
    }
}
