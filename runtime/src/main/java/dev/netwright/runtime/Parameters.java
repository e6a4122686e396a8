package dev.netwright.runtime;

import dev.netwright.runtime.check.SimilarKeys;
import dev.netwright.runtime.init.MersenneTwister;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a network learns, in flat arrays that kernels and optimisers share, and its exchange with the world
 * under PyTorch's names, shapes and element order. Not thread-safe while it is being changed.
 */
public final class Parameters {
    private final List<ParameterSpec> specs;
    private final Map<String, ParameterSpec> byKey = new HashMap<>();
    private final float[] values;
    private final float[] gradients;
    private final float[] buffers;
    private final long[] counters;
    private final GradientNorm gradientNorm;
    private long version;

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
        values = new float[extent(ParameterSpec.Kind.PARAMETER)];
        gradients = new float[values.length];
        buffers = new float[extent(ParameterSpec.Kind.BUFFER)];
        counters = new long[extent(ParameterSpec.Kind.COUNTER)];
        gradientNorm = new GradientNorm(gradients);
        initializeConstants();
    }

    private int extent(ParameterSpec.Kind kind) {
        List<ParameterSpec> ordered = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            if (spec.kind() == kind) {
                ordered.add(spec);
            }
        }
        ordered.sort(Comparator.comparingInt(ParameterSpec::offset));
        int end = 0;
        for (ParameterSpec spec : ordered) {
            if (spec.offset() < end) {
                throw new IllegalArgumentException("The storage of " + spec.key() + " starts at " + spec.offset()
                        + ", but the entry before it ends at " + end + ".");
            }
            end = spec.end();
        }
        return end;
    }

    /**
     * The live array of trained values.
     *
     * @return in storage order
     */
    public float[] values() {
        return values;
    }

    /**
     * The live array of gradients, laid out as the values.
     *
     * @return in storage order
     */
    public float[] gradients() {
        return gradients;
    }

    /**
     * The live array of running statistics.
     *
     * @return in storage order
     */
    public float[] buffers() {
        return buffers;
    }

    /**
     * The live array of counters.
     *
     * @return by index
     */
    public long[] counters() {
        return counters;
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
     * everything in the order of the entries, as after {@code torch.manual_seed(seed)}.
     *
     * @param seed the seed; its low 32 bits count
     */
    public void initialize(long seed) {
        MersenneTwister generator = new MersenneTwister(seed);
        for (ParameterSpec spec : specs) {
            if (spec.kind() == ParameterSpec.Kind.PARAMETER) {
                float[] drawn = new float[spec.layout().elements()];
                spec.initial().fill(drawn, generator);
                spec.layout().pack(drawn, values, spec.offset());
            }
        }
        initializeConstants();
        zeroGradients();
        markChanged();
    }

    private void initializeConstants() {
        Arrays.fill(counters, 0);
        for (ParameterSpec spec : specs) {
            if (spec.kind() == ParameterSpec.Kind.BUFFER) {
                resetBuffer(spec);
            }
        }
    }

    /**
     * Sets a buffer to its first values.
     *
     * @param spec the buffer's entry
     */
    public void resetBuffer(ParameterSpec spec) {
        float[] constant = new float[spec.layout().elements()];
        // Buffers start as constants: nothing is drawn.
        spec.initial().fill(constant, null);
        spec.layout().pack(constant, buffers, spec.offset());
    }

    /**
     * A copy of the whole state.
     *
     * @return an unmodifiable map in the order of the entries: PyTorch's names, shapes and element order; counters as
     *     I64 scalars, the rest as F32
     */
    public Map<String, Tensor> stateDict() {
        return stateDict(values, buffers, counters);
    }

    /**
     * The state of other arrays than the live ones, laid out as they are.
     *
     * @param ofValues as {@link #values()}
     * @param ofBuffers as {@link #buffers()}
     * @param ofCounters as {@link #counters()}
     * @return as {@link #stateDict()}
     */
    public Map<String, Tensor> stateDict(float[] ofValues, float[] ofBuffers, long[] ofCounters) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            state.put(spec.key(), read(spec, ofValues, ofBuffers, ofCounters));
        }
        return Collections.unmodifiableMap(state);
    }

    private static Tensor read(ParameterSpec spec, float[] ofValues, float[] ofBuffers, long[] ofCounters) {
        return switch (spec.kind()) {
            case PARAMETER -> unpack(spec, ofValues);
            case BUFFER -> unpack(spec, ofBuffers);
            case COUNTER -> Tensor.ofLongs(new long[] {ofCounters[spec.offset()]});
        };
    }

    private static Tensor unpack(ParameterSpec spec, float[] storage) {
        float[] rowMajor = new float[spec.layout().elements()];
        spec.layout().unpack(storage, spec.offset(), rowMajor);
        return Tensor.wrap(rowMajor, spec.shape());
    }

    /**
     * Takes over a state dict: all that fits, or nothing if this throws. As in PyTorch, every type converts as by
     * {@link Tensor#toFloat()}, and a missing counter becomes 0.
     *
     * @param state tensors by state-dict key
     * @param strict whether any key missing, unexpected or of another shape is an error; otherwise such keys are
     *     skipped and reported
     * @return what did not fit
     * @throws IllegalArgumentException if strict and something does not fit; the message names every such key
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
     * @return takes the state over; cannot fail
     * @throws IllegalArgumentException if something does not fit; the message names every such key
     */
    public Runnable prepareLoad(Map<String, Tensor> state) {
        StateLoader loader = fitting(state);
        return () -> write(loader);
    }

    /**
     * As {@link #prepareLoad(Map)}, into other arrays than the live ones, laid out as they are.
     *
     * @param state tensors by state-dict key
     * @param toValues as {@link #values()}
     * @param toBuffers as {@link #buffers()}
     * @param toCounters as {@link #counters()}
     * @return takes the state over; cannot fail
     * @throws IllegalArgumentException if something does not fit; the message names every such key
     */
    public Runnable prepareLoad(Map<String, Tensor> state, float[] toValues, float[] toBuffers, long[] toCounters) {
        StateLoader loader = fitting(state);
        return () -> loader.accepted().forEach((spec, tensor) -> write(spec, tensor, toValues, toBuffers, toCounters));
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
        loader.accepted().forEach((spec, tensor) -> write(spec, tensor, values, buffers, counters));
        markChanged();
    }

    private static void write(
            ParameterSpec spec, Tensor tensor, float[] toValues, float[] toBuffers, long[] toCounters) {
        switch (spec.kind()) {
            case PARAMETER -> spec.layout().pack(tensor, toValues, spec.offset());
            case BUFFER -> spec.layout().pack(tensor, toBuffers, spec.offset());
            case COUNTER -> toCounters[spec.offset()] = tensor.firstLong();
        }
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
                result.put(spec.key(), unpack(spec, gradients));
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
        return read(find(key), values, buffers, counters);
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
        return unpack(spec, gradients);
    }

    /**
     * Overwrites one entry.
     *
     * @param key its state-dict key
     * @param value PyTorch's shape and order, converted as by {@link Tensor#toFloat()}
     * @throws IllegalArgumentException if there is no such key, its shape is another, or its type does not convert
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
        Arrays.fill(gradients, 0f);
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
     * Grows whenever values or buffers change, so that what was derived from them can be renewed.
     *
     * @return the number of changes so far
     */
    public long version() {
        return version;
    }

    /** Says that values or buffers were changed through the live arrays. */
    public void markChanged() {
        version++;
    }

    GradientNorm gradientNorm() {
        return gradientNorm;
    }
}
