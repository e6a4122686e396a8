package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes the numbers of a {@link Stateful} part out of a state that {@link StateWriter} made, and refuses others. */
public final class StateReader {
    private final String owner;
    private final Map<String, Tensor> rest;

    /**
     * A reader of a state.
     *
     * @param owner whose state it is, to begin a message with, such as {@code The loader}
     * @param state tensors by name; copied
     */
    public StateReader(String owner, Map<String, Tensor> state) {
        this.owner = owner;
        this.rest = new LinkedHashMap<>(state);
    }

    /**
     * Takes an integer.
     *
     * @param name its name
     * @param lowest the smallest that makes sense
     * @param highest the largest that makes sense
     * @return lowest to highest
     * @throws IllegalArgumentException if it is missing, no I64 scalar, or out of this range
     */
    public long integer(String name, long lowest, long highest) {
        Tensor tensor = take(name, DType.I64);
        long value = tensor.toLongArray()[0];
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(owner + "'s state has \"" + name + "\" from " + lowest + " to " + highest
                    + ", but this one has " + value + ".");
        }
        return value;
    }

    /**
     * Takes integers.
     *
     * @param name their name
     * @param length how many
     * @return that many
     * @throws IllegalArgumentException if they are missing, or no I32 vector of this length
     */
    public int[] integers(String name, int length) {
        int[] values = new int[length];
        ByteBuffer.wrap(take(name, DType.I32, length).toBytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(values);
        return values;
    }

    /**
     * Takes reals.
     *
     * @param name their name
     * @param length how many
     * @return that many, bit for bit
     * @throws IllegalArgumentException if they are missing, or no F64 vector of this length
     */
    public double[] reals(String name, int length) {
        double[] values = new double[length];
        ByteBuffer.wrap(take(name, DType.F64, length).toBytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return values;
    }

    /**
     * Takes everything whose name begins with a prefix, under the names without it.
     *
     * @param prefix of the names
     * @return a reader of that part
     */
    public StateReader part(String prefix) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        rest.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        part.keySet().forEach(name -> rest.remove(prefix + name));
        return new StateReader(owner, part);
    }

    /**
     * What has not been taken.
     *
     * @return unmodifiable
     */
    public Map<String, Tensor> rest() {
        return Collections.unmodifiableMap(rest);
    }

    /**
     * Demands that everything has been taken.
     *
     * @throws IllegalArgumentException if something is left
     */
    public void end() {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(owner + "'s state has no \""
                    + rest.keySet().iterator().next() + "\", but this one does: it was made by something else.");
        }
    }

    private Tensor take(String name, DType dtype, int... shape) {
        Tensor tensor = rest.remove(name);
        if (tensor == null || tensor.dtype() != dtype || !Arrays.equals(tensor.dimensions(), shape)) {
            throw new IllegalArgumentException(owner + "'s state has \"" + name + "\" as " + dtype + Shapes.text(shape)
                    + ", but this one has " + (tensor == null ? "none" : tensor) + ".");
        }
        return tensor;
    }
}
