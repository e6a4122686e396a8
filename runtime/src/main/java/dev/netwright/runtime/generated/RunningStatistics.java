package dev.netwright.runtime.generated;

/** How running means and variances of layers that normalise follow those of batches. */
public final class RunningStatistics {
    private RunningStatistics() {}

    /**
     * Takes a batch's mean and variance into the running ones: running = (1 - m) * running + m * batch, computed in
     * double and rounded once, after the counter grew by 1. The variance is made unbiased. The rule is torch.nn.BatchNorm2d's.
     *
     * @param source holds the batch's statistics
     * @param mean where its means start
     * @param variance where its biased variances start
     * @param buffers holds the running statistics
     * @param runningMean where the running means start
     * @param runningVariance where the running variances start
     * @param counters holds the counter
     * @param counter its index
     * @param channels number of means
     * @param samples number of samples
     * @param perSample elements that each sample gave to a mean
     * @param momentum m; NaN for the cumulative average, where m = 1 / counter
     */
    public static void update(
            float[] source,
            int mean,
            int variance,
            float[] buffers,
            int runningMean,
            int runningVariance,
            long[] counters,
            int counter,
            int channels,
            int samples,
            int perSample,
            double momentum) {
        counters[counter]++;
        double count = (double) samples * perSample;
        double m = weight(counters[counter], momentum);
        for (int c = 0; c < channels; c++) {
            advance(source[mean + c], buffers, runningMean + c, m);
            advance(source[variance + c] * (count / (count - 1)), buffers, runningVariance + c, m);
        }
    }

    /**
     * As {@link #update}, by means over samples whose statistics are their own: the variance is that of each,
     * and the counter stays, unless {@code BatchNormStatistics} counts. The rule is torch.nn.InstanceNorm2d's.
     *
     * @param source holds the batch's statistics
     * @param mean where its means start
     * @param variance where its biased variances start
     * @param buffers holds the running statistics
     * @param runningMean where the running means start
     * @param runningVariance where the running variances start
     * @param counters holds the counter
     * @param counter its index
     * @param channels number of means
     * @param perSample elements that each sample gave to a mean
     * @param momentum m
     */
    public static void updateOfInstances(
            float[] source,
            int mean,
            int variance,
            float[] buffers,
            int runningMean,
            int runningVariance,
            long[] counters,
            int counter,
            int channels,
            int perSample,
            double momentum) {
        counters[counter] += counters[counter] < 0 ? 1 : 0;
        double m = weight(counters[counter], momentum);
        for (int c = 0; c < channels; c++) {
            advance(source[mean + c], buffers, runningMean + c, m);
            advance(source[variance + c] * (perSample / (perSample - 1.0)), buffers, runningVariance + c, m);
        }
    }

    private static double weight(long batches, double momentum) {
        // BatchNormStatistics counts from the least long on, to have a cumulative average from every layer.
        long cumulated = batches < 0 ? batches - Long.MIN_VALUE : batches;
        return batches < 0 || Double.isNaN(momentum) ? 1.0 / cumulated : momentum;
    }

    private static void advance(double now, float[] running, int index, double weight) {
        running[index] = (float) (weight * now + (1 - weight) * running[index]);
    }
}
