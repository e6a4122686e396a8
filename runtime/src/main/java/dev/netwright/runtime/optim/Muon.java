package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.check.Shapes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Momentum made orthogonal, as {@code torch.optim.Muon} (Jordan, 2024), for matrices: b += (1 - momentum) (g - b), and
 * u = g + momentum (b - g) with Nesterov, b without, is brought near to the orthogonal matrix with the same directions
 * by Newton's and Schulz's iteration; the parameters are scaled by 1 - lr * weightDecay and move by -lr times
 * sqrt(max(1, rows / columns)) times that. The iteration is computed as in PyTorch: every matrix is rounded to
 * bfloat16, sums are not.
 *
 * <p>Parameters that are no matrices need another optimiser: {@code Muon.of().others(AdamW.of(0.001f))}.
 */
public final class Muon extends ShapedOptimizer<Muon, Muon.Group> {
    /** How the rate depends on the shape of a matrix. */
    public enum AdjustLr {
        /** By sqrt(max(1, rows / columns)). */
        ORIGINAL,
        /** By 0.2 sqrt(max(rows, columns)), so that rates and weight decays of AdamW serve. */
        MATCH_RMS_ADAMW
    }

    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption momentum = option("momentum", Range.NOT_NEGATIVE, 0.95f);
        private final GroupOption eps = option("eps", Range.NOT_NEGATIVE, 1e-7f);
        private final GroupOption[] coefficients = tuple("ns_coefficients", Range.FINITE, 3.4445f, -4.775f, 2.0315f);
        private final GroupOption nsSteps = option("ns_steps", Range.POSITIVE, 5);
        private final GroupFlag nesterov = flag("nesterov", true);
        private AdjustLr adjustLr;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
            adjustLr = parent == null ? AdjustLr.ORIGINAL : null;
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
         * Nesterov momentum.
         *
         * @param value PyTorch's default is true
         * @return this
         */
        public Group nesterov(boolean value) {
            nesterov.set(value);
            return this;
        }

        /**
         * How the rate depends on the shape.
         *
         * @param value PyTorch's {@code adjust_lr_fn}
         * @return this
         */
        public Group adjustLr(AdjustLr value) {
            adjustLr = Objects.requireNonNull(value, "adjustLr");
            return this;
        }

        private AdjustLr adjustLr() {
            return adjustLr == null ? parent().adjustLr() : adjustLr;
        }

        @Override
        Map<String, Object> torchOptions() {
            Map<String, Object> options = super.torchOptions();
            options.put("ns_steps", (long) nsSteps.get());
            options.put("adjust_lr_fn", adjustLr() == AdjustLr.ORIGINAL ? "original" : "match_rms_adamw");
            return options;
        }

