package dev.netwright.runtime.execution;

/**
 * How long a thread waits actively for one kind of thing. Where foreign threads take the processors, the one that is
 * waited for may stand behind this one in the queue of the same processor, and active waiting only holds it up: a thread
 * that waited so in vain waits less the next times. Now and then it waits for the whole time all the same: was that not in
 * vain, the other is on a processor of its own, and to sleep sooner was the mistake. (To double what was reached, as short
 * waits do, is not enough: waits of 20 us by the turn with one of 5 stayed asleep for good, ResNet-18 lost a tenth.)
 */
final class Patience {
    /**
     * What a wake-up takes on a quiet machine. The gaps between the steps of a program are shorter, and a gap that is not
     * has lost no more than as much again.
     */
    private static final long MOST_NANOS = 70_000;

    /** What a thread still waits actively that never did so with success. */
    private static final long LEAST_NANOS = 1_000;

    /** One wait of so many is for the whole time. */
    private static final int PROBE = 32;

    private long nanos = MOST_NANOS;
    private int waits;
    private long began;
    private long looked;
    private long most;

    /** A wait that has already taken a moment. */
    void begin(long now) {
        began = now;
        looked = now;
        most = ++waits % PROBE == 0 ? MOST_NANOS : nanos;
    }

    /** Whether to go on. */
    boolean lasts(long now) {
        looked = now;
        return now - began < most;
    }

    void inVain() {
        nanos = Math.max(LEAST_NANOS, nanos / 4);
        looked = began;
    }

    /** What was waited for has come, before {@link #begin} or after. */
    void rewarded() {
        boolean longer = looked - began > nanos;
        nanos = longer ? MOST_NANOS : Math.min(MOST_NANOS, 2 * nanos);
        looked = began;
    }
}
