package dev.netwright.runtime.optim;

/**
 * Adam whose step waits for a reliable variance, as {@code torch.optim.RAdam} (Liu and others, 2020): at step t, with
 * r = 2 / (1 - beta2) - 1 and p = r - 2 t beta2^t / (1 - beta2^t), m += (1 - beta1) (g - m),
 * v = beta2 v + (1 - beta2) g^2, and the parameters move by -lr m / (1 - beta1^t), times
 * sqrt((p - 4) (p - 2) r / ((r - 4) (r - 2) p)) sqrt(1 - beta2^t) / (sqrt(v) + eps) where p is above 5. Weight decay
 * adds weightDecay * parameter to g first, or, decoupled, scales the parameters by 1 - lr * weightDecay first.
 */
public final class RAdam extends MomentsOptimizer<RAdam, RAdam.Group> {
    /** Options of some parameters. */
    public static final class Group extends DecoupledGroup<Group> {
        private float stepRate;
        private boolean stepRectified;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            double first = betas[0].decimal();
            double second = betas[1].decimal();
            double rate = learningRate();
            double power = power(second, step);
            double longest = 2 / (1 - second) - 1;
            double length = longest - 2 * step * power / (1 - power);
            stepRectified = length > 5;
            double rectified = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length);
            double factor = stepRectified ? Math.sqrt(rectified) * Math.sqrt(1 - power) : 1;
            stepRate = (float) (-rate / (1 - power(first, step)) * factor);
        }
    }

    private final Slot squares = slot("exp_avg_sq");

    private RAdam(float learningRate) {
        super(Group::new, learningRate);
    }

    /**
     * RAdam with betas 0.9 and 0.999, eps 1e-8 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static RAdam of(float learningRate) {
        return new RAdam(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.001.
     *
     * @return a new optimiser
     */
    public static RAdam of() {
        return of(0.001f);
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
    void update(int index, float[] values, float[] gradients, float[][] kept, int from, int to) {
        Group group = options(index);
        float[] mean = average.of(kept);
        float[] square = squares.of(kept);
        average(group, values, gradients, from, to, mean, square);
        if (group.stepRectified) {
            rectified(values, mean, square, from, to, group.stepKeep, group.stepRate, group.stepEps);
        } else {
            plain(values, mean, from, to, group.stepKeep, group.stepRate);
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
}
