package dev.netwright.runtime.generated;

/**
 * Whether passes of a program are faster with the whole team or on their caller alone, found by trying. How much a meeting
 * costs no compiler knows: where a team's processors have no cache in common, each line that one writes and another reads
 * takes 0.2 us, and ResNet-20's prediction of one sample 340 us with two workers and 240 with one; where they have, 140
 * with two. Results do not depend on it. Not thread-safe.
 */
final class TeamChoice {
    /** Passes longer than this are worth a team, and too long to be tried the other way. */
    private static final long LONGEST = 4_000_000;

    /** Passes that are compared; the fastest counts, as the first finds its caches cold. */
    private static final int COMPARED = 4;

    /** Passes from one trial to the next: at first, and at most, twice as many as before where a trial changed nothing. */
    private static final int FEWEST = 32;

    private static final int MOST = 8192;

    /** What a change must gain, so that noise does not change it to and fro. */
    private static final double GAIN = 0.95;

    private boolean alone;
    private boolean trying;
    private int left = FEWEST;
    private int interval = FEWEST;
    private double fastest = Double.MAX_VALUE;
    private double chosen;

    /** Whether the next pass is to be on its caller alone. */
    boolean isAlone() {
        return alone != trying;
    }

    /**
     * After a pass.
     *
     * @param nanos what it took
     * @param samples what it was for
     */
    void took(long nanos, int samples) {
        left--;
        double each = (double) nanos / samples;
        if (left < COMPARED) {
            fastest = Math.min(fastest, each);
        }
        boolean hopeless = trying && each > 2 * chosen;
        if (left > 0 && !hopeless) {
            return;
        }
        if (trying) {
            judge();
        } else {
            chosen = fastest;
            trying = nanos < LONGEST;
        }
        left = trying ? COMPARED : interval;
        fastest = Double.MAX_VALUE;
    }

    private void judge() {
        trying = false;
        boolean better = fastest < GAIN * chosen;
        alone ^= better;
        interval = better ? FEWEST : Math.min(MOST, 2 * interval);
    }
}
