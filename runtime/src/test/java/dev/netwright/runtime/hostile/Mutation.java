package dev.netwright.runtime.hostile;

import java.util.Random;

/**
 * One way to damage the structure of a file before it is written.
 *
 * @param name for reports
 * @param weight how often it is drawn, relative to the others
 * @param sealed whether the file still passes the outer checks
 * @param change damages a structure in place
 * @param <S> the format's structure
 */
public record Mutation<S>(String name, int weight, boolean sealed, Change<S> change) {
    /**
     * A mutation that leaves the outer checks alone.
     *
     * @param name for reports
     * @param weight how often it is drawn
     * @param change damages a structure in place
     */
    public Mutation(String name, int weight, Change<S> change) {
        this(name, weight, true, change);
    }

    /**
     * What a mutation does.
     *
     * @param <S> the format's structure
     */
    public interface Change<S> {
        /**
         * Damages.
         *
         * @param structure changed in place
         * @param random draws
         */
        void apply(S structure, Random random);
    }
}
