package dev.netwright.runtime;

import dev.netwright.runtime.check.SimilarKeys;
import dev.netwright.runtime.init.Initial;
import dev.netwright.runtime.init.MersenneTwister;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Everything a network learns, in flat arrays that kernels and optimisers share, and its exchange with the world
 * under PyTorch's names, shapes and element order.
 *
 * <p>What replaces weights ({@link #load}, {@link #set}, {@link #initialize}) fills a new set of arrays beside the old
 * and then exchanges the two at once: predictions that run meanwhile compute with all of the old or all of the new. It is
 * refused while another thread makes a training step. Steps, and what else writes into the live arrays, change them in
 * place.
 */
public final class Parameters {
    private final List<ParameterSpec> specs;
    private final Map<String, ParameterSpec> byKey = new HashMap<>();
    private final Occupancy occupancy;
    private final int gradientLength;
    /** As large as all trained values, so that a model which only predicts has none. */
    private volatile float[] gradients;

    private GradientNorm gradientNorm;
    /** Of trained parameters that are read row by row, in storage order. */
    private final List<RowGradient> rowGradients;

    /**
     * Zeros; {@link #initialize} draws the first values.
     *
     * @param specs the entries, in the order of the state dict, which is also the order of drawing
     * @throws IllegalArgumentException if two entries have the same key or share storage
     */
    public Parameters(List<ParameterSpec> specs) {
        this.specs = List.copyOf(specs);
        for (ParameterSpec spec : this.specs) {
            if (byKey.put(spec.key(), spec) != null) {
                throw new IllegalArgumentException("Two entries have the key " + spec.key() + ".");
            }
        }
        WeightSet zeros = new WeightSet(
                new float[extent(ParameterSpec.Kind.PARAMETER)],
                new float[extent(ParameterSpec.Kind.BUFFER)],
                new long[extent(ParameterSpec.Kind.COUNTER)]);
        gradientLength =
                extent("gradient", ParameterSpec::trained, ParameterSpec::gradientOffset, ParameterSpec::gradientEnd);
        rowGradients = this.specs.stream()
                .filter(spec -> spec.trained() && spec.reading() != ParameterSpec.Reading.WHOLE)
                .sorted(Comparator.comparingInt(ParameterSpec::gradientOffset))
                .map(RowGradient::new)
                .toList();
        resetBuffers(zeros);
        occupancy = new Occupancy(zeros);
    }

    private int extent(ParameterSpec.Kind kind) {
        return extent("storage", spec -> spec.kind() == kind, ParameterSpec::offset, ParameterSpec::end);
    }

    private int extent(
            String what,
            Predicate<ParameterSpec> which,
            ToIntFunction<ParameterSpec> first,
            ToIntFunction<ParameterSpec> behind) {
        List<ParameterSpec> ordered = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            if (which.test(spec)) {
                ordered.add(spec);
            }
        }
        ordered.sort(Comparator.comparingInt(first));
        int end = 0;
        for (ParameterSpec spec : ordered) {
            int start = first.applyAsInt(spec);
            if (start < end) {
                throw new IllegalArgumentException("The " + what + " of " + spec.key() + " starts at " + start
                        + ", but the entry before it ends at " + end + ".");
            }
            end = behind.applyAsInt(spec);
        }
        return end;
    }

    /**
     * The set of weights in force.
     *
     * @return the live arrays, until the next load
     */
    public WeightSet weights() {
        return occupancy.store().weights();
    }

    /**
     * Uses another model's weights from now on, without a copy; its own are let go. What changes them through one of the
     * two, by training, loading or exchanging, changes them for both, and only one of the two trains at a time.
     * Gradients stay each one's own.
     *
     * @param other with the same entries in the same places; frozen ones may be others
     * @throws IllegalArgumentException if the entries differ; names the first difference
     * @throws IllegalStateException if these weights are being trained, or a model's own predictor uses them
     */
    public void shareWeights(Parameters other) {
        SharedEntries.require(specs, other.specs);
        occupancy.share(other.occupancy);
    }

    /**
     * The live array of trained values. After the next {@link #load}, {@link #set} or {@link #initialize} another one is:
     * ask again then.
     *
     * @return in storage order
     */
    public float[] values() {
        return weights().values();
    }

    /**
     * The live array of gradients, of trained parameters alone, each as its values are and at its
     * {@link ParameterSpec#gradientOffset()}; always the same. The first call, or the first training pass, allocates it:
     * a model that only predicts has none. As the caller may write to it from now on, the gradients of embeddings are
     * cleared and stepped as a whole from now on.
     *
     * @return in storage order
     */
    public float[] gradients() {
        for (int i = 0; i < rowGradients.size(); i++) {
            rowGradients.get(i).expose();
        }
        return gradientStorage();
    }

    /**
     * As {@link #gradients()}, for models and optimisers, which leave rows alone that were not noted as added to.
     *
     * @return in storage order
     */
    public float[] gradientStorage() {
        float[] known = gradients;
        return known != null ? known : newGradients();
    }

    /**
     * The gradients of trained parameters that are read row by row. For models and optimisers.
     *
     * @return in storage order
     */
    public List<RowGradient> rowGradients() {
        return rowGradients;
    }

    /**
     * The length of the array of gradients, and of what optimisers keep for each trained value.
     *
     * @return padding included
     */
    public int gradientLength() {
        return gradientLength;
    }

    private synchronized float[] newGradients() {
        if (gradients == null) {
            gradients = new float[gradientLength];
        }
        return gradients;
    }

    /**
     * The live array of running statistics, until the next load as {@link #values()}.
     *
     * @return in storage order
     */
    public float[] buffers() {
        return weights().buffers();
    }

    /**
     * The live array of counters, until the next load as {@link #values()}.
     *
     * @return by index
     */
    public long[] counters() {
        return weights().counters();
    }

    /**
     * Who trains or predicts at the moment.
     *
     * @return for models and optimisers
     */
    public Occupancy occupancy() {
        return occupancy;
    }

    /**
     * The entries.
     *
     * @return immutable, in the order of the state dict
     */
    public List<ParameterSpec> specs() {
        return specs;
    }

    /**
     * Draws all parameters, sets buffers and counters to their first values and gradients to zero. One generator draws
     * everything as after {@code torch.manual_seed(seed)}: first all defaults in the order of the entries, as layers are
     * constructed; then, in the same order, the parameters that are {@link ParameterSpec#redrawn(Initial) drawn anew}, as
     * networks do at the end of their constructors; then the same of what is {@link ParameterSpec#added(int) added}, one
     * turn after the other.
     *
     * @param seed the seed; its low 32 bits count
     * @throws IllegalStateException if another thread trains
     */
    public void initialize(long seed) {
        replace(true, next -> {
            MersenneTwister generator = new MersenneTwister(seed);
            int turns = specs.stream()
                    .mapToInt(spec -> Math.max(spec.turn(), spec.redrawTurn()))
                    .max()
                    .orElse(0);
            for (int turn = 0; turn <= turns; turn++) {
                initialize(turn, generator, next);
            }
            resetBuffers(next);
        });
        zeroGradients();
    }

    private void initialize(int turn, MersenneTwister generator, WeightSet next) {
        for (ParameterSpec spec : asDrawn()) {
            if (spec.kind() == ParameterSpec.Kind.PARAMETER && spec.turn() == turn) {
                if (spec.redraw().isPresent()) {
                    spec.initial().skip(spec.layout().elements(), generator);
                } else {
                    draw(spec, spec.initial(), generator, next);
                }
            }
        }
        for (ParameterSpec spec : specs) {
            if (spec.redrawTurn() == turn) {
                spec.redraw().ifPresent(redraw -> draw(spec, redraw, generator, next));
            }
        }
    }

    /** The entries in the order in which modules draw them. */
    private List<ParameterSpec> asDrawn() {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, specs.size()).boxed().toList());
        // stable, and behind the last that comes before it
        order.sort(Comparator.comparingInt(i -> {
            int after = specs.get(i).drawnAfter();
            return 2 * (i + after) + (after == 0 ? 0 : 1);
        }));
        return order.stream().map(specs::get).toList();
    }

    /** In blocks where that draws the same: a whole weight beside the storage would be a fourth of VGG16's heap. */
    private static void draw(ParameterSpec spec, Initial by, MersenneTwister generator, WeightSet into) {
        Consumer<float[]> drawing = piece -> by.fill(piece, generator);
        if (by.isDivisible()) {
            spec.layout().fill(drawing, into.values(), spec.offset());
        } else {
            float[] drawn = new float[spec.layout().elements()];
            drawing.accept(drawn);
            spec.layout().pack(drawn, into.values(), spec.offset());
        }
    }

    private void resetBuffers(WeightSet of) {
        for (ParameterSpec spec : specs) {
            if (spec.kind() == ParameterSpec.Kind.BUFFER) {
                reset(spec, of);
            }
        }
    }

    private static void reset(ParameterSpec spec, WeightSet of) {
        float[] constant = new float[spec.layout().elements()];
        // Buffers start as constants: nothing is drawn.
        spec.initial().fill(constant, null);
        spec.layout().pack(constant, of.buffers(), spec.offset());
    }

    /**
     * Sets a buffer to its first values, in place.
     *
     * @param spec the buffer's entry
     */
    public void resetBuffer(ParameterSpec spec) {
        reset(spec, weights());
    }

    /**
     * Fills another set and publishes it. A set that replaces some of the weights keeps the others, so it is filled again
     * if these have changed meanwhile.
     */
    private void replace(boolean all, Consumer<WeightSet> filling) {
        boolean published;
        do {
            WeightStore store = occupancy.store();
            store.requireNoTraining();
            WeightSet current = store.weights();
            long version = current.version();
            // Nobody knows a set that never had weights: it is filled where it is.
            WeightSet next = version == 0 ? current : all ? current.zeros() : current.copy();
            filling.accept(next);
            synchronized (store) {
                store.requireNoTraining();
                published = store == occupancy.store()
                        && (all || store.weights() == current && current.version() == version);
                if (published) {
                    store.publish(next);
                }
            }
        } while (!published);
    }

    /**
     * Exchanges the whole set of weights at once.
     *
     * @param next the set from now on, such as a changed {@link WeightSet#copy()}
     * @return the set until now, which predictions that have begun still read
     * @throws IllegalArgumentException if it is one of another network
     * @throws IllegalStateException if another thread trains
     */
    public WeightSet exchange(WeightSet next) {
        if (!next.fits(weights())) {
            throw new IllegalArgumentException("These weights are arrays of " + next.values().length + " values, "
                    + next.buffers().length + " buffers and " + next.counters().length + " counters, but the model's"
                    + " are of " + values().length + ", " + buffers().length + " and " + counters().length + ".");
        }
        return occupancy.onStore(store -> {
            store.requireNoTraining();
            WeightSet previous = store.weights();
            store.publish(next);
            previous.forget();
            return previous;
        });
    }

    /**
     * A copy of the whole state.
     *
     * @return an unmodifiable map in the order of the entries: PyTorch's names, shapes and element order; counters as
     *     I64 scalars, the rest as F32
     */
    public Map<String, Tensor> stateDict() {
        return stateDict(weights());
    }

    /**
     * The state of another set of weights.
     *
     * @param of laid out as the model's
     * @return as {@link #stateDict()}
     */
    public Map<String, Tensor> stateDict(WeightSet of) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            state.put(spec.key(), read(spec, of));
        }
        return Collections.unmodifiableMap(state);
    }

    private static Tensor read(ParameterSpec spec, WeightSet of) {
        return switch (spec.kind()) {
            case PARAMETER -> unpack(spec, of.values(), spec.offset());
            case BUFFER -> unpack(spec, of.buffers(), spec.offset());
            case COUNTER -> Tensor.ofLongs(new long[] {of.counters()[spec.offset()]});
        };
    }

    private static Tensor unpack(ParameterSpec spec, float[] storage, int offset) {
        float[] rowMajor = new float[spec.layout().elements()];
        spec.layout().unpack(storage, offset, rowMajor);
        return Tensor.wrap(rowMajor, spec.shape());
    }

    /**
     * Takes over a state dict: all that fits, or nothing if this throws. As in PyTorch, every type converts as by
     * {@link Tensor#toFloat()}, and a missing counter becomes 0. The weights are exchanged at once, and those before are
     * garbage when the predictions that began with them have ended; a training step that another thread makes meanwhile
     * may be why this is refused.
     *
     * @param state tensors by state-dict key
     * @param strict whether any key missing, unexpected or of another shape is an error; otherwise such keys are
     *     skipped and reported
     * @return what did not fit
     * @throws IllegalArgumentException if strict and something does not fit; the message names every such key
     * @throws IllegalStateException if another thread trains
     */
    public LoadResult load(Map<String, Tensor> state, boolean strict) {
        if (strict) {
            prepareLoad(state).run();
            return new LoadResult(List.of(), List.of(), List.of());
        }
        StateLoader loader = new StateLoader(specs, state);
        write(loader);
        return loader.result();
    }

    /**
     * Checks a state strictly, and changes nothing yet.
     *
     * @param state tensors by state-dict key
     * @return takes the state over; fails only if another thread trains then
     * @throws IllegalArgumentException if something does not fit; the message names every such key
     */
    public Runnable prepareLoad(Map<String, Tensor> state) {
        StateLoader loader = fitting(state);
        return () -> write(loader);
    }

    /**
     * As {@link #prepareLoad(Map)}, into another set of weights than the model's.
     *
     * @param state tensors by state-dict key
     * @param into laid out as the model's
     * @return takes the state over; cannot fail
     * @throws IllegalArgumentException if something does not fit; the message names every such key
     */
    public Runnable prepareLoad(Map<String, Tensor> state, WeightSet into) {
        StateLoader loader = fitting(state);
        return () -> fill(loader, into);
    }

    private StateLoader fitting(Map<String, Tensor> state) {
        StateLoader loader = new StateLoader(specs, state);
        if (!loader.result().complete()) {
            throw new IllegalArgumentException("The state does not fit the model, which is unchanged:\n"
                    + loader.result().toString().indent(2).stripTrailing()
                    // Not where this would leave nearly all weights as they are.
                    + (loader.takesSome() && loader.result().prefix() == null
                            ? "\nLoad with strict = false to take over the rest."
                            : ""));
        }
        return loader;
    }

    private void write(StateLoader loader) {
        replace(loader.accepted().size() == specs.size(), next -> fill(loader, next));
    }

    private static void fill(StateLoader loader, WeightSet into) {
        loader.accepted().forEach((spec, tensor) -> {
            switch (spec.kind()) {
                case PARAMETER -> spec.layout().pack(tensor, into.values(), spec.offset());
                case BUFFER -> spec.layout().pack(tensor, into.buffers(), spec.offset());
                case COUNTER -> into.counters()[spec.offset()] = tensor.firstLong();
            }
        });
    }

    /**
     * A copy of all gradients.
     *
     * @return an unmodifiable map of the trained parameters, in the order of the entries
     */
    public Map<String, Tensor> gradientDict() {
        Map<String, Tensor> result = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            if (spec.trained()) {
                result.put(spec.key(), unpack(spec, gradientStorage(), spec.gradientOffset()));
            }
        }
        return Collections.unmodifiableMap(result);
    }

    /**
     * A copy of one entry.
     *
     * @param key its state-dict key
     * @return PyTorch's shape and order
     * @throws IllegalArgumentException if there is no such key
     */
    public Tensor get(String key) {
        return read(find(key), weights());
    }

    /**
     * A copy of one gradient.
     *
     * @param key the state-dict key of a trained parameter
     * @return PyTorch's shape and order
     * @throws IllegalArgumentException if there is no such key, or it is not trained
     */
    public Tensor gradient(String key) {
        ParameterSpec spec = find(key);
        if (!spec.trained()) {
            throw new IllegalArgumentException(key + " has no gradient: it is "
                    + (spec.kind() == ParameterSpec.Kind.PARAMETER ? "frozen." : "a buffer."));
        }
        return unpack(spec, gradientStorage(), spec.gradientOffset());
    }

    /**
     * Replaces one entry, in a copy of the whole set: to replace several, {@link #load} them together with
     * {@code strict = false}.
     *
     * @param key its state-dict key
     * @param value PyTorch's shape and order, converted as by {@link Tensor#toFloat()}
     * @throws IllegalArgumentException if there is no such key, its shape is another, or its type does not convert
     * @throws IllegalStateException if another thread trains
     */
    public void set(String key, Tensor value) {
        ParameterSpec spec = find(key);
        StateLoader loader = new StateLoader(List.of(spec), Map.of(key, value));
        if (!loader.result().complete()) {
            throw new IllegalArgumentException(key + " is " + spec.form() + ", but the value is " + value + ".");
        }
        write(loader);
    }

    private ParameterSpec find(String key) {
        ParameterSpec spec = byKey.get(key);
        if (spec == null) {
            String similar = SimilarKeys.nearest(key, byKey.keySet());
            throw new IllegalArgumentException(
                    "The model has no " + key + (similar == null ? "." : "; did you mean " + similar + "?"));
        }
        return spec;
    }

    /** Sets every gradient to zero. */
    public void zeroGradients() {
        if (gradients != null) {
            clearGradients(0, 1);
            restartRowGradients();
        }
    }

    /**
     * A worker's share of setting every gradient to zero. When all have done theirs, one calls
     * {@link #restartRowGradients()}. For models.
     *
     * @param share the worker's number
     * @param shares how many there are
     */
    public void clearGradients(int share, int shares) {
        float[] all = gradientStorage();
        int from = 0;
        // by index: an iterator would be an object in each step
        for (int i = 0; i < rowGradients.size(); i++) {
            RowGradient rows = rowGradients.get(i);
            RowGradient.clear(all, from, rows.spec().gradientOffset(), share, shares);
            rows.clear(all, share, shares);
            from = rows.spec().gradientEnd();
        }
        RowGradient.clear(all, from, all.length, share, shares);
    }

    /** Notes that all rows of all gradients are zero. For models. */
    public void restartRowGradients() {
        for (int i = 0; i < rowGradients.size(); i++) {
            rowGradients.get(i).restart();
        }
    }

    /**
     * The number of trained elements, as PyTorch counts them: without padding, buffers and frozen parameters.
     *
     * @return the count
     */
    public long count() {
        long count = 0;
        for (ParameterSpec spec : specs) {
            if (spec.trained()) {
                count += spec.layout().elements();
            }
        }
        return count;
    }

    /**
     * Grows whenever values or buffers change or are others, so that what was derived from them can be renewed.
     *
     * @return another number after each change
     */
    public long version() {
        return occupancy.version();
    }

    /**
     * Says that values or buffers were changed through the live arrays. Predictions that run meanwhile see some of the
     * changes: to replace weights under them, use {@link #load}.
     */
    public void markChanged() {
        occupancy.onStore(store -> {
            store.weights().changed();
            return null;
        });
    }

    synchronized GradientNorm gradientNorm() {
        if (gradientNorm == null) {
            gradientNorm = new GradientNorm(gradientStorage());
        }
        return gradientNorm;
    }
}
