package dev.netwright.training.transforms;

/** Checks of what the transforms are made with. */
final class Sizes {

    private Sizes() {}

    static int positive(String what, int size) {
        if (size < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, but is " + size + ".");
        }
        return size;
    }

    static double probability(String transform, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(transform + " has a probability from 0 to 1, not " + p + ".");
        }
        return p;
    }

    static void range(String what, double low, double high, double lowest) {
        if (!(low >= lowest && low <= high && high < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " goes from a number of at least " + lowest
                    + " to a larger one, not from " + low + " to " + high + ".");
        }
    }
}
