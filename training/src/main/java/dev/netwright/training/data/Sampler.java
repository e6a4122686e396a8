package dev.netwright.training.data;

import dev.netwright.runtime.init.MersenneTwister;

/** Chooses which samples an epoch visits, and in which order. Implementations are immutable. */
public interface Sampler {

    /**
     * How many samples an epoch visits.
     *
     * @return the length of {@link #order}
     */
    int samples();

    /**
     * The samples of the next epoch.
     *
     * @param generator the loader's, which stands where PyTorch's default generator would
     * @return indices into the data set, which the caller may keep
     */
    int[] order(MersenneTwister generator);

    /**
     * Advances the generator as {@link #order} would.
     *
     * @param generator the loader's
     */
    default void skip(MersenneTwister generator) {
        order(generator);
    }
}
