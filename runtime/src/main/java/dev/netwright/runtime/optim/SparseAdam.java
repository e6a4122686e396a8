package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.RowGradient;

/**
 * Adam for the rows of embeddings that are declared sparse, as {@code torch.optim.SparseAdam}: only rows that a sample
 * named move, and only their averages. At step t, for these, m += (1 - beta1) (g - m), v += (1 - beta2) (g^2 - v), and the
 * parameters move by -lr sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + eps). What else is trained is stepped by the
 * optimiser of the {@link #others}.
 */
public final class SparseAdam extends GroupedOptimizer<SparseAdam, SparseAdam.Group> {
    /** Options of some parameters. */
    public static final class Group extends MomentsGroup<Group> {
        private float stepRate;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            double root = Math.sqrt(1 - power(betas[1].decimal(), step));
            stepRate = (float) (-learningRate() * root / (1 - power(betas[0].decimal(), step)));
        }
    }

    private final Slot average = slot("exp_avg");
    private final Slot squares = slot("exp_avg_sq");
    private Optimizer others;

    private SparseAdam(float learningRate) {
        super(Group::new, learningRate);
        cover(SparseAdam::isSparse);
    }

    /**
     * SparseAdam with betas 0.9 and 0.999 and eps 1e-8.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static SparseAdam of(float learningRate) {
        return new SparseAdam(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.001.
     *
     * @return a new optimiser
     */
    public static SparseAdam of() {
        return of(0.001f);
    }

    private static boolean isSparse(ParameterSpec spec) {
        return spec.reading() == ParameterSpec.Reading.SPARSE;
    }

    /**
     * The optimiser of what is not declared sparse. It steps, is saved and loaded with this one; a schedule is attached to
     * each of them for itself.
     *
     * @param optimizer such as {@code Adam.of(0.001f)}; its groups match its own parameters alone
     * @return this
     * @throws IllegalArgumentException if it is a SparseAdam or an LBFGS, or has others itself
     * @throws IllegalStateException after the first step
     */
    public SparseAdam others(Optimizer optimizer) {
        if (optimizer instanceof SparseAdam || optimizer instanceof LBFGS || optimizer.companion() != null) {
            throw new IllegalArgumentException(
                    "The others need an optimiser of whole gradients by itself, such as Adam, but this is "
                            + optimizer.getClass().getSimpleName() + ".");
        }
        requireUnused(optimizer);
        optimizer.cover(spec -> !isSparse(spec));
        others = optimizer;
        return this;
    }

    /**
     * The optimiser of what is not declared sparse.
     *
     * @return null if there is none
     */
    public Optimizer others() {
        return others;
    }

    /**
     * The decay of the running averages.
     *
     * @param first of the gradient, 0 to below 1; the default is 0.9
     * @param second of its square, 0 to below 1; the default is 0.999
     * @return this
     */
    public SparseAdam betas(float first, float second) {
        defaults.betas(first, second);
        return this;
    }

    /**
     * What keeps the denominator from 0.
     *
     * @param value 0 or more; the default is 1e-8
     * @return this
     */
    public SparseAdam eps(float value) {
        defaults.eps(value);
        return this;
    }

    @Override
    Optimizer companion() {
        return others;
    }

    @Override
    void bound(Parameters all) {
        for (ParameterSpec spec : all.specs()) {
            if (spec.trained() && !isSparse(spec) && others == null) {
                throw new IllegalArgumentException("SparseAdam steps gradients that are declared sparse, but that of "
                        + spec.key() + " is not. Give it an optimiser for the others:"
                        + " SparseAdam.of().others(Adam.of(0.001f)).");
            }
        }
    }

    @Override
    boolean takesSparse() {
        return true;
    }

    @Override
    boolean stepsNamedRows(RowGradient rows, int group) {
        return true;
    }

    @Override
    void update(int index, float[] values, float[] gradients, float[][] kept, int from, int to) {
        step(options(index), values, gradients, from, to, average.of(kept), squares.of(kept));
    }

    private static void step(Group group, float[] v, float[] g, int from, int to, float[] m, float[] s) {
        float sign = group.stepSign;
        float take1 = group.stepTake1;
        float take2 = group.stepTake2;
        float eps = group.stepEps;
        float rate = group.stepRate;
        for (int i = from; i < to; i++) {
            float gradient = sign * g[i];
            float mean = m[i] + take1 * (gradient - m[i]);
            float square = s[i] + take2 * (gradient * gradient - s[i]);
            m[i] = mean;
            s[i] = square;
            v[i] = v[i] + rate * (mean / ((float) Math.sqrt(square) + eps));
        }
    }
}
