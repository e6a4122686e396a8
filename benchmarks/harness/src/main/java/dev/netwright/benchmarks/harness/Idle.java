package dev.netwright.benchmarks.harness;

import java.time.Duration;
import java.util.Collection;

/** Waits until no contestant computes, so that the one that is timed next has the machine to itself. */
final class Idle {
    private static final long INTERVAL = 40;
    private static final long LONGEST = 3_000;
    /** The clock of processor time has a resolution of 10 ms. */
    private static final Duration NOTHING = Duration.ofMillis(10);

    private Idle() {}

    static void await(Collection<WorkerProcess> processes) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST * 1_000_000;
        Duration before = used(processes);
        while (System.nanoTime() < deadline) {
            Thread.sleep(INTERVAL);
            Duration now = used(processes);
            if (now.minus(before).compareTo(NOTHING) <= 0) {
                return;
            }
            before = now;
        }
    }

    private static Duration used(Collection<WorkerProcess> processes) {
        return processes.stream().map(WorkerProcess::used).reduce(Duration.ZERO, Duration::plus);
    }
}
