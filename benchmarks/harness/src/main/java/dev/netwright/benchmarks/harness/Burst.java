package dev.netwright.benchmarks.harness;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Times a job: in short bursts, every step on the next batch of the pool. */
public final class Burst {
    /** Shorter steps are timed in groups, so that the clock costs less than one part in a hundred. */
    private static final double SHORTEST = 20e-6;

    private static final double WINDOW = 0.25;
    private static final double STABLE = 0.03;
    private static final int LONGEST = 15;

    /** Part of a window that the JVM's compilers may take once it is warm. */
    private static final double COMPILING = 0.1;

    private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();
    private static final int MOST = 1_000_000;

    /**
     * Seconds per step.
     *
     * @param median of all
     * @param min the shortest
     * @param max the longest
     * @param steps their number
     */
    public record Times(double median, double min, double max, long steps) {}

    private final Job job;
    private long batch;
    private int group = 1;

    /**
     * Nothing is timed yet.
     *
     * @param job what to repeat
     */
    public Burst(Job job) {
        this.job = job;
    }

    /**
     * Repeats the job for a number of seconds, and then until it gets no faster and the JVM's compilers rest, but at
     * most fifteen times as long.
     *
     * @param seconds at least
     * @return the times of the last quarter of a second
     * @throws Exception if the framework fails
     */
    public Times warmUp(double seconds) throws Exception {
        long start = System.nanoTime();
        double previous = Double.MAX_VALUE;
        while (true) {
            long compiled = COMPILERS.getTotalCompilationTime();
            long begin = System.nanoTime();
            Times window = measure(WINDOW, 2);
            double compiling = (COMPILERS.getTotalCompilationTime() - compiled) * 1e6 / (System.nanoTime() - begin);
            double elapsed = (System.nanoTime() - start) / 1e9;
            boolean stable = Math.abs(window.median() - previous) <= STABLE * previous && compiling <= COMPILING;
            if (elapsed >= seconds && stable || elapsed >= LONGEST * seconds) {
                return window;
            }
            previous = window.median();
        }
    }

    /**
     * Repeats the job.
     *
     * @param seconds at least
     * @param steps at least
     * @return the times of all steps
     * @throws Exception if the framework fails
     */
    public Times measure(double seconds, int steps) throws Exception {
        job.begin();
        double[] times = new double[64];
        int count = 0;
        long begin = System.nanoTime();
        while (count < MOST && (count < steps || (System.nanoTime() - begin) / 1e9 < seconds)) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = job.paired() ? alone() : grouped();
        }
        double[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        double median = Statistics.median(sorted);
        if (!job.paired()) {
            group = (int) Math.max(1, Math.min(10_000, SHORTEST / median));
        }
        return new Times(median, sorted[0], sorted[count - 1], (long) count * group);
    }

    private double alone() throws Exception {
        job.before(batch);
        double elsewhere = job.elsewhere();
        long start = System.nanoTime();
        job.step(batch++);
        return (System.nanoTime() - start) / 1e9 - (job.elsewhere() - elsewhere);
    }

    private double grouped() throws Exception {
        double elsewhere = job.elsewhere();
        long start = System.nanoTime();
        for (int i = 0; i < group; i++) {
            job.step(batch++);
        }
        return ((System.nanoTime() - start) / 1e9 - (job.elsewhere() - elsewhere)) / group;
    }
}
