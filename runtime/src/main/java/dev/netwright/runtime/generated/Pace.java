package dev.netwright.runtime.generated;

/** How fast passes over few samples and over many have become, and since when they have not got faster. */
final class Pace {
    /** What is less may be chance. */
    private static final double FASTER = 0.9;

    private static final long CLOCK_NANOS = 500;

    /** A pass over few samples that takes longer is still interpreted, where more samples gain nothing. */
    private static final long FAST_NANOS = 2_000_000;

    /** So many slow ones without progress are no progress, however long they take. */
    private static final int SLOW_PASSES = 4;

    private final long steady;
    private final int fastPasses;
    private final long start = System.nanoTime();
    private final long[] best = {Long.MAX_VALUE, Long.MAX_VALUE};
    private long began = start;
    private long now = start;
    private long improved = start;
    private int passes;

    /**
     * Before the first pass.
     *
     * @param steady nanoseconds without progress after which there is no more
     * @param fastPasses so many at least, where they are fast: a thread may have been waiting all the time
     */
    Pace(long steady, int fastPasses) {
        this.steady = steady;
        this.fastPasses = fastPasses;
    }

    void begin() {
        began = System.nanoTime();
    }

    void end(boolean many) {
        now = System.nanoTime();
        passes++;
        int kind = many ? 1 : 0;
        if (last() <= best[kind] * FASTER - CLOCK_NANOS) {
            best[kind] = last();
            improved = now;
            passes = 0;
        }
    }

    /** Nanoseconds of the last pass. */
    long last() {
        return now - began;
    }

    /** Nanoseconds of the fastest over few samples. */
    long best() {
        return best[0];
    }

    boolean isFast() {
        return best[0] < FAST_NANOS;
    }

    /** Nanoseconds to the end of the last pass. */
    long elapsed() {
        return now - start;
    }

    boolean isSteady() {
        return passes >= (isFast() ? fastPasses : SLOW_PASSES) && now - improved > steady;
    }
}
