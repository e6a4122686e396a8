package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import dev.netwright.runtime.init.Initial;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One entry of a state dict: its name and shape as in PyTorch, and where the network keeps it. Immutable.
 */
public final class ParameterSpec {
    /** How a parameter is read, which decides what its gradient is. */
    public enum Reading {
        /** Every element in every step. */
        WHOLE,
        /** Row by row: what no sample names has no gradient, and is stepped as if it had one of zeros. */
        ROWS,
        /** As {@link #ROWS}, with a gradient that PyTorch calls sparse: optimisers must know about it. */
        SPARSE
    }

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
    private final int gradientOffset;
    private final StorageLayout layout;
    private final Initial initial;
    private final int turn;
    private final Initial redraw;
    private final int redrawTurn;
    private final Kind kind;
    private final boolean frozen;
    private final Reading reading;
    private final int drawnAfter;

    /** The fields while an entry is made. */
    private static final class Draft {
        final Kind kind;
        final String key;
        final int[] shape;
        final int offset;
        final StorageLayout layout;
        final Initial initial;
        int gradientOffset;
        int turn;
        Initial redraw;
        int redrawTurn;
        boolean frozen;
        Reading reading = Reading.WHOLE;
        int drawnAfter;

        Draft(Kind kind, String key, int[] shape, int offset, StorageLayout layout, Initial initial) {
            this.kind = kind;
            this.key = Objects.requireNonNull(key, "key");
            this.shape = shape.clone();
            this.offset = offset;
            this.gradientOffset = offset;
            this.layout = layout;
            this.initial = Objects.requireNonNull(initial, "initial");
        }
    }

