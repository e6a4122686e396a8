package dev.netwright.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts the numbers of a {@link Stateful} part into tensors, which {@link StateReader} reads. */
public final class StateWriter {
    private final Map<String, Tensor> state = new LinkedHashMap<>();

    /** An empty state. */
    public StateWriter() {}

    /**
     * Adds an integer.
     *
     * @param name its name
     * @param value becomes an I64 scalar
     * @return this
     */
    public StateWriter put(String name, long value) {
        state.put(name, Tensor.ofLongs(new long[] {value}));
        return this;
    }

    /**
     * Adds a flag.
     *
     * @param name its name
     * @param value becomes an I64 scalar, 0 or 1
     * @return this
     */
    public StateWriter put(String name, boolean value) {
        return put(name, value ? 1 : 0);
    }

    /**
     * Adds integers, such as a generator's state.
     *
     * @param name their name
     * @param values become an I32 vector
     * @return this
     */
    public StateWriter put(String name, int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        state.put(name, Tensor.ofBytes(DType.I32, bytes.array(), values.length));
        return this;
    }

    /**
     * Adds reals.
     *
     * @param name their name
     * @param values become an F64 vector, bit for bit
     * @return this
     */
    public StateWriter put(String name, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        state.put(name, Tensor.ofBytes(DType.F64, bytes.array(), values.length));
        return this;
    }

    /**
     * Adds tensors under their names.
     *
     * @param tensors any
     * @return this
     */
    public StateWriter putAll(Map<String, Tensor> tensors) {
        state.putAll(tensors);
        return this;
    }

    /**
     * What was added.
     *
     * @return unmodifiable, in the order of adding
     */
    public Map<String, Tensor> stateDict() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }
}
