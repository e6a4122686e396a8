package dev.netwright.training.data;

import dev.netwright.runtime.init.MersenneTwister;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Visits each sample as often as its weight says, such as rare classes more often. With replacement the order is that of
 * PyTorch's sampler of this name for the same seed; without, it depends on the seed alone, but is not PyTorch's.
 */
public final class WeightedRandomSampler implements Sampler {

    private final double[] weights;
    private final int samples;
    private final boolean replacement;

    private WeightedRandomSampler(double[] weights, int samples, boolean replacement) {
        this.weights = weights;
        this.samples = samples;
        this.replacement = replacement;
    }

    /**
     * Draws with replacement.
     *
     * @param weights one per sample of the data set, at least 0, not all 0; they need not add up to 1
     * @param samples how many samples an epoch visits, at least 1
     * @return the sampler
     * @throws IllegalArgumentException if a weight or the number is out of range
     */
    public static WeightedRandomSampler of(double[] weights, int samples) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Weights are finite and at least 0, but that of sample " + i + " is " + weights[i] + ".");
            }
            sum += weights[i];
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY) || samples < 1) {
            throw new IllegalArgumentException(
                    samples < 1
                            ? "An epoch visits at least 1 sample, not " + samples + "."
                            : "The sum of the weights must be finite and above 0, but is " + sum + ".");
        }
        return new WeightedRandomSampler(weights.clone(), samples, true);
    }

    /**
     * Chooses whether a sample may be visited twice in an epoch.
     *
     * @param replacement true unless set
     * @return a new sampler
     * @throws IllegalArgumentException if there are fewer samples of a weight above 0 than an epoch visits
     */
    public WeightedRandomSampler replacement(boolean replacement) {
        long possible = Arrays.stream(weights).filter(weight -> weight > 0).count();
        if (!replacement && possible < samples) {
            throw new IllegalArgumentException("An epoch of " + samples + " samples without replacement needs as many"
                    + " weights above 0, but there are " + possible + ".");
        }
        return new WeightedRandomSampler(weights, samples, replacement);
    }

    @Override
    public int samples() {
        return samples;
    }

    /** The number of weights, which must be that of the data set's samples. */
    int weights() {
        return weights.length;
    }

    @Override
    public int[] order(MersenneTwister generator) {
        return replacement ? withReplacement(generator) : withoutReplacement(generator);
    }

    private int[] withReplacement(MersenneTwister generator) {
        double[] reached = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            reached[i] = sum;
        }
        for (int i = 0; i < weights.length; i++) {
            reached[i] /= sum;
        }
        reached[weights.length - 1] = 1;
        int[] order = new int[samples];
        for (int i = 0; i < samples; i++) {
            order[i] = firstReaching(reached, generator.nextDouble());
        }
        return order;
    }

    private static int firstReaching(double[] reached, double drawn) {
        int left = 0;
        int right = reached.length;
        while (left < right) {
            int middle = left + (right - left) / 2;
            if (reached[middle] < drawn) {
                left = middle + 1;
            } else {
                right = middle;
            }
        }
        return left;
    }

    /** The first to arrive when sample i arrives after an exponential time of rate weights[i]. */
    private int[] withoutReplacement(MersenneTwister generator) {
        double[] arrival = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            arrival[i] = -StrictMath.log1p(-generator.nextDouble()) / weights[i];
            if (weights[i] == 0) {
                arrival[i] = Double.POSITIVE_INFINITY;
            }
        }
        return IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> arrival[i]))
                .limit(samples)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
