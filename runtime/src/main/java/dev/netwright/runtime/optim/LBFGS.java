package dev.netwright.runtime.optim;

import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Trainable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A quasi-Newton method with limited memory as {@code torch.optim.LBFGS} (Nocedal, 1980), for small networks and all
 * samples at once: a step is up to maxIter iterations, each along the gradient times an estimate of the inverse Hessian
 * that the last historySize changes of parameters and gradients give. Loss and gradients are computed anew in every
 * iteration, so a step needs to be told how:
 *
 * <pre>{@code
 * float loss = lbfgs.step(net, () -> {
 *     net.zeroGrad();
 *     float value = net.loss(inputs, targets, n);
 *     net.backward();
 *     return value;
 * });
 * }</pre>
 *
 * <p>There are no groups, no weight decay and no {@code trainStep} with this optimiser.
 */
public final class LBFGS extends Optimizer {
    /** Computes the loss and its gradients with the parameters as they are. */
    @FunctionalInterface
    public interface Closure {
        /**
         * Sets the gradients to zero, computes the loss and the gradients.
         *
         * @return the loss
         */
        double lossAndGradients();
    }

    /** How far to go along a direction. */
    public enum LineSearch {
        /** By the learning rate, the first time by the rate over the sum of the gradient's magnitudes. */
        NONE,
        /** To where the strong Wolfe conditions hold, at most 25 evaluations away. */
        STRONG_WOLFE
    }

    private final LBFGSOptions options;
    private final LBFGSHistory history = new LBFGSHistory();
    private final Along along = new Along();
    private FlatVectors vectors;
    private StrongWolfe search;
    private float[] gradient;
    private float[] origin;
    private float[] start;
    private double loss;
    private long evaluations;

    private LBFGS(LBFGSOptions options) {
        super(options);
        this.options = options;
    }

