package dev.netwright.processor.plan;

/**
 * How many samples a program takes at a time. Fewer keep the activations in the cache and the memory small; each part
 * reads all weights once more.
 *
 * @param samples so many; 0 for the whole batch
 * @param reason why, as a sentence
 */
record MicroBatch(int samples, String reason) {
    /** Enough for the weights to be read once for many, few enough for activations to stay in L2. */
    private static final int INFERENCE = 16;

    /** 8 MB of activations. */
    private static final int FLOATS = 2 << 20;

    private static final int FEWEST = 16;

    /** The whole batch at once. */
    static MicroBatch whole(String reason) {
        return new MicroBatch(0, reason);
    }

    /**
     * As many as fit the memory that one step may take; more where the weights are the larger part of the traffic.
     *
     * @param arena floats of a sample
     * @param parameters floats of all parameters
     */
    static MicroBatch training(int arena, int parameters) {
        int cached = Math.max(FEWEST, FLOATS / Math.max(1, arena));
        return of(cached, weightsFor(arena, parameters), "Their activations take no more than 8 MB.");
    }

    /** More than usual where the weights, read once for all of them, are the larger part of the traffic. */
    static MicroBatch inference(int arena, int parameters) {
        return of(
                INFERENCE,
                weightsFor(arena, parameters),
                "The weights are read once for them, and the activations of one after the other stay in the cache.");
    }

    private static MicroBatch of(int cached, int weights, String reason) {
        return new MicroBatch(
                rounded(Math.max(cached, weights)),
                weights > cached
                        ? "Their activations take as much memory as the weights, which are read once for all of them."
                        : reason);
    }

    /** Samples whose activations take as much memory as the weights. */
    private static int weightsFor(int arena, int parameters) {
        return parameters / Math.max(1, arena);
    }

    private static int rounded(int samples) {
        return (samples + Planner.GROUP - 1) / Planner.GROUP * Planner.GROUP;
    }
}
