package dev.netwright.training.data;

import dev.netwright.runtime.DType;
import java.util.Arrays;
import java.util.List;

/**
 * One input or target of a sample: its type and shape.
 *
 * @param dtype {@code U8} (pictures as bytes), {@code F32} or {@code I32} (indices, labels)
 * @param shape without the batch; empty for a single value
 */
public record Field(DType dtype, List<Integer> shape) {

    /** A class: one integer. */
    public static final Field LABEL = new Field(DType.I32, List.of());

    /**
     * Checks type and shape.
     *
     * @param dtype the type
     * @param shape without the batch; copied
     * @throws IllegalArgumentException if the type is another one, or a size is not positive
     */
    public Field {
        if (dtype != DType.U8 && dtype != DType.F32 && dtype != DType.I32) {
            throw new IllegalArgumentException("Batches hold U8, F32 and I32, not " + dtype + ".");
        }
        shape = List.copyOf(shape);
        long size = 1;
        for (int length : shape) {
            if (length < 1) {
                throw new IllegalArgumentException(
                        "The sizes of a shape are at least 1, but this one is " + shape + ".");
            }
            size = Math.multiplyExact(size, (long) length);
        }
        Math.toIntExact(size);
    }

    /**
     * Unsigned bytes.
     *
     * @param shape without the batch
     * @return the field
     */
    public static Field bytes(int... shape) {
        return of(DType.U8, shape);
    }

    /**
     * Floats.
     *
     * @param shape without the batch
     * @return the field
     */
    public static Field floats(int... shape) {
        return of(DType.F32, shape);
    }

    /**
     * Integers.
     *
     * @param shape without the batch
     * @return the field
     */
    public static Field ints(int... shape) {
        return of(DType.I32, shape);
    }

    private static Field of(DType dtype, int[] shape) {
        return new Field(dtype, Arrays.stream(shape).boxed().toList());
    }

    /**
     * How many values there are: the product of the shape.
     *
     * @return at least 1
     */
    public int size() {
        int size = 1;
        // By index: it is asked for every sample, and an iterator would be all that is allocated.
        for (int i = 0; i < shape.size(); i++) {
            size *= shape.get(i);
        }
        return size;
    }

    /**
     * As a sentence needs it.
     *
     * @return such as {@code U8[3, 32, 32]}
     */
    @Override
    public String toString() {
        return dtype + shape.toString();
    }
}
