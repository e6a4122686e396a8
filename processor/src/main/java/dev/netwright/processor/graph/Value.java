package dev.netwright.processor.graph;

/**
 * What flows along an edge of a graph. It is known by its number alone.
 *
 * @param id unique within a network, its two programs included, in order of creation; inputs and parameters keep
 *     theirs in the programs
 * @param name for people: the layer's field name, with a suffix for what is derived from it
 * @param shape of one sample if {@code batched}, else of the whole
 * @param batched whether there is one per sample
 * @param role where it lives and who may write it
 * @param type of its elements; anything but a float in inputs alone
 * @param parameter the parameter that a gradient is of; null for all others
 */
public record Value(int id, String name, Shape shape, boolean batched, Role role, ElementType type, Value parameter) {
    /** Where a value comes from, which decides where it is stored. */
    public enum Role {
        /** Given by the caller in PyTorch's order. */
        INPUT,
        /** Given by the caller beside the inputs, for a loss. */
        TARGET,
        /** Given by the runtime at each step: what the gradients of a loss are multiplied by. */
        FACTOR,
        /** Held by the model: what a loss weighs classes by. */
        LOSS_WEIGHTS,
        /** Computed. */
        ACTIVATION,
        /** Trained; in the flat array of parameters. */
        PARAMETER,
        /** Kept with the model, not trained; in the flat array of buffers. */
        BUFFER,
        /**
         * Part of a parameter's gradient, one for each use of the parameter; in the flat array of gradients. What writes
         * it adds to what is there.
         */
        GRADIENT
    }

    /** A value of floats. */
    public Value(int id, String name, Shape shape, boolean batched, Role role) {
        this(id, name, shape, batched, role, ElementType.FLOAT32);
    }

    public Value(int id, String name, Shape shape, boolean batched, Role role, ElementType type) {
        this(id, name, shape, batched, role, type, null);
    }

    /** What a node adds to a parameter's gradient. */
    public static Value gradientOf(int id, Value parameter) {
        return new Value(id, parameter.name, parameter.shape, false, Role.GRADIENT, ElementType.FLOAT32, parameter);
    }

    /** Name and shape, for readers of generated code. */
    public String label() {
        return shape.rank() == 0 ? name : name + " (" + shape + ")";
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Value other && id == other.id;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "%" + id + " " + name + " " + shape + (batched ? "" : " (whole)");
    }
}
