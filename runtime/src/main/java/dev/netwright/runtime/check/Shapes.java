package dev.netwright.runtime.check;

import java.util.Arrays;

/** Arithmetic on shapes that every class here needs in the same way. */
public final class Shapes {
    private Shapes() {}

    /** Number of elements; an error when a dimension is negative or the product passes {@link Integer#MAX_VALUE}. */
    public static int elements(int[] shape) {
        boolean empty = false;
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("Shape " + text(shape) + " has a negative dimension.");
            }
            empty |= extent == 0;
        }
        if (empty) {
            return 0;
        }
        long elements = 1;
        for (int extent : shape) {
            elements *= extent;
            if (elements > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "Shape " + text(shape) + " has more elements than the 2147483647 that a Java array can hold.");
            }
        }
        return (int) elements;
    }

    public static int roundUp(int value, int multiple) {
        return Math.multiplyExact((int) (((long) value + multiple - 1) / multiple), multiple);
    }

    public static String text(int[] shape) {
        return Arrays.toString(shape);
    }
}
