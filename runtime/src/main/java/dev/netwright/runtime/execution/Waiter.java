package dev.netwright.runtime.execution;

import java.util.concurrent.locks.LockSupport;

/** How one thread waits for a condition that others make true: actively for a while, then asleep. */
final class Waiter {
    /** Of the order of the gaps inside one training step; ForkJoinPool's wake-ups cost 2-4 ms a step. */
    private static final int SPIN_TURNS = 20_000;

    /** Where processors are short, the one that is waited for may be waiting for this one. */
    private static final int YIELD_TURNS = 1_000;

    private final int spinTurns;
    private volatile Thread sleeper;

    Waiter(boolean spin) {
        this.spinTurns = spin ? SPIN_TURNS : 0;
    }

    /**
     * One turn of waiting; the caller tests its condition between turns. Sleep is announced one turn before it begins,
     * so a condition that became true before the announcement is seen and one that became true after it wakes.
     */
    int turn(int turns) {
        if (turns < spinTurns) {
            if (turns % YIELD_TURNS == YIELD_TURNS - 1) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        } else if (turns == spinTurns) {
            sleeper = Thread.currentThread();
        } else {
            LockSupport.park(this);
            return turns;
        }
        return turns + 1;
    }

    /** Whether a sleep after so many turns has not been announced. */
    boolean isAwake(int turns) {
        return turns <= spinTurns;
    }

    /** Instead of another turn, once a sleep was announced: ends after some time, or before. */
    void sleep(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    /** Ends the waiting. */
    void done() {
        if (sleeper != null) {
            sleeper = null;
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
