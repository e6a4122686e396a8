package dev.netwright.processor.reference;

/**
 * How a reference run computes: exactly, which is to say in double; or with every number that a computation in floats
 * would round moved by some float ulps, which shows how far rounding alone can carry the results. Equal numbers move
 * equally, so that ties stay ties.
 */
public final class Arithmetic {
    private static final double ULP = 0x1p-23;

    private final double ulps;
    private final long seed;
    private long sides = 1;

    private Arithmetic(double ulps, long seed) {
        this.ulps = ulps;
        this.seed = seed;
    }

    public static Arithmetic exact() {
        return new Arithmetic(0, 0);
    }

    public static Arithmetic moved(double ulps, long seed) {
        return new Arithmetic(ulps, seed);
    }

    /** The same, that notes its sides apart. */
    public static Arithmetic like(Arithmetic other) {
        return new Arithmetic(other.ulps, other.seed);
    }

    /** A number that is rounded to float here. */
    double round(double x) {
        if (ulps == 0) {
            return x;
        }
        long bits = (Double.doubleToRawLongBits(x) ^ seed) * 0x9E3779B97F4A7C15L;
        bits ^= bits >>> 29;
        bits *= 0xBF58476D1CE4E5B9L;
        return (bits & 1L << 40) == 0 ? x + x * ulps * ULP : x - x * ulps * ULP;
    }

    /** All of them, in place. */
    public double[] round(double[] values) {
        for (int i = 0; i < values.length && ulps != 0; i++) {
            values[i] = round(values[i]);
        }
        return values;
    }

    /** Notes on which side of a kink a function's argument lies. */
    boolean side(boolean side) {
        side(side ? 1 : 0);
        return side;
    }

    /** Notes which of several arguments a function chose. */
    void side(int choice) {
        sides = sides * 1_000_003 + choice;
    }

    /** The same number for runs that lay on the same side of every kink. */
    public long sides() {
        return sides;
    }
}
