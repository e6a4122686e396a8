package dev.netwright.processor.reference;

/**
 * How a reference run computes: exactly, which is to say in double; or with every number that a computation in floats
 * would round moved by some float ulps, which shows how far rounding alone can carry the results. Equal numbers move
 * equally, so that ties stay ties.
 */
public final class Arithmetic {
    private static final double ULP = 0x1p-23;

    /**
     * What a sum by an algorithm of fewer multiplications is off, in parts of the largest of a convolution's results:
     * it adds and takes away numbers as large as that.
     */
    private static final double FAST_SUM = 3e-7;

    private final double ulps;
    private final double fastSums;
    private final long seed;
    private long sides = 1;

    private Arithmetic(double ulps, double fastSums, long seed) {
        this.ulps = ulps;
        this.fastSums = fastSums;
        this.seed = seed;
    }

    public static Arithmetic exact() {
        return new Arithmetic(0, 0, 0);
    }

    /**
     * One that moves numbers.
     *
     * @param ulps by so many
     * @param fastSums whether convolutions are computed by an algorithm of fewer multiplications
     */
    public static Arithmetic moved(double ulps, boolean fastSums, long seed) {
        return new Arithmetic(ulps, fastSums ? ulps * FAST_SUM : 0, seed);
    }

    /** The same, that notes its sides apart. */
    public static Arithmetic like(Arithmetic other) {
        return new Arithmetic(other.ulps, other.fastSums, other.seed);
    }

    /** A number that is rounded to float here. */
    double round(double x) {
        if (ulps == 0) {
            return x;
        }
        return x + sign(x) * x * ulps * ULP;
    }

    /** 1 or -1, the same for equal numbers. */
    private int sign(double x) {
        long bits = (Double.doubleToRawLongBits(x) ^ seed) * 0x9E3779B97F4A7C15L;
        bits ^= bits >>> 29;
        bits *= 0xBF58476D1CE4E5B9L;
        return (bits & 1L << 40) == 0 ? 1 : -1;
    }

    /** All of them, in place. */
    public double[] round(double[] values) {
        for (int i = 0; i < values.length && ulps != 0; i++) {
            values[i] = round(values[i]);
        }
        return values;
    }

    /** The results of a convolution, in place. */
    double[] roundSums(double[] values) {
        double largest = fastSums == 0 ? 0 : ReferenceGradients.largest(values);
        for (int i = 0; i < values.length && largest > 0; i++) {
            values[i] += sign(values[i]) * fastSums * largest;
        }
        return round(values);
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