    private ParameterSpec(Draft draft) {
        key = draft.key;
        shape = draft.shape;
        offset = draft.offset;
        gradientOffset = draft.gradientOffset;
        layout = draft.layout;
        initial = draft.initial;
        turn = draft.turn;
        redraw = draft.redraw;
        redrawTurn = draft.redrawTurn;
        kind = draft.kind;
        frozen = draft.frozen;
        reading = draft.reading;
        drawnAfter = draft.drawnAfter;
        if (offset < 0 || gradientOffset < 0) {
            throw new IllegalArgumentException(
                    "The offset of " + key + " must not be negative, but is " + Math.min(offset, gradientOffset) + ".");
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
     * @param offset where its storage starts in the array of values, and in that of gradients unless
     *     {@link #gradientAt} says otherwise
     * @param layout the order of its storage
     * @param initial how it is drawn
     * @return the entry
     */
    public static ParameterSpec parameter(String key, int[] shape, int offset, StorageLayout layout, Initial initial) {
        return new ParameterSpec(
                new Draft(Kind.PARAMETER, key, shape, offset, Objects.requireNonNull(layout, "layout"), initial));
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
        return new ParameterSpec(new Draft(
                Kind.BUFFER,
                key,
                shape,
                offset,
                Objects.requireNonNull(layout, "layout"),
                Initial.constant(initialValue)));
    }

    /**
     * A counter, a scalar that starts at 0.
     *
     * @param key the state-dict key
     * @param index its place in the array of counters
     * @return the entry
     */
    public static ParameterSpec counter(String key, int index) {
        return new ParameterSpec(new Draft(Kind.COUNTER, key, new int[0], index, null, Initial.constant(0)));
    }

    /**
     * The same parameter, left alone by optimisers and without a gradient.
     *
     * @return a frozen copy
     */
    public ParameterSpec frozen() {
        return with(draft -> draft.frozen = true);
    }

    /**
     * The same parameter, with a gradient elsewhere: behind frozen parameters, which have none.
     *
     * @param start where its storage starts in the array of gradients, and in what optimisers keep
     * @return a copy with that place
     * @throws IllegalStateException if this is no parameter
     */
    public ParameterSpec gradientAt(int start) {
        if (kind != Kind.PARAMETER) {
            throw new IllegalStateException(key + " is no parameter, and has no gradient.");
        }
        return with(draft -> draft.gradientOffset = start);
    }

    /**
     * The same parameter, read in another way than whole.
     *
     * @param by how; rows are what the first dimension counts, and lie one behind the other
     * @return a copy that is read so
     * @throws IllegalStateException if this is no parameter
     */
    public ParameterSpec read(Reading by) {
        requireParameter();
        return with(draft -> draft.reading = by);
    }

    /**
     * The same parameter, of a layer that is added to a network that is there already: it is drawn after all that is drawn
     * in the turns before.
     *
     * @param in the turn: 0 for what the network itself has, from 1 on for what is added
     * @return a copy with that turn
     * @throws IllegalArgumentException if the turn is negative
     * @throws IllegalStateException if this is no parameter
     */
    public ParameterSpec added(int in) {
        requireParameter();
        if (in < 0) {
            throw new IllegalArgumentException("The turn of " + key + " must not be negative, but is " + in + ".");
        }
        return with(draft -> {
            draft.turn = in;
            draft.redrawTurn = Math.max(in, redrawTurn);
        });
    }

    /**
     * The same parameter, drawn anew once all parameters of its turn have been drawn, as {@code torch.nn.init} does in the
     * constructor of a module. What {@link #initial} draws is drawn all the same, and lost.
     *
     * @param by how it is drawn then
     * @return a copy with that rule
     * @throws IllegalStateException if this is no parameter
     */
    public ParameterSpec redrawn(Initial by) {
        return redrawn(by, turn);
    }

    /**
     * As {@link #redrawn(Initial)}, in a later turn.
     *
     * @param by how it is drawn then
     * @param in the turn
     * @return a copy with that rule
     * @throws IllegalArgumentException if the turn is before that in which it is drawn first
     * @throws IllegalStateException if this is no parameter
     */
    public ParameterSpec redrawn(Initial by, int in) {
        requireParameter();
        Objects.requireNonNull(by, "by");
        if (in < turn) {
            throw new IllegalArgumentException(
                    key + " is drawn in turn " + turn + ", and cannot be drawn anew in turn " + in + ".");
        }
        return with(draft -> {
            draft.redraw = by;
            draft.redrawTurn = in;
        });
    }

    /**
     * The same parameter, drawn after some of those behind it in the state dict: of a module that draws what is its own after
     * it has constructed its children, as attention does.
     *
     * @param further how many of those behind it are drawn before it
     * @return a copy with that place
     * @throws IllegalArgumentException if the number is negative
     * @throws IllegalStateException if this is no parameter
     */
    public ParameterSpec drawnAfter(int further) {
        requireParameter();
        if (further < 0) {
            throw new IllegalArgumentException(
                    key + " cannot be drawn after " + further + " of those behind it: write 0 or more.");
        }
        return with(draft -> draft.drawnAfter = further);
    }

    /**
     * How many of the parameters behind it are drawn before it.
     *
     * @return 0 unless {@link #drawnAfter(int)} says otherwise
     */
    public int drawnAfter() {
        return drawnAfter;
    }

    /** The same but for what is changed. */
    private ParameterSpec with(Consumer<Draft> change) {
        Draft draft = new Draft(kind, key, shape, offset, layout, initial);
        draft.gradientOffset = gradientOffset;
        draft.turn = turn;
        draft.redraw = redraw;
        draft.redrawTurn = redrawTurn;
        draft.frozen = frozen;
        draft.reading = reading;
        draft.drawnAfter = drawnAfter;
        change.accept(draft);
        return new ParameterSpec(draft);
    }

    private void requireParameter() {
        if (kind != Kind.PARAMETER) {
            throw new IllegalStateException(key + " is no parameter, and is not drawn.");
        }
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
     * Where the gradient starts, and what optimisers keep, of a trained parameter. Its values do not lie elsewhere where
     * parameters before it are frozen, so that models which freeze others can share weights.
     *
     * @return an index into the array of gradients; without meaning for what is not trained
     */
    public int gradientOffset() {
        return gradientOffset;
    }

    /**
     * End of the gradient.
     *
     * @return the offset after it
     */
    public int gradientEnd() {
        return Math.addExact(gradientOffset, layout.size());
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
     * When the first values are drawn.
     *
     * @return 0 for what a network itself has, from 1 on for what is added to it
     */
    public int turn() {
        return turn;
    }

    /**
     * When the values are drawn that take the place of the first ones.
     *
     * @return the turn; without meaning if the first ones stay
     */
    public int redrawTurn() {
        return redrawTurn;
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
     * How it is read.
     *
     * @return {@link Reading#WHOLE} unless an embedding's
     */
    public Reading reading() {
        return reading;
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
