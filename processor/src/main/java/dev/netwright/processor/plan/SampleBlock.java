package dev.netwright.processor.plan;

/**
 * How many samples a sum over the batch takes before it goes on to the next results. Their values stay in L2 while all
 * results are added to, and each result stays in L1 for so many samples. The order of each sum is that of the samples
 * in any case.
 */
public final class SampleBlock {
    /** Half of an L2 of 1 MB. */
    private static final int CACHE = 1 << 17;

    private static final int MOST = 8;

    private SampleBlock() {}

    /**
     * The number of samples; 0 for all, where the results are too large to be gone through more than once.
     *
     * @param perSample floats that are read of each sample
     * @param results floats that are added to
     */
    public static int of(int perSample, int results) {
        return results > CACHE ? 0 : Math.max(1, Math.min(MOST, CACHE / Math.max(1, perSample)));
    }
}
