package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import dev.netwright.runtime.init.Initial;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of a state dict: its name and shape as in PyTorch, and where the network keeps it. Immutable.
 */
public final class ParameterSpec {
    /** What an entry is for. */
    public enum Kind {
        /** Trained: lies in the arrays of values and gradients. */
        PARAMETER,
        /** Running statistics: lies in the array of buffers. */
        BUFFER,
        /** A 64-bit count such as {@code num_batches_tracked}: lies in the array of counters. */
        COUNTER
    }

    private final String key;
    private final int[] shape;
    private final int offset;
    private final StorageLayout layout;
    private final Initial initial;
    private final Initial redraw;
    private final Kind kind;
    private final boolean frozen;

    private ParameterSpec(
            String key,
            int[] shape,
            int offset,
            StorageLayout layout,
            Initial initial,
            Initial redraw,
            Kind kind,
            boolean frozen) {
        this.key = Objects.requireNonNull(key, "key");
        this.shape = shape.clone();
        this.offset = offset;
        this.layout = layout;
        this.initial = initial;
        this.redraw = redraw;
        this.kind = kind;
        this.frozen = frozen;
        if (offset < 0) {
            throw new IllegalArgumentException(
                    "The offset of " + key + " must not be negative, but is " + offset + ".");
        }
        if (layout != null && layout.elements() != Shapes.elements(shape)) {
            throw new IllegalArgumentException("The shape " + Shapes.text(shape) + " of " + key + " has "
                    + Shapes.elements(shape) + " elements, but its layout has " + layout.elements() + ".");
        }
    }

    /**
     * A trained parameter.
     *
     * @param key the state-dict key, such as {@code conv1.weight}
     * @param shape PyTorch's shape
     * @param offset where its storage starts in the arrays of values and gradients
     * @param layout the order of its storage
     * @param initial how it is drawn
     * @return the entry
     */
    public static ParameterSpec parameter(String key, int[] shape, int offset, StorageLayout layout, Initial initial) {
        return new ParameterSpec(
                key,
                shape,
                offset,
                Objects.requireNonNull(layout, "layout"),
                Objects.requireNonNull(initial, "initial"),
                null,
                Kind.PARAMETER,
                false);
    }

    /**
     * A buffer, such as a running mean.
     *
     * @param key the state-dict key
     * @param shape PyTorch's shape
     * @param offset where its storage starts in the array of buffers
     * @param layout the order of its storage
     * @param initialValue the value of every element at first
     * @return the entry
     */
    public static ParameterSpec buffer(String key, int[] shape, int offset, StorageLayout layout, float initialValue) {
        return new ParameterSpec(
                key,
                shape,
                offset,
                Objects.requireNonNull(layout, "layout"),
                Initial.constant(initialValue),
                null,
                Kind.BUFFER,
                false);
    }

    /**
     * A counter, a scalar that starts at 0.
     *
     * @param key the state-dict key
     * @param index its place in the array of counters
     * @return the entry
     */
    public static ParameterSpec counter(String key, int index) {
        return new ParameterSpec(key, new int[0], index, null, Initial.constant(0), null, Kind.COUNTER, false);
    }

    /**
     * The same parameter, left alone by optimisers and without a gradient.
     *
     * @return a frozen copy
     */
    public ParameterSpec frozen() {
        return new ParameterSpec(key, shape, offset, layout, initial, redraw, kind, true);
    }

    /**
     * The same parameter, drawn anew once all parameters of the network have been drawn, as {@code torch.nn.init} does
     * in the constructor of a module. What {@link #initial} draws is drawn all the same, and lost.
     *
     * @param by how it is drawn then
     * @return a copy with that rule
     * @throws IllegalStateException if this is no parameter
     */
    public ParameterSpec redrawn(Initial by) {
        if (kind != Kind.PARAMETER) {
            throw new IllegalStateException(key + " is no parameter, and is not drawn.");
        }
        return new ParameterSpec(key, shape, offset, layout, initial, Objects.requireNonNull(by, "by"), kind, frozen);
    }

    /**
     * The state-dict key.
     *
     * @return such as {@code conv1.weight}
     */
    public String key() {
        return key;
    }

    /**
     * PyTorch's shape.
     *
     * @return a copy; empty for a counter
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * Where the storage starts.
     *
     * @return an index into the array that the kind names
     */
    public int offset() {
        return offset;
    }

    /**
     * The order of the storage.
     *
     * @return null for a counter
     */
    public StorageLayout layout() {
        return layout;
    }

    /**
     * How the first values are drawn: PyTorch's default for the layer.
     *
     * @return the rule
     */
    public Initial initial() {
        return initial;
    }

    /**
     * How the values are drawn that take the place of the first ones.
     *
     * @return the rule, or nothing if the first ones stay
     */
    public Optional<Initial> redraw() {
        return Optional.ofNullable(redraw);
    }

    /**
     * What the entry is for.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether optimisers change this entry.
     *
     * @return true for parameters that are not frozen
     */
    public boolean trained() {
        return kind == Kind.PARAMETER && !frozen;
    }

    /**
     * End of the storage in the array that the kind names.
     *
     * @return the offset after it
     */
    public int end() {
        return Math.addExact(offset, kind == Kind.COUNTER ? 1 : layout.size());
    }

    /** The live shape: for reading only. */
    int[] dimensions() {
        return shape;
    }

    @Override
    public String toString() {
        return key + " " + Shapes.text(shape);
    }

    /**
     * What a tensor of this entry is.
     *
     * @return type and shape, such as {@code F32[64, 3, 3, 3]}
     */
    public String form() {
        return (kind == Kind.COUNTER ? DType.I64 : DType.F32) + Shapes.text(shape);
    }
}
