package dev.netwright.runtime.optim;

import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.Trainable;
import dev.netwright.runtime.WeightSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Averaged weights of a model, as {@code torch.optim.swa_utils.AveragedModel}: the mean of those that {@link #update()}
 * saw, or, with a {@link #decay}, their exponential moving average. The model itself trains on; {@link #swap()} puts
 * the average into it, to evaluate or predict with, and back.
 *
 * <pre>{@code
 * AveragedModel average = AveragedModel.of(net).decay(0.999f);
 * net.trainStep(images, labels, n, optimizer);
 * average.update();
 * ...
 * average.swap();
 * float loss = net.evaluate(images, labels, n);
 * average.swap();
 * }</pre>
 */
public final class AveragedModel implements Stateful {
    private final Trainable model;
    private final Parameters parameters;
    private final Threads.Task blending = this::blendShare;
    /** Between two swaps the model's own. */
    private WeightSet other;

    private double decay = Double.NaN;
    private boolean useBuffers;
    private boolean swapped;
    private long averaged;
    /** The weight of the newest parameters. */
    private float take;

    private AveragedModel(Trainable model) {
        this.model = model;
        this.parameters = model.parameters();
        this.other = parameters.weights().copy();
    }

    /**
     * The mean of all updates, for stochastic weight averaging; a copy of the model until the first.
     *
     * @param model the model that trains
     * @return a new average
     */
    public static AveragedModel of(Trainable model) {
        return new AveragedModel(model);
    }

    /**
     * Makes it an exponential moving average: decay * average + (1 - decay) * parameters.
     *
     * @param value 0 to 1; PyTorch's default for such an average is 0.999
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     */
    public AveragedModel decay(float value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("The decay must be from 0 to 1, but is " + value + ".");
        }
        decay = ParameterGroup.decimal(value);
        return this;
    }

    /**
     * Whether to average running statistics too. Otherwise an update takes them over from the model.
     *
     * @param value the default is false
     * @return this
     */
    public AveragedModel useBuffers(boolean value) {
        useBuffers = value;
        return this;
    }

    /**
     * Takes the model's parameters into the average; the first time it becomes a copy of them.
     *
     * @throws IllegalStateException between two calls of {@link #swap()}
     */
    public void update() {
        requireOwn("update");
        take = (float) (averaged == 0 ? 1 : Double.isNaN(decay) ? 1.0 / (averaged + 1) : 1 - decay);
        model.threads().run(blending);
        float[] buffers = other.buffers();
        long[] counters = other.counters();
        boolean copy = !useBuffers || averaged == 0;
        if (copy) {
            System.arraycopy(parameters.buffers(), 0, buffers, 0, buffers.length);
            System.arraycopy(parameters.counters(), 0, counters, 0, counters.length);
        } else {
            blend(buffers, parameters.buffers(), 0, buffers.length, take);
            for (int i = 0; i < counters.length; i++) {
                // Truncated, as PyTorch's counters are.
                counters[i] += (long) (take * (double) (parameters.counters()[i] - counters[i]));
            }
        }
        averaged++;
    }

    private void blendShare(int worker, int workers) {
        float[] values = other.values();
        int lines = (values.length + 15) / 16;
        int from = (int) ((long) lines * worker / workers) * 16;
        int to = Math.min(values.length, (int) ((long) lines * (worker + 1) / workers) * 16);
        if (take == 1) {
            System.arraycopy(parameters.values(), from, values, from, to - from);
        } else {
            blend(values, parameters.values(), from, to, take);
        }
    }

    private static void blend(float[] average, float[] newest, int from, int to, float take) {
        for (int i = from; i < to; i++) {
            average[i] = average[i] + take * (newest[i] - average[i]);
        }
    }

    /**
     * The number of updates.
     *
     * @return 0 at first
     */
    public long averaged() {
        return averaged;
    }

    /**
     * Exchanges the model's parameters, buffers and counters with the averaged ones, at once and without a copy: the
     * model then predicts with the average until the next call. It must not train meanwhile, but its batch
     * normalisations may be given statistics of the averaged weights by {@link BatchNormStatistics}. Predictions that
     * began with the average must have ended before the next {@link #update()}, which changes it in place.
     *
     * @throws IllegalStateException if another thread trains the model
     */
    public void swap() {
        other = parameters.exchange(other);
        swapped = !swapped;
    }

    /**
     * Whether the model has the averaged weights now.
     *
     * @return true between two calls of {@link #swap()}
     */
    public boolean swapped() {
        return swapped;
    }

    /**
     * Copies the averaged parameters, buffers and counters into a model of the same class, such as the one that goes
     * into production.
     *
     * @param target another model, or the one that trained, whose own weights are then gone
     * @throws IllegalArgumentException if the model's entries are others; it is unchanged then
     * @throws IllegalStateException between two calls of {@link #swap()}
     */
    public void copyTo(Trainable target) {
        requireOwn("copyTo");
        target.parameters().load(weights(), true);
    }

    private void requireOwn(String call) {
        if (swapped) {
            throw new IllegalStateException("The model has the averaged weights now, so " + call
                    + " would mix the two. Call swap() again first.");
        }
    }

    private Map<String, Tensor> weights() {
        return swapped ? parameters.stateDict() : parameters.stateDict(other);
    }

    /**
     * A copy of the averaged state, under PyTorch's names.
     *
     * @return {@code n_averaged} and the model's entries, each key after {@code module.}
     */
    @Override
    public Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("n_averaged", Tensor.ofLongs(new long[] {averaged}));
        weights().forEach((key, tensor) -> state.put("module." + key, tensor));
        return state;
    }

    /**
     * Checks an averaged state, also one that PyTorch saved, and changes nothing yet. The decay stays that of this
     * object.
     *
     * @param state what {@link #stateDict()} gave
     * @return takes the state over
     * @throws IllegalArgumentException if a key is missing, unexpected or of another shape
     * @throws IllegalStateException between two calls of {@link #swap()}
     */
    @Override
    public Runnable prepareLoad(Map<String, Tensor> state) {
        requireOwn("loading");
        Tensor count = state.get("n_averaged");
        if (count == null || count.size() != 1 || count.toLongArray()[0] < 0) {
            throw new IllegalArgumentException(
                    "The state of an average has a count \"n_averaged\", but this one has " + count + ".");
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        state.forEach((key, tensor) -> {
            if (!key.equals("n_averaged")) {
                weights.put(key.startsWith("module.") ? key.substring("module.".length()) : key, tensor);
            }
        });
        Runnable prepared = parameters.prepareLoad(weights, other);
        return () -> {
            prepared.run();
            averaged = count.toLongArray()[0];
        };
    }
}
