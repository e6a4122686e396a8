package dev.netwright.runtime.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stochastic gradient descent as {@code torch.optim.SGD}: with momentum, b = g at the first step and
 * momentum * b + (1 - dampening) * g after; the parameters move by -lr * b, with Nesterov by -lr * (g + momentum * b).
 * Weight decay adds weightDecay * parameter to g first.
 */
public final class SGD extends Optimizer {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private float momentum = Float.NaN;
        private float dampening = Float.NaN;
        private Boolean nesterov;
        private boolean moving;
        private float stepRate;
        private float stepSign;
        private float stepDecay;
        private float stepMomentum;
        private float stepGradient;
        private boolean stepNesterov;

        private Group(float learningRate) {
            super(learningRate, 0);
            momentum = 0;
            dampening = 0;
            nesterov = false;
        }

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        @Override
        Group self() {
            return this;
        }

        /**
         * The momentum.
         *
         * @param value 0 or more
         * @return this
         */
        public Group momentum(float value) {
            momentum = notNegative("The momentum", value);
            return this;
        }

        /**
         * The dampening of the momentum.
         *
         * @param value any finite number
         * @return this
         */
        public Group dampening(float value) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("The dampening must be finite, but is " + value + ".");
            }
            dampening = value;
            return this;
        }

        /**
         * Nesterov momentum.
         *
         * @param value needs a momentum above 0 and no dampening
         * @return this
         */
        public Group nesterov(boolean value) {
            nesterov = value;
            return this;
        }

        private float momentum() {
            return Float.isNaN(momentum) ? parent().momentum() : momentum;
        }

        private float dampening() {
            return Float.isNaN(dampening) ? parent().dampening() : dampening;
        }

        private boolean nesterov() {
            return nesterov == null ? parent().nesterov() : nesterov;
        }

        @Override
        public boolean hasMomentum() {
            return true;
        }

        @Override
        public void scheduledMomentum(float value) {
            momentum(value);
        }

        @Override
        Map<String, Float> numbers() {
            Map<String, Float> numbers = super.numbers();
            numbers.put("momentum", momentum);
            numbers.put("momentum_begun", moving ? 1f : 0f);
            return numbers;
        }

        @Override
        void number(String name, float value) {
            switch (name) {
                case "momentum" -> momentum = value;
                case "momentum_begun" -> moving = value != 0;
                default -> super.number(name, value);
            }
        }

        @Override
        Map<String, Object> torchOptions() {
            Map<String, Object> options = super.torchOptions();
            options.put("momentum", momentum());
            options.put("dampening", dampening());
            options.put("nesterov", nesterov());
            return options;
        }

        @Override
        Runnable prepareTorchOptions(TorchOptions options) {
            float newMomentum = options.required("momentum");
            float newDampening = options.number("dampening", 0);
            boolean newNesterov = options.flag("nesterov", false);
            Runnable common = super.prepareTorchOptions(options);
            return () -> {
                common.run();
                momentum = newMomentum;
                dampening = newDampening;
                nesterov = newNesterov;
            };
        }

        private void prepare(boolean begins) {
            if (nesterov() && (momentum() == 0 || dampening() != 0)) {
                throw new IllegalArgumentException(
                        "Nesterov needs a momentum above 0 and no dampening, but momentum is " + momentum()
                                + " and dampening " + dampening() + ".");
            }
            stepRate = -learningRate();
            stepSign = maximize() ? -1 : 1;
            stepDecay = weightDecay();
            stepMomentum = momentum();
            stepNesterov = nesterov();
            // The first buffer is the gradient itself: 0 * 0 + 1 * g.
            stepGradient = moving && !begins ? 1 - dampening() : 1;
        }
    }

    private final Group defaults;
    private final List<Group> all = new ArrayList<>();
    private float[] buffer;

    private SGD(Group defaults) {
        super(defaults);
        this.defaults = defaults;
        all.add(defaults);
    }

    /**
     * Plain gradient descent; momentum, dampening and weight decay are 0.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static SGD of(float learningRate) {
        return new SGD(new Group(learningRate));
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
     * The weight decay, an L2 penalty.
     *
     * @param value 0 or more; the default is 0
     * @return this
     */
    public SGD weightDecay(float value) {
        defaults.weightDecay(value);
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

    /**
     * Whether to go up the gradient instead of down.
     *
     * @param value the default is false
     * @return this
     */
    public SGD maximize(boolean value) {
        defaults.maximize(value);
        return this;
    }

    /**
     * Other options for some parameters.
     *
     * @param pattern a glob over state-dict keys, in which {@code *} also crosses dots
     * @param options sets what differs
     * @return this
     */
    public SGD group(String pattern, Consumer<Group> options) {
        Group group = new Group(pattern, defaults);
        options.accept(group);
        addGroup(group);
        all.add(group);
        return this;
    }

    @Override
    void prepare(int group, long step) {
        all.get(group).prepare(step == 1 && isSteppingLate());
    }

    @Override
    void allocate(int length) {
        for (int i = 0; i < all.size(); i++) {
            Group group = all.get(i);
            if (group.stepMomentum != 0) {
                group.moving = true;
                if (buffer == null) {
                    buffer = new float[length];
                }
            }
        }
    }

    @Override
    void update(int index, float[] values, float[] gradients, int from, int to) {
        Group group = all.get(index);
        float rate = group.stepRate;
        float sign = group.stepSign;
        float decay = group.stepDecay;
        if (group.stepMomentum == 0) {
            descend(values, gradients, from, to, rate, sign, decay);
        } else if (group.stepNesterov) {
            nesterov(values, gradients, buffer, from, to, rate, sign, decay, group.stepMomentum, group.stepGradient);
        } else {
            momentum(values, gradients, buffer, from, to, rate, sign, decay, group.stepMomentum, group.stepGradient);
        }
    }

    private static void descend(float[] v, float[] g, int from, int to, float rate, float sign, float decay) {
        for (int i = from; i < to; i++) {
            v[i] = v[i] + rate * (sign * g[i] + decay * v[i]);
        }
    }

    private static void momentum(
            float[] v,
            float[] g,
            float[] b,
            int from,
            int to,
            float rate,
            float sign,
            float decay,
            float mu,
            float tau) {
        for (int i = from; i < to; i++) {
            float moved = mu * b[i] + tau * (sign * g[i] + decay * v[i]);
            b[i] = moved;
            v[i] = v[i] + rate * moved;
        }
    }

    private static void nesterov(
            float[] v,
            float[] g,
            float[] b,
            int from,
            int to,
            float rate,
            float sign,
            float decay,
            float mu,
            float tau) {
        for (int i = from; i < to; i++) {
            float gradient = sign * g[i] + decay * v[i];
            float moved = mu * b[i] + tau * gradient;
            b[i] = moved;
            v[i] = v[i] + rate * (gradient + mu * moved);
        }
    }

    /** PyTorch's SGD keeps a buffer alone. */
    @Override
    boolean torchCountsSteps() {
        return false;
    }

    @Override
    Map<String, float[]> slots() {
        return Collections.singletonMap("momentum_buffer", buffer);
    }

    @Override
    void slot(String name, float[] state) {
        buffer = state;
        all.forEach(group -> group.moving = state != null);
    }
}
