package dev.netwright.runtime.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with Nesterov momentum as {@code torch.optim.NAdam} (Dozat, 2016): at step t, with
 * mu = beta1 (1 - 0.96^(t momentumDecay) / 2), mu' the same for t + 1, and P the product of all mu so far,
 * m += (1 - beta1) (g - m), v = beta2 v + (1 - beta2) g^2, d = sqrt(v / (1 - beta2^t)) + eps, and the parameters move
 * by -lr (1 - mu) / (1 - P) * g / d - lr mu' / (1 - P mu') * m / d. Weight decay adds weightDecay * parameter to g
 * first, or, decoupled, scales the parameters by 1 - lr * weightDecay first.
 */
public final class NAdam extends GroupedOptimizer<NAdam, NAdam.Group> {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption[] betas = tuple("betas", GroupOption.Range.BELOW_ONE, 0.9f, 0.999f);
        private final GroupOption eps = option("eps", GroupOption.Range.NOT_NEGATIVE, 1e-8f);
        private final GroupOption momentumDecay = option("momentum_decay", GroupOption.Range.NOT_NEGATIVE, 4e-3f);
        private final GroupFlag decoupled = flag("decoupled_weight_decay", false);
        /** The product of all momenta so far, rounded to a float at every step as in PyTorch. */
        private float product = 1;

        private float nextProduct;
        private float stepSign;
        private float stepDecay;
        private float stepKeep;
        private float stepTake1;
        private float stepKeep2;
        private float stepTake2;
        private float stepRoot;
        private float stepEps;
        private float stepGradientRate;
        private float stepAverageRate;

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
         * How fast the momentum grows to the first beta.
         *
         * @param value 0 or more
         * @return this
         */
        public Group momentumDecay(float value) {
            momentumDecay.set(value);
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
        Map<String, Float> numbers() {
            Map<String, Float> numbers = super.numbers();
            numbers.put("mu_product", product);
            return numbers;
        }

        @Override
        void number(String name, float value) {
            if (name.equals("mu_product")) {
                product = value;
            } else {
                super.number(name, value);
            }
        }

        @Override
        List<String> torchScalars() {
            return List.of("mu_product");
        }

        @Override
        void writeScalars(float[] target) {
            target[0] = product;
        }

        @Override
        void readScalars(float[] source) {
            product = source[0];
        }

        @Override
        void commit() {
            product = nextProduct;
        }

        @Override
        void prepare(long step) {
            double first = betas[0].decimal();
            double second = betas[1].decimal();
            double psi = momentumDecay.decimal();
            double rate = learningRate();
            double momentum = first * (1 - 0.5 * power(0.96, step * psi));
            double next = first * (1 - 0.5 * power(0.96, (step + 1) * psi));
            nextProduct = (float) ((step == 1 ? 1 : product) * momentum);
            stepSign = maximize() ? -1 : 1;
            stepDecay = decoupled.get() ? 0 : weightDecay();
            stepKeep = decoupled.get() ? (float) (1 - rate * weightDecay()) : 1;
            stepTake1 = (float) (1 - first);
            stepKeep2 = (float) second;
            stepTake2 = (float) (1 - second);
            stepRoot = (float) Math.sqrt(1 - power(second, step));
            // Never 0: parameters without any gradient, padding among them, would become 0 / 0.
            stepEps = Math.max(eps.get(), Float.MIN_NORMAL);
            stepGradientRate = (float) (-rate * (1 - momentum) / (1 - nextProduct));
            stepAverageRate = (float) (-rate * next / (1 - nextProduct * next));
        }
    }

    private float[] average;
    private float[] squares;

    private NAdam(Group defaults) {
        super(defaults);
    }

    /**
     * NAdam with betas 0.9 and 0.999, eps 1e-8, momentum decay 0.004 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.002
     * @return a new optimiser
     */
    public static NAdam of(float learningRate) {
        return new NAdam(new Group(learningRate));
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.002.
     *
     * @return a new optimiser
     */
    public static NAdam of() {
        return of(0.002f);
    }

    @Override
    NAdam self() {
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
    public NAdam weightDecay(float value) {
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
    public NAdam betas(float first, float second) {
        defaults.betas(first, second);
        return this;
    }

    /**
     * What keeps the denominator from 0.
     *
     * @param value 0 or more; the default is 1e-8
     * @return this
     */
    public NAdam eps(float value) {
        defaults.eps(value);
        return this;
    }

    /**
     * How fast the momentum grows to the first beta.
     *
     * @param value 0 or more; the default is 0.004
     * @return this
     */
    public NAdam momentumDecay(float value) {
        defaults.momentumDecay(value);
        return this;
    }

    /**
     * Whether weight decay scales the parameters by 1 - lr * weightDecay instead of adding to the gradient.
     *
     * @param value the default is false
     * @return this
     */
    public NAdam decoupledWeightDecay(boolean value) {
        defaults.decoupledWeightDecay(value);
        return this;
    }

    @Override
    void allocate(int length) {
        if (average == null) {
            average = new float[length];
            squares = new float[length];
        }
        commit();
    }

    @Override
    void update(int index, float[] values, float[] gradients, int from, int to) {
        nadam(options(index), values, gradients, from, to, average, squares);
    }

    private static void nadam(Group group, float[] v, float[] g, int from, int to, float[] m, float[] s) {
        float sign = group.stepSign;
        float decay = group.stepDecay;
        float keep = group.stepKeep;
        float take1 = group.stepTake1;
        float keep2 = group.stepKeep2;
        float take2 = group.stepTake2;
        float root = group.stepRoot;
        float eps = group.stepEps;
        float gradientRate = group.stepGradientRate;
        float averageRate = group.stepAverageRate;
        for (int i = from; i < to; i++) {
            float gradient = sign * g[i] + decay * v[i];
            float mean = m[i] + take1 * (gradient - m[i]);
            float square = keep2 * s[i] + take2 * gradient * gradient;
            m[i] = mean;
            s[i] = square;
            v[i] = keep * v[i]
                    + (gradientRate * gradient + averageRate * mean) / ((float) Math.sqrt(square) / root + eps);
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
