package dev.netwright.benchmarks.harness;

import java.util.Map;

/** What one contestant repeats, for one task at one setting. */
public interface Job {
    /** Called before a burst and before the check, to set what other settings of the process have changed. */
    default void begin() {}

    /**
     * What comes before a step and is not timed.
     *
     * @param batch which batch of the pool to take, from 0 and without end
     * @throws Exception if the framework fails
     */
    default void before(long batch) throws Exception {}

    /**
     * Whether {@link #before} does something, so that every step is timed alone.
     *
     * @return false unless overridden
     */
    default boolean paired() {
        return false;
    }

    /**
     * One step.
     *
     * @param batch which batch of the pool to take, from 0 and without end
     * @throws Exception if the framework fails
     */
    void step(long batch) throws Exception;

    /**
     * How long all steps so far have spent on what is not to be counted.
     *
     * @return seconds, 0 unless overridden
     */
    default double elsewhere() {
        return 0;
    }

    /**
     * Results by which contestants are compared, from the weights given; called once, before any step.
     *
     * @return numbers by name; names that another contestant does not have are not compared
     * @throws Exception if the framework fails
     */
    Map<String, double[]> check() throws Exception;

    /**
     * At most a thousand elements of an array, evenly spread.
     *
     * @param values all elements
     * @param size how many of them count
     * @return the elements at the same places for every contestant
     */
    static double[] sampled(float[] values, int size) {
        int step = Math.max(1, size / 1000);
        double[] sample = new double[size / step];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = values[i * step];
        }
        return sample;
    }
}
