package dev.netwright.benchmarks.subject;

import dev.netwright.runtime.generated.Worker;
import java.util.Arrays;

/**
 * The time of every step of a generated program, within the run of the whole program. Calls are inserted into the
 * generated source by {@link Profiled}; worker 0 takes the time at each barrier.
 */
public final class StepClock {
    private static final int MOST = 1024;
    private static final long[] NANOS = new long[MOST];
    private static long last;

    private StepClock() {}

    /**
     * A method of the program begins.
     *
     * @param worker the calling worker
     */
    public static void begin(Worker worker) {
        if (worker.index() == 0) {
            last = System.nanoTime();
        }
    }

    /**
     * A step has ended for all workers.
     *
     * @param worker the calling worker
     * @param step its number
     */
    public static void mark(Worker worker, int step) {
        if (worker.index() == 0) {
            long now = System.nanoTime();
            NANOS[step] += now - last;
            last = now;
        }
    }

    static void reset() {
        Arrays.fill(NANOS, 0);
    }

    /** Seconds of all runs of a step since the last reset. */
    static double total(int step) {
        return NANOS[step] / 1e9;
    }
}