        @Override
        Runnable prepareTorchOptions(TorchOptions options) {
            Object name = options.value("adjust_lr_fn");
            if (name != null && !name.equals("original") && !name.equals("match_rms_adamw")) {
                throw options.refused("adjust_lr_fn", name, "\"original\" or \"match_rms_adamw\"");
            }
            Runnable common = super.prepareTorchOptions(options);
            return () -> {
                common.run();
                adjustLr = "match_rms_adamw".equals(name) ? AdjustLr.MATCH_RMS_ADAMW : AdjustLr.ORIGINAL;
            };
        }
    }

    private final Slot buffer = slot("momentum_buffer");
    private Optimizer others;
    /** By worker. */
    private Orthogonalization[] work = new Orthogonalization[0];

    private Muon(float learningRate) {
        super(Group::new, learningRate);
        defaults.weightDecay(0.1f);
        cover(Muon::isMatrix);
    }

    /**
     * Muon with momentum 0.95, Nesterov, five iterations and weight decay 0.1.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.001
     * @return a new optimiser
     */
    public static Muon of(float learningRate) {
        return new Muon(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.001.
     *
     * @return a new optimiser
     */
    public static Muon of() {
        return of(0.001f);
    }

    private static boolean isMatrix(ParameterSpec spec) {
        return spec.shape().length == 2;
    }

    /**
     * The optimiser of what is no matrix, and of matrices that are better left to it, such as those of the first and
     * the last layer. It steps, is saved and loaded with this one; a schedule is attached to each of them for itself.
     *
     * @param optimizer such as {@code AdamW.of(0.001f)}; its groups match its own parameters alone
     * @param patterns globs over the state-dict keys of matrices that it takes as well
     * @return this
     * @throws IllegalArgumentException if it is a Muon or an LBFGS
     * @throws IllegalStateException after the first step
     */
    public Muon others(Optimizer optimizer, String... patterns) {
        if (optimizer instanceof Muon || optimizer instanceof LBFGS) {
            throw new IllegalArgumentException("The others need an optimiser for all shapes and one gradient, such as"
                    + " AdamW, but this is " + optimizer.getClass().getSimpleName() + ".");
        }
        requireUnused(optimizer);
        List<Pattern> left = List.of(patterns).stream().map(Segments::glob).toList();
        cover(spec -> isMatrix(spec)
                && left.stream().noneMatch(glob -> glob.matcher(spec.key()).matches()));
        optimizer.cover(spec -> !covers(spec));
        others = optimizer;
        return this;
    }

    /**
     * The optimiser of what is no matrix.
     *
     * @return null if there is none
     */
    public Optimizer others() {
        return others;
    }

    /**
     * The momentum.
     *
     * @param value 0 or more; the default is 0.95
     * @return this
     */
    public Muon momentum(float value) {
        defaults.momentum(value);
        return this;
    }

    /**
     * Nesterov momentum.
     *
     * @param value the default is true
     * @return this
     */
    public Muon nesterov(boolean value) {
        defaults.nesterov(value);
        return this;
    }

    /**
     * The weight decay, decoupled: it scales the parameters.
     *
     * @param value 0 or more; the default is 0.1
     * @return this
     */
    public Muon weightDecay(float value) {
        defaults.weightDecay(value);
        return this;
    }

    /**
     * How the rate depends on the shape.
     *
     * @param value the default is {@link AdjustLr#ORIGINAL}
     * @return this
     */
    public Muon adjustLr(AdjustLr value) {
        defaults.adjustLr(value);
        return this;
    }

    /**
     * The coefficients of the iteration X = a X + (b A + c A^2) X with A = X X', for all groups.
     *
     * @param a the default is 3.4445
     * @param b the default is -4.775
     * @param c the default is 2.0315
     * @return this
     */
    public Muon nsCoefficients(float a, float b, float c) {
        GroupOption.set(defaults.coefficients, a, b, c);
        return this;
    }

    /**
     * The number of iterations, for all groups.
     *
     * @param value 1 or more; the default is 5
     * @return this
     */
    public Muon nsSteps(int value) {
        defaults.nsSteps.set(value);
        return this;
    }

    /**
     * The smallest norm to divide by, for all groups.
     *
     * @param value 0 or more; the default is 1e-7
     * @return this
     */
    public Muon eps(float value) {
        defaults.eps.set(value);
        return this;
    }

    @Override
    Optimizer companion() {
        return others;
    }

    @Override
    void bound(Parameters all) {
        if (others == null) {
            all.specs().stream()
                    .filter(spec -> spec.trained() && !covers(spec))
                    .findFirst()
                    .ifPresent(spec -> {
                        throw new IllegalArgumentException("Muon steps matrices alone, but " + spec.key()
                                + " has the shape " + Shapes.text(spec.shape())
                                + ". Give it an optimiser for the others: Muon.of().others(AdamW.of(0.001f)).");
                    });
        }
        super.bound(all);
    }

    @Override
    void allocate(int length) {
        super.allocate(length);
        if (work.length < workers()) {
            int elements = 0;
            int side = 0;
            for (int i = 0; i < count(); i++) {
                elements = Math.max(elements, parameter(i).elements());
                side = Math.max(side, Math.min(parameter(i).rows(), parameter(i).columns()));
            }
            work = new Orthogonalization[workers()];
            for (int worker = 0; worker < work.length; worker++) {
                work[worker] = new Orthogonalization(elements, side);
            }
        }
    }

    @Override
    void update(int index, int worker, float[] values, float[] gradients) {
        ShapedParameter parameter = parameter(index);
        Group group = options(parameter.group());
        int from = parameter.spec().gradientOffset();
        int to = parameter.spec().gradientEnd();
        float momentum = group.momentum.get();
        float sign = group.stepSign;
        average(buffer.values(), gradients, from, to, (float) (1 - group.momentum.decimal()), sign);
        Orthogonalization own = work[worker];
        parameter.readGradient(buffer.values(), own.matrix());
        if (group.nesterov.get()) {
            parameter.readGradient(gradients, own.spare());
            blend(own.matrix(), own.spare(), parameter.elements(), momentum, sign);
        }
        int rows = parameter.rows();
        int columns = parameter.columns();
        own.run(rows, columns, group.coefficients, (int) group.nsSteps.get(), group.eps.get());
        double rate = group.learningRate();
        double shaped = group.adjustLr() == AdjustLr.ORIGINAL
                ? Math.sqrt(Math.max(1, (double) rows / columns))
                : 0.2 * Math.sqrt(Math.max(rows, columns));
        parameter.add(own.matrix(), (float) (-rate * shaped), values, (float) (1 - rate * group.weightDecay()));
    }

    private static void average(float[] b, float[] g, int from, int to, float take, float sign) {
        for (int i = from; i < to; i++) {
            b[i] = b[i] + take * (sign * g[i] - b[i]);
        }
    }

    private static void blend(float[] b, float[] g, int length, float momentum, float sign) {
        for (int i = 0; i < length; i++) {
            float gradient = sign * g[i];
            b[i] = gradient + momentum * (b[i] - gradient);
        }
    }

    /** PyTorch's Muon keeps a buffer alone. */
    @Override
    boolean torchCountsSteps() {
        return false;
    }
}
