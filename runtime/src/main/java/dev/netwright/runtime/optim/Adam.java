package dev.netwright.runtime.optim;

import dev.netwright.runtime.files.torch.PickledTuple;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adam as {@code torch.optim.Adam} (Kingma and Ba, 2015; AMSGrad: Reddi and others, 2018): at step t,
 * m += (1 - beta1) (g - m), v = beta2 v + (1 - beta2) g^2, and the parameters move by
 * -lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps). Weight decay adds weightDecay * parameter to g first,
 * or, decoupled, scales the parameters by 1 - lr * weightDecay first.
 */
public final class Adam extends AdamOptimizer {
    /** Options of some parameters, also for {@link AdamW}. */
    public static final class Group extends ParameterGroup<Group> {
        private float beta1 = Float.NaN;
        private float beta2 = Float.NaN;
        private float eps = Float.NaN;
        private Boolean amsgrad;
        private Boolean decoupled;
        /** The doubles of {@link #beta1} and {@link #beta2}, kept because the conversion allocates. */
        private double decimal1;

        private double decimal2;
        float stepSign;
        float stepDecay;
        float stepKeep;
        float stepTake1;
        float stepKeep2;
        float stepTake2;
        float stepRoot;
        float stepEps;
        float stepRate;
        boolean stepAmsgrad;

        Group(float learningRate, float weightDecay, boolean decoupled) {
            super(learningRate, weightDecay);
            betas(0.9f, 0.999f);
            this.eps = 1e-8f;
            this.amsgrad = false;
            this.decoupled = decoupled;
        }

        Group(String pattern, Group parent) {
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
            if (!(first >= 0 && first < 1 && second >= 0 && second < 1)) {
                throw new IllegalArgumentException(
                        "The betas must be at least 0 and below 1, but are " + first + " and " + second + ".");
            }
            beta1 = first;
            beta2 = second;
            decimal1 = decimal(first);
            decimal2 = decimal(second);
            return this;
        }

        /**
         * What keeps the denominator from 0.
         *
         * @param value 0 or more
         * @return this
         */
        public Group eps(float value) {
            eps = notNegative("eps", value);
            return this;
        }

        /**
         * Whether to divide by the largest running average of squares so far.
         *
         * @param value PyTorch's default is false
         * @return this
         */
        public Group amsgrad(boolean value) {
            amsgrad = value;
            return this;
        }

        /**
         * Whether weight decay scales the parameters instead of adding to the gradient.
         *
         * @param value true makes Adam AdamW
         * @return this
         */
        public Group decoupledWeightDecay(boolean value) {
            decoupled = value;
            return this;
        }

        private Group withBetas() {
            return Float.isNaN(beta1) ? parent() : this;
        }

        private float eps() {
            return Float.isNaN(eps) ? parent().eps() : eps;
        }

        private boolean amsgrad() {
            return amsgrad == null ? parent().amsgrad() : amsgrad;
        }

        private boolean decoupled() {
            return decoupled == null ? parent().decoupled() : decoupled;
        }

        @Override
        public boolean hasMomentum() {
            return true;
        }

        @Override
        public void scheduledMomentum(float value) {
            betas(value, withBetas().beta2);
        }

        /** Of the betas the first alone, which schedules move as they move a momentum. */
        @Override
        Map<String, Float> numbers() {
            Map<String, Float> numbers = super.numbers();
            numbers.put("beta1", beta1);
            return numbers;
        }

        @Override
        void number(String name, float value) {
            if (!name.equals("beta1")) {
                super.number(name, value);
            } else if (Float.isNaN(value)) {
                beta1 = value;
            } else {
                beta2 = withBetas().beta2;
                decimal2 = withBetas().decimal2;
                beta1 = value;
                decimal1 = decimal(value);
            }
        }

        @Override
        Map<String, Object> torchOptions() {
            Map<String, Object> options = super.torchOptions();
            Group betas = withBetas();
            options.put("betas", new PickledTuple(List.of(betas.beta1, betas.beta2)));
            options.put("eps", eps());
            options.put("amsgrad", amsgrad());
            options.put("capturable", false);
            options.put("decoupled_weight_decay", decoupled());
            return options;
        }

        /** Files before PyTorch 2.6 do not say whether weight decay is decoupled: the class says it, here as there. */
        @Override
        Runnable prepareTorchOptions(TorchOptions options) {
            float[] betas = options.betas("betas");
            float newEps = options.notNegative("eps", 1e-8f);
            boolean newAmsgrad = options.flag("amsgrad", false);
            boolean newDecoupled = options.flag("decoupled_weight_decay", decoupled());
            Runnable common = super.prepareTorchOptions(options);
            return () -> {
                common.run();
                betas(betas[0], betas[1]);
                eps = newEps;
                amsgrad = newAmsgrad;
                decoupled = newDecoupled;
            };
        }

        @Override
        void prepare(long step) {
            double first = withBetas().decimal1;
            double second = withBetas().decimal2;
            double rate = learningRate();
            stepSign = maximize() ? -1 : 1;
            stepDecay = decoupled() ? 0 : weightDecay();
            stepKeep = decoupled() ? (float) (1 - rate * weightDecay()) : 1;
            stepTake1 = (float) (1 - first);
            stepKeep2 = (float) second;
            stepTake2 = (float) (1 - second);
            stepRoot = (float) Math.sqrt(1 - power(second, step));
            // Never 0: parameters without any gradient, padding among them, would become 0 / 0.
            stepEps = Math.max(eps(), Float.MIN_VALUE);
            stepRate = (float) (-rate / (1 - power(first, step)));
            stepAmsgrad = amsgrad();
        }
    }

    private Adam(Group defaults) {
        super(defaults);
    }

    /**
     * Adam with betas 0.9 and 0.999, eps 1e-8 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static Adam of(float learningRate) {
        return new Adam(new Group(learningRate, 0, false));
    }

    /**
     * The decay of the running averages.
     *
     * @param first of the gradient, 0 to below 1; the default is 0.9
     * @param second of its square, 0 to below 1; the default is 0.999
     * @return this
     */
    public Adam betas(float first, float second) {
        defaults.betas(first, second);
        return this;
    }

    /**
     * What keeps the denominator from 0.
     *
     * @param value 0 or more; the default is 1e-8
     * @return this
     */
    public Adam eps(float value) {
        defaults.eps(value);
        return this;
    }

    /**
     * The weight decay.
     *
     * @param value 0 or more; the default is 0
     * @return this
     */
    public Adam weightDecay(float value) {
        defaults.weightDecay(value);
        return this;
    }

    /**
     * Whether to divide by the largest running average of squares so far.
     *
     * @param value the default is false
     * @return this
     */
    public Adam amsgrad(boolean value) {
        defaults.amsgrad(value);
        return this;
    }

    /**
     * Whether to go up the gradient instead of down.
     *
     * @param value the default is false
     * @return this
     */
    public Adam maximize(boolean value) {
        defaults.maximize(value);
        return this;
    }

    /**
     * Whether weight decay scales the parameters instead of adding to the gradient.
     *
     * @param value the default is false; true makes this AdamW
     * @return this
     */
    public Adam decoupledWeightDecay(boolean value) {
        defaults.decoupledWeightDecay(value);
        return this;
    }

    /**
     * Other options for some parameters.
     *
     * @param pattern a glob over state-dict keys, in which {@code *} also crosses dots
     * @param options sets what differs
     * @return this
     */
    public Adam group(String pattern, Consumer<Group> options) {
        add(pattern, options);
        return this;
    }
}
