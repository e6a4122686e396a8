package dev.netwright.runtime.execution;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How one thread waits for a condition that others make true: actively for a while, then asleep. Predictions of one sample
 * with both workers on one processor (CIFAR CNN, 9 meetings): 1.0 ms if each wait is 70 us, 0.23 ms if none is. To yield
 * instead gives the processor to foreign threads for their whole slice of 3 ms: steps of two workers beside two busy
 * loops then took 180 ms instead of 100.
 */
final class Waiter {
    /** From one look at the clock to the next, some 1 us: a look takes 20 to 40 ns. */
    private static final int TURNS = 32;

    private static final int ASLEEP = -1;

    private final boolean spin;
    private final AtomicInteger sleepers;
    /** Between steps of a program; how long nobody calls says nothing of it. */
    private final Patience meeting = new Patience();

    private final Patience idle = new Patience();
    private Patience patience = meeting;
    private volatile Thread sleeper;

    /**
     * @param spin whether to wait actively at all
     * @param sleepers where sleeping threads are counted
     */
    Waiter(boolean spin, AtomicInteger sleepers) {
        this.spin = spin;
        this.sleepers = sleepers;
    }

    /** The next wait is for work. */
    void idle() {
        patience = idle;
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
        patience.inVain();
        sleeper = Thread.currentThread();
        sleepers.incrementAndGet();
        return ASLEEP;
    }

    private boolean isActive(int turns) {
        if (!spin || turns == 0 || turns % TURNS != 0) {
            return spin;
        }
        if (turns == TURNS) {
            patience.begin(System.nanoTime());
            return true;
        }
        return patience.lasts(System.nanoTime());
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
            patience.rewarded();
        }
        patience = meeting;
    }

    /** To be called after the condition was made true. */
    void wake() {
        Thread sleeping = sleeper;
        if (sleeping != null) {
            LockSupport.unpark(sleeping);
        }
    }
}
