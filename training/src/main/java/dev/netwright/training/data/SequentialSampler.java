package dev.netwright.training.data;

import dev.netwright.runtime.init.MersenneTwister;
import java.util.stream.IntStream;

/** Visits all samples in their own order; what a loader does unless told otherwise. */
public final class SequentialSampler implements Sampler {

    private final int samples;

    private SequentialSampler(int samples) {
        this.samples = samples;
    }

    /**
     * The sampler of a data set.
     *
     * @param dataset what is visited
     * @return the sampler
     */
    public static SequentialSampler of(Dataset dataset) {
        return new SequentialSampler(dataset.size());
    }

    @Override
    public int samples() {
        return samples;
    }

    @Override
    public int[] order(MersenneTwister generator) {
        return IntStream.range(0, samples).toArray();
    }

    @Override
    public void skip(MersenneTwister generator) {
        // Nothing is drawn.
    }
}
