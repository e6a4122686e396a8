package dev.netwright.runtime.check;

/** Checks of the caller's arrays, with one form of message. */
public final class ArrayChecks {
    private ArrayChecks() {}

    public static void samples(int n, int least) {
        if (n < 1) {
            throw new IllegalArgumentException("The number of samples must be at least 1, but is " + n + ".");
        }
        if (n < least) {
            throw new IllegalArgumentException("This network needs at least " + least
                    + " samples at once, but "
                    + n + " was given: batch normalisation has one value per sample and channel, whose variance over "
                    + "a single sample is not defined. Skip the last batch if it is that small.");
        }
    }

    /**
     * An array may be longer than n samples need, so that a buffer serves the last, smaller batch too.
     *
     * @param length of the array; -1 if it is null
     */
    public static void length(String what, int length, String type, int n, int[] shape) {
        long needed = (long) n * Shapes.elements(shape);
        if (length < needed) {
            String given = length < 0 ? "is null" : "has " + length + " " + type + "s";
            throw new IllegalArgumentException(what + " " + given + ", but " + samples(n) + " of shape "
                    + Shapes.text(shape) + " need " + needed + ".");
        }
    }

    /** -1 for null, of which messages say so. */
    public static int length(float[] array) {
        return array == null ? -1 : array.length;
    }

    public static void floats(String what, float[] array, int n, int[] shape) {
        length(what, length(array), "float", n, shape);
    }

    private static String samples(int n) {
        return n == 1 ? "1 sample" : n + " samples";
    }

    /** The sentence for an array of another type than its place takes. */
    public static IllegalArgumentException otherType(String what, String type, Object given) {
        return new IllegalArgumentException(what + " must be " + (type.equals("int") ? "an " : "a ") + type
                + "[], but is "
                + (given == null ? "null" : "of type " + given.getClass().getSimpleName()) + ".");
    }
}
