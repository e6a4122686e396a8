package dev.netwright.runtime.optim;

import dev.netwright.runtime.RowGradient;
import java.util.Arrays;

/**
 * A rate for every parameter as {@code torch.optim.Adagrad} (Duchi and others, 2011): s += g^2, and at step t the
 * parameters move by -lr / (1 + (t - 1) lrDecay) * g / (sqrt(s) + eps). Weight decay adds weightDecay * parameter to g
 * first.
 */
public final class Adagrad extends WeightDecayOptimizer<Adagrad, Adagrad.Group> {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption lrDecay = option("lr_decay", Range.NOT_NEGATIVE, 0);
        private final GroupOption eps = option("eps", Range.NOT_NEGATIVE, 1e-10f);
        private final GroupOption initial = option("initial_accumulator_value", Range.NOT_NEGATIVE, 0);
        private float stepEps;
        private float stepRate;
        private boolean stepBegins;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        /**
         * How fast the rate falls with the number of steps.
         *
         * @param value 0 or more
         * @return this
         */
        public Group lrDecay(float value) {
            lrDecay.set(value);
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
        void prepare(long step) {
            super.prepare(step);
            stepBegins = step == 1;
            stepEps = eps.divisor();
            stepRate = (float) (-learningRate() / (1 + (step - 1) * lrDecay.decimal()));
        }
    }

    private final Slot sum = slot("sum");

    private Adagrad(float learningRate) {
        super(Group::new, learningRate);
    }

    /**
     * Adagrad with eps 1e-10, sums that start at 0, no decay of the rate and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.01
     * @return a new optimiser
     */
    public static Adagrad of(float learningRate) {
        return new Adagrad(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.01.
     *
     * @return a new optimiser
     */
    public static Adagrad of() {
        return of(0.01f);
    }

    /**
     * How fast the rate falls with the number of steps.
     *
     * @param value 0 or more; the default is 0
     * @return this
     */
    public Adagrad lrDecay(float value) {
        defaults.lrDecay(value);
        return this;
    }

    /**
     * What keeps the denominator from 0.
     *
     * @param value 0 or more; the default is 1e-10
     * @return this
     */
    public Adagrad eps(float value) {
        defaults.eps(value);
        return this;
    }

    /**
     * What the sums of squares start with, for all groups.
     *
     * @param value 0 or more; the default is 0
     * @return this
     */
    public Adagrad initialAccumulatorValue(float value) {
        defaults.initial.set(value);
        return this;
    }

    @Override
    void update(int index, float[] values, float[] gradients, float[][] kept, int from, int to) {
        Group group = options(index);
        if (group.stepBegins) {
            Arrays.fill(sum.of(kept), from, to, defaults.initial.get());
        }
        adagrad(group, values, gradients, from, to, sum.of(kept));
    }

    private static void adagrad(Group group, float[] v, float[] g, int from, int to, float[] s) {
        float sign = group.stepSign;
        float decay = group.stepDecay;
        float eps = group.stepEps;
        float rate = group.stepRate;
        for (int i = from; i < to; i++) {
            float gradient = sign * g[i] + decay * v[i];
            float total = s[i] + gradient * gradient;
            s[i] = total;
            v[i] = v[i] + rate * gradient / ((float) Math.sqrt(total) + eps);
        }
    }

    @Override
    boolean takesSparse() {
        return true;
    }

    @Override
    boolean stepsNamedRows(RowGradient rows, int index) {
        Group group = options(index);
        return !rows.isWhole() && !group.stepBegins && group.stepDecay == 0 && group.stepSign > 0;
    }

    /** PyTorch's Adagrad makes its state before the first step. */
    @Override
    boolean torchBeginsWithState() {
        return true;
    }
}
