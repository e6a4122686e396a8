package dev.netwright.runtime.optim;

import dev.netwright.runtime.RowGradient;
import java.util.Map;

/**
 * Stochastic gradient descent as {@code torch.optim.SGD}: with momentum, b = g at the first step and
 * momentum * b + (1 - dampening) * g after; the parameters move by -lr * b, with Nesterov by -lr * (g + momentum * b).
 * Weight decay adds weightDecay * parameter to g first.
 */
public final class SGD extends WeightDecayOptimizer<SGD, SGD.Group> {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption momentum = option("momentum", "The momentum", Range.NOT_NEGATIVE, 0);
        private final GroupOption dampening = option("dampening", "The dampening", Range.FINITE, 0);
        private final GroupFlag nesterov = flag("nesterov", false);
        private boolean moving;
        private float stepRate;
        private float stepMomentum;
        private float stepGradient;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        /**
         * The momentum.
         *
         * @param value 0 or more
         * @return this
         */
        public Group momentum(float value) {
            momentum.set(value);
            return this;
        }

        /**
         * The dampening of the momentum.
         *
         * @param value any finite number
         * @return this
         */
        public Group dampening(float value) {
            dampening.set(value);
            return this;
        }

        /**
         * Nesterov momentum.
         *
         * @param value needs a momentum above 0 and no dampening
         * @return this
         */
        public Group nesterov(boolean value) {
            nesterov.set(value);
            return this;
        }

        @Override
        Map<String, Float> numbers() {
            Map<String, Float> numbers = super.numbers();
            numbers.put("momentum_begun", moving ? 1f : 0f);
            return numbers;
        }

        @Override
        void number(String name, float value) {
            if (name.equals("momentum_begun")) {
                moving = value != 0;
            } else {
                super.number(name, value);
            }
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            stepRate = -learningRate();
            stepMomentum = momentum.get();
            if (nesterov.get() && (stepMomentum == 0 || dampening.get() != 0)) {
                throw new IllegalArgumentException(
                        "Nesterov needs a momentum above 0 and no dampening, but momentum is " + stepMomentum
                                + " and dampening " + dampening.get() + ".");
            }
            // The first buffer is the gradient itself: 0 * 0 + 1 * g.
            stepGradient = moving ? 1 - dampening.get() : 1;
        }

        @Override
        void commit() {
            super.commit();
            moving |= stepMomentum != 0;
        }
    }

    private final Slot buffer = slot("momentum_buffer", group -> group.stepMomentum != 0);

    private SGD(float learningRate) {
        super(Group::new, learningRate);
    }

    /**
     * Plain gradient descent; momentum, dampening and weight decay are 0.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static SGD of(float learningRate) {
        return new SGD(learningRate);
    }

    /**
     * The momentum.
     *
     * @param value 0 or more; the default is 0
     * @return this
     */
    public SGD momentum(float value) {
        defaults.momentum(value);
        return this;
    }

    /**
     * The dampening of the momentum.
     *
     * @param value the default is 0
     * @return this
     */
    public SGD dampening(float value) {
        defaults.dampening(value);
        return this;
    }

    /**
     * Nesterov momentum.
     *
     * @param value the default is false; needs a momentum above 0 and no dampening, checked at the next step
     * @return this
     */
    public SGD nesterov(boolean value) {
        defaults.nesterov(value);
        return this;
    }

    @Override
    void prepare(int group, long step) {
        super.prepare(group, step);
        // Others of the group may have begun.
        if (step == 1 && isSteppingLate()) {
            options(group).stepGradient = 1;
        }
    }

    @Override
    void update(int index, float[] values, float[] gradients, float[][] kept, int from, int to) {
        Group group = options(index);
        if (group.stepMomentum == 0) {
            descend(group, values, gradients, from, to);
        } else if (group.nesterov.get()) {
            nesterov(group, values, gradients, from, to, buffer.of(kept));
        } else {
            momentum(group, values, gradients, from, to, buffer.of(kept));
        }
    }

    private static void descend(Group group, float[] v, float[] g, int from, int to) {
        float rate = group.stepRate;
        float sign = group.stepSign;
        float decay = group.stepDecay;
        for (int i = from; i < to; i++) {
            v[i] = v[i] + rate * (sign * g[i] + decay * v[i]);
        }
    }

    private static void momentum(Group group, float[] v, float[] g, int from, int to, float[] b) {
        float rate = group.stepRate;
        float sign = group.stepSign;
        float decay = group.stepDecay;
        float mu = group.stepMomentum;
        float tau = group.stepGradient;
        for (int i = from; i < to; i++) {
            float moved = mu * b[i] + tau * (sign * g[i] + decay * v[i]);
            b[i] = moved;
            v[i] = v[i] + rate * moved;
        }
    }

    private static void nesterov(Group group, float[] v, float[] g, int from, int to, float[] b) {
        float rate = group.stepRate;
        float sign = group.stepSign;
        float decay = group.stepDecay;
        float mu = group.stepMomentum;
        float tau = group.stepGradient;
        for (int i = from; i < to; i++) {
            float gradient = sign * g[i] + decay * v[i];
            float moved = mu * b[i] + tau * gradient;
            b[i] = moved;
            v[i] = v[i] + rate * (gradient + mu * moved);
        }
    }

    @Override
    boolean takesSparse() {
        return true;
    }

    @Override
    boolean stepsNamedRows(RowGradient rows, int index) {
        Group group = options(index);
        return !rows.isWhole() && group.stepMomentum == 0 && group.stepDecay == 0 && group.stepSign > 0;
    }

    /** PyTorch's SGD keeps a buffer alone. */
    @Override
    boolean torchCountsSteps() {
        return false;
    }

    /** What a state does not say otherwise. */
    @Override
    void loaded() {
        all.forEach(group -> group.moving = buffer.values() != null);
    }
}