    /**
     * L-BFGS with at most 20 iterations and 25 evaluations a step, a history of 100 and no line search.
     *
     * @param learningRate 0 or more; PyTorch's default is 1
     * @return a new optimiser
     */
    public static LBFGS of(float learningRate) {
        return new LBFGS(new LBFGSOptions(learningRate));
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 1.
     *
     * @return a new optimiser
     */
    public static LBFGS of() {
        return of(1);
    }

    /**
     * The most iterations of a step.
     *
     * @param value 1 or more; the default is 20
     * @return this
     */
    public LBFGS maxIter(int value) {
        options.maxIter = atLeastOne("maxIter", value);
        return this;
    }

    /**
     * The number of evaluations of loss and gradients after which a step ends.
     *
     * @param value 1 or more; the default is maxIter * 5 / 4
     * @return this
     */
    public LBFGS maxEval(int value) {
        options.maxEval = atLeastOne("maxEval", value);
        return this;
    }

    /**
     * How many changes are remembered, each of them two vectors as large as all parameters.
     *
     * @param value 1 to 1000; the default is 100
     * @return this
     * @throws IllegalStateException after the first step
     */
    public LBFGS historySize(int value) {
        if (owner() != null) {
            throw new IllegalStateException("historySize must be set before the first step.");
        }
        options.historySize = LBFGSOptions.historySize(value);
        history.resize(value);
        return this;
    }

    /**
     * A step ends where no element of the gradient is larger.
     *
     * @param value 0 or more; the default is 1e-7
     * @return this
     */
    public LBFGS toleranceGrad(float value) {
        options.toleranceGrad = Range.NOT_NEGATIVE.checked("toleranceGrad", value);
        return this;
    }

    /**
     * A step ends where no parameter or the loss changes by more.
     *
     * @param value 0 or more; the default is 1e-9
     * @return this
     */
    public LBFGS toleranceChange(float value) {
        options.toleranceChange = Range.NOT_NEGATIVE.checked("toleranceChange", value);
        return this;
    }

    /**
     * The search along each direction.
     *
     * @param value the default is {@link LineSearch#NONE}, as in PyTorch; most problems need
     *     {@link LineSearch#STRONG_WOLFE}
     * @return this
     */
    public LBFGS lineSearchFn(LineSearch value) {
        options.lineSearch = Objects.requireNonNull(value, "lineSearchFn");
        return this;
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value + ".");
        }
        return value;
    }

    /**
     * Changes a model's parameters until the loss is as low as maxIter iterations make it.
     *
     * @param model the model; the same at every step
     * @param closure computes its loss and gradients
     * @return the loss before
     * @throws IllegalStateException if the optimiser belongs to another model
     * @throws RuntimeException what the closure throws; the parameters are then as before the step, and the history is
     *     empty
     */
    public float step(Trainable model, Closure closure) {
        return step(model.parameters(), closure);
    }

    float step(Parameters parameters, Closure closure) {
        Objects.requireNonNull(closure, "closure");
        bind(parameters);
        if (gradient == null) {
            allocateVectors(parameters.gradientLength());
        }
        history.allocate(parameters.gradientLength());
        vectors.take(parameters.values(), start);
        try {
            float before = iterate(parameters, closure);
            counted(1);
            return before;
        } catch (RuntimeException | Error failed) {
            vectors.put(start, parameters.values());
            history.clear();
            options.restart();
            throw failed;
        } finally {
            along.closure = null;
            parameters.markChanged();
        }
    }

    private void allocateVectors(int length) {
        gradient = new float[length];
        origin = new float[length];
        start = new float[length];
        vectors = new FlatVectors(segments());
    }

    private float iterate(Parameters parameters, Closure closure) {
        evaluations = 0;
        loss = evaluate(parameters, closure, gradient);
        float before = (float) loss;
        boolean flat = vectors.largestMagnitude(gradient) <= options.toleranceGrad;
        for (int iteration = 1; !flat && iteration <= options.maxIter; iteration++) {
            options.iterations++;
            boolean first = options.iterations == 1;
            history.direct(vectors, gradient, options.step, first);
            double previous = loss;
            double rate = options.learningRate();
            double step = first ? Math.min(1, 1 / vectors.sumOfMagnitudes(gradient)) * rate : rate;
            double slope = vectors.dot(gradient, history.direction());
            options.step = (float) step;
            if (slope > -options.toleranceChange) {
                break;
            }
            boolean last = iteration == options.maxIter;
            if (options.lineSearch == LineSearch.STRONG_WOLFE) {
                search(parameters, closure, slope);
            } else {
                move(parameters, options.step);
                if (!last) {
                    loss = evaluate(parameters, closure, gradient);
                }
            }
            flat = vectors.largestMagnitude(gradient) <= options.toleranceGrad;
            if (last
                    || evaluations >= options.maxEval()
                    || vectors.largestMagnitude(history.direction()) * options.step <= options.toleranceChange
                    || Math.abs(loss - previous) < options.toleranceChange) {
                break;
            }
        }
        return before;
    }

    private double evaluate(Parameters parameters, Closure closure, float[] result) {
        parameters.markChanged();
        double value = closure.lossAndGradients();
        evaluations++;
        options.evaluations++;
        vectors.copy(parameters.gradientStorage(), result);
        return value;
    }

    private void move(Parameters parameters, double step) {
        vectors.move(parameters.values(), (float) step, history.direction());
    }

    private void moveFromOrigin(Parameters parameters, double step) {
        vectors.put(origin, parameters.values());
        move(parameters, step);
    }

    /** From the origin along the direction; the one object serves all searches. */
    private final class Along implements StrongWolfe.Line {
        private Parameters parameters;
        private Closure closure;

        @Override
        public double evaluate(double step, float[] result) {
            moveFromOrigin(parameters, step);
            return LBFGS.this.evaluate(parameters, closure, result);
        }

        @Override
        public double slope(float[] at) {
            return vectors.dot(at, history.direction());
        }
    }

    private void search(Parameters parameters, Closure closure, double slope) {
        if (search == null) {
            search = new StrongWolfe(gradient.length);
        }
        vectors.take(parameters.values(), origin);
        along.parameters = parameters;
        along.closure = closure;
        float largest = vectors.largestMagnitude(history.direction());
        search.search(along, options.step, loss, gradient, slope, largest, options.toleranceChange);
        loss = search.loss();
        options.step = (float) search.step();
        vectors.copy(search.gradient(), gradient);
        moveFromOrigin(parameters, options.step);
    }

    @Override
    public void requireOneGradient() {
        throw new UnsupportedOperationException(
                "LBFGS computes loss and gradients several times in a step, so it cannot step by one gradient or in"
                        + " trainStep. Call lbfgs.step(net, () -> { net.zeroGrad(); float loss = net.loss(...);"
                        + " net.backward(); return loss; }).");
    }

    @Override
    void update(int group, float[] values, float[] gradients, float[][] kept, int from, int to) {
        throw new AssertionError();
    }

    @Override
    List<Slot> slots() {
        return history.slots();
    }

    /** Its state is one of all parameters together. */
    @Override
    boolean stepsApart() {
        return false;
    }

    /**
     * As for every optimiser, with vectors of all parameters one after the other as PyTorch's LBFGS keeps them.
     *
     * @return {@code state} and {@code param_groups}
     * @throws IllegalStateException if the optimiser belongs to no model yet
     */
    @Override
    public Map<String, Object> torchStateDict() {
        requireOwner();
        Map<String, Object> own = new LinkedHashMap<>();
        if (options.iterations > 0) {
            vectors = new FlatVectors(segments());
            own.put("func_evals", options.evaluations);
            own.put("n_iter", options.iterations);
            own.put("t", options.step);
            history.torch(vectors, owner().specs(), own);
        }
        return LBFGSTorchState.of(own, options, owner().specs());
    }

    @Override
    void loadTorchStateDict(Parameters parameters, Object state) {
        LBFGSTorchState loaded = LBFGSTorchState.read(state, parameters.specs(), options);
        load(parameters, loaded.tensors());
        loaded.options().run();
    }
}
