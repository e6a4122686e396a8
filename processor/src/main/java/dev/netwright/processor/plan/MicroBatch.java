package dev.netwright.processor.plan;

/**
 * How many samples a program takes at a time. Fewer keep the activations in the cache and the memory small; each part
 * reads all weights once more.
 */
final class MicroBatch {
    /** Enough for the weights to be read once for many, few enough for activations to stay in L2. */
    static final int INFERENCE = 16;

    /** 8 MB of activations. */
    private static final int FLOATS = 2 << 20;

    private static final int FEWEST = 16;

    private MicroBatch() {}

    /**
     * As many as fit the memory that one step may take; more where the weights are the larger part of the traffic.
     *
     * @param arena floats of a sample
     * @param parameters floats of all parameters
     */
    static int training(int arena, int parameters) {
        int perSample = Math.max(1, arena);
        int samples = Math.max(FEWEST, Math.max(FLOATS / perSample, parameters / perSample));
        return (samples + Planner.GROUP - 1) / Planner.GROUP * Planner.GROUP;
    }
}
