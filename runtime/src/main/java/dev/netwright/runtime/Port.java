package dev.netwright.runtime;

import java.util.Objects;

/** An input or output of a network. Immutable. */
public final class Port {
    private final String what;
    private final String name;
    private final int[] shape;

    /**
     * A port.
     *
     * @param what how messages name it; made once, as checks run in every step
     * @param name as declared
     * @param shape one sample's; not copied
     */
    Port(String what, String name, int[] shape) {
        this.what = Objects.requireNonNull(what, "what");
        this.name = Objects.requireNonNull(name, "name");
        this.shape = shape;
    }

    /**
     * The name as declared.
     *
     * @return such as {@code input}; an output has its layer's
     */
    public String name() {
        return name;
    }

    /**
     * The shape of one sample.
     *
     * @return a copy, without the batch
     */
    public int[] shape() {
        return shape.clone();
    }

    /** The live shape: for reading only. */
    int[] dimensions() {
        return shape;
    }

    /** Refuses an array that is too short for n samples. */
    void check(float[] array, int n) {
        ArrayChecks.floats(what, array, n, shape);
    }
}
