package dev.netwright.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/** Waits until nothing computes, so that the contestant that is timed next has the machine to itself. */
final class Idle {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final long INTERVAL = 50;
    private static final long LONGEST = 5_000_000_000L;
    /** The clock of processor time has a resolution of 10 ms. */
    private static final Duration NOTHING = Duration.ofMillis(10);

    private static final double LITTLE = 0.1;

    private Idle() {}

    /** Whether the machine came to rest in time; where it does not tell, only the given processes are watched. */
    static boolean await(Collection<WorkerProcess> processes) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST;
        Duration used = used(processes);
        long[] ticks = ticks();
        while (System.nanoTime() < deadline) {
            Thread.sleep(INTERVAL);
            Duration usedNow = used(processes);
            long[] ticksNow = ticks();
            if (usedNow.minus(used).compareTo(NOTHING) <= 0 && busy(ticks, ticksNow) <= LITTLE) {
                return true;
            }
            used = usedNow;
            ticks = ticksNow;
        }
        return false;
    }

    private static Duration used(Collection<WorkerProcess> processes) {
        return processes.stream().map(WorkerProcess::used).reduce(Duration.ZERO, Duration::plus);
    }

    /** The part of all processors' time that was used between two looks. */
    static double busy(long[] before, long[] after) {
        long all = after[1] - before[1];
        return all == 0 ? 0 : (double) (after[0] - before[0]) / all;
    }

    /** Ticks in use and in all, of every process; zeros where there is no such file. */
    private static long[] ticks() {
        try {
            return ticks(Files.readAllLines(STATISTICS).get(0));
        } catch (IOException e) {
            return new long[2];
        }
    }

    /** {@code cpu user nice system idle iowait irq softirq steal ...}. */
    static long[] ticks(String line) {
        long[] fields = Arrays.stream(line.trim().split("\\s+"))
                .skip(1)
                .limit(8)
                .mapToLong(Long::parseLong)
                .toArray();
        long all = Arrays.stream(fields).sum();
        return new long[] {all - fields[3] - fields[4], all};
    }
}
