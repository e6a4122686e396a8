package dev.netwright.runtime.execution;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How one thread waits for a condition that others make true: actively for a while, then asleep. Where foreign threads
 * take the processors, the one that is waited for may stand behind this one in the queue of the same processor, and
 * active waiting only holds it up: a thread that waited so in vain waits less the next times. Predictions of one sample
 * with both workers on one processor (CIFAR CNN, 9 meetings): 1.0 ms if each wait is 70 us, 0.23 ms if none is. To yield
 * instead gives the processor to foreign threads for their whole slice of 3 ms: steps of two workers beside two busy
 * loops then took 180 ms instead of 100.
 */
final class Waiter {
    /**
     * What a wake-up takes on a quiet machine. The gaps between the steps of a program are shorter, and a gap that is not
     * has lost no more than as much again.
     */
    private static final long SPIN_NANOS = 70_000;

    /** From one look at the clock to the next, some 1 us: a look takes 20 to 40 ns. */
    private static final int TURNS = 32;

    /** What a thread still waits actively that never did so with success. */
    private static final long LEAST_NANOS = 1_000;

    /** One wait of so many is for the whole time, to find out whether it has sense again. */
    private static final int PROBE = 32;

    private static final int ASLEEP = -1;

    private final boolean spin;
    private final AtomicInteger sleepers;
    private long patience = SPIN_NANOS;
    private int waits;
    private long end;
    private volatile Thread sleeper;

    /**
     * @param spin whether to wait actively at all
     * @param sleepers where sleeping threads are counted
     */
    Waiter(boolean spin, AtomicInteger sleepers) {
        this.spin = spin;
        this.sleepers = sleepers;
    }

    /**
     * One turn of waiting, from turn 0 on; the caller tests its condition between turns. Sleep is announced one turn
     * before it begins, so a condition that became true before the announcement is seen and one that became true after it
     * wakes.
     */
    int turn(int turns) {
        if (turns == ASLEEP) {
            LockSupport.park(this);
            return ASLEEP;
        }
        if (isActive(turns)) {
            Thread.onSpinWait();
            return turns + 1;
        }
        patience = Math.max(LEAST_NANOS, patience / 4);
        sleeper = Thread.currentThread();
        sleepers.incrementAndGet();
        return ASLEEP;
    }

    private boolean isActive(int turns) {
        if (!spin || turns == 0 || turns % TURNS != 0) {
            return spin;
        }
        long now = System.nanoTime();
        if (turns == TURNS) {
            end = now + (++waits % PROBE == 0 ? SPIN_NANOS : patience);
        }
        return now - end < 0;
    }

    /** Whether a sleep after so many turns has not been announced. */
    boolean isAwake(int turns) {
        return turns != ASLEEP;
    }

    /** Instead of another turn, once a sleep was announced: ends after some time, or before. */
    void sleep(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    /** Ends the waiting. */
    void done() {
        if (sleeper != null) {
            sleeper = null;
            sleepers.decrementAndGet();
        } else {
            patience = Math.min(SPIN_NANOS, 2 * patience);
        }
    }

    /** To be called after the condition was made true. */
    void wake() {
        Thread sleeping = sleeper;
        if (sleeping != null) {
            LockSupport.unpark(sleeping);
        }
    }
}
