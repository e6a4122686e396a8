package dev.netwright.training.data;

import dev.netwright.runtime.init.MersenneTwister;

/** Visits some of the samples in random order, in the order of PyTorch's sampler of this name for the same seed. */
public final class SubsetRandomSampler implements Sampler {

    private final int[] indices;

    private SubsetRandomSampler(int[] indices) {
        this.indices = indices;
    }

    /**
     * The sampler of some samples.
     *
     * @param indices which, at least one
     * @return the sampler
     */
    public static SubsetRandomSampler of(int... indices) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("An epoch visits at least 1 sample, not none.");
        }
        return new SubsetRandomSampler(indices.clone());
    }

    @Override
    public int samples() {
        return indices.length;
    }

    @Override
    public int[] order(MersenneTwister generator) {
        int[] order = generator.randperm(indices.length);
        for (int i = 0; i < order.length; i++) {
            order[i] = indices[order[i]];
        }
        return order;
    }
}
