package dev.netwright.training.data;

import dev.netwright.runtime.init.MersenneTwister;

/** Visits samples in random order, in the order of PyTorch's sampler of this name for the same seed. */
public final class RandomSampler implements Sampler {

    private final int size;
    private final int samples;
    private final boolean replacement;

    private RandomSampler(int size, int samples, boolean replacement) {
        this.size = size;
        this.samples = samples;
        this.replacement = replacement;
    }

    /**
     * Visits each sample once.
     *
     * @param dataset what is visited
     * @return the sampler
     */
    public static RandomSampler of(Dataset dataset) {
        return new RandomSampler(dataset.size(), dataset.size(), false);
    }

    /**
     * Chooses the length of an epoch. Without replacement a longer epoch visits all samples again, in another order.
     *
     * @param samples at least 1; as many as there are unless set
     * @return a new sampler
     */
    public RandomSampler samples(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("An epoch visits at least 1 sample, not " + samples + ".");
        }
        return new RandomSampler(size, samples, replacement);
    }

    /**
     * Chooses whether each sample is drawn from all, so that an epoch may visit one twice.
     *
     * @param replacement false unless set
     * @return a new sampler
     */
    public RandomSampler replacement(boolean replacement) {
        return new RandomSampler(size, samples, replacement);
    }

    @Override
    public int samples() {
        return samples;
    }

    @Override
    public int[] order(MersenneTwister generator) {
        MersenneTwister own = new MersenneTwister(generator.nextLong());
        int[] order = new int[samples];
        if (replacement) {
            for (int i = 0; i < samples; i++) {
                order[i] = own.nextInt(size);
            }
            return order;
        }
        for (int from = 0; from < samples; from += size) {
            int[] pass = own.randperm(size);
            System.arraycopy(pass, 0, order, from, Math.min(size, samples - from));
            if (samples - from <= size) {
                break;
            }
        }
        return order;
    }

    @Override
    public void skip(MersenneTwister generator) {
        generator.nextLong();
    }
}
