package dev.netwright.runtime;

import dev.netwright.runtime.check.ArrayChecks;
import dev.netwright.runtime.check.Shapes;
import java.util.Objects;

/** An input or output of a network. Immutable. */
public final class Port {
    private final String what;
    private final String name;
    private final DType type;
    private final int[] shape;

    /**
     * A port.
     *
     * @param what how messages name it; made once, as checks run in every step
     * @param name as declared
     * @param type of the caller's elements: F32, U8 or I32
     * @param shape one sample's; not copied
     */
    Port(String what, String name, DType type, int[] shape) {
        this.what = Objects.requireNonNull(what, "what");
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
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
     * What the elements of the caller's array are.
     *
     * @return {@link DType#F32} for a {@code float[]}, which every output is; {@link DType#U8} for a {@code byte[]},
     *     {@link DType#I32} for an {@code int[]}
     */
    public DType type() {
        return type;
    }

    /**
     * The shape of one sample.
     *
     * @return a copy, without the batch
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * Elements of one sample.
     *
     * @return their number
     */
    public int elements() {
        return Shapes.elements(shape);
    }

    /** The live shape: for reading only. */
    int[] dimensions() {
        return shape;
    }

    /**
     * Refuses an array that is too short.
     *
     * @param length of the array; -1 for null
     * @param n samples that it must hold
     * @throws IllegalArgumentException if it does not
     */
    public void check(int length, int n) {
        ArrayChecks.length(what, length, element(), n, shape);
    }

    private String element() {
        return switch (type) {
            case U8 -> "byte";
            case I32 -> "int";
            default -> "float";
        };
    }

    /**
     * An array for samples.
     *
     * @param n how many
     * @return zeros, in a {@code float[]}, {@code byte[]} or {@code int[]}
     */
    public Object newArray(int n) {
        int length = Math.multiplyExact(n, Shapes.elements(shape));
        return switch (type) {
            case U8 -> new byte[length];
            case I32 -> new int[length];
            default -> new float[length];
        };
    }

    /**
     * Refuses an array of other elements.
     *
     * @param array of the caller
     * @throws IllegalArgumentException if it is null or of another type than {@link #type()} tells
     */
    public void checkType(Object array) {
        boolean fits = switch (type) {
            case U8 -> array instanceof byte[];
            case I32 -> array instanceof int[];
            default -> array instanceof float[];
        };
        if (!fits) {
            throw ArrayChecks.otherType(what, element(), array);
        }
    }
}
