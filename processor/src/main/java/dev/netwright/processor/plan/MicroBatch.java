package dev.netwright.processor.plan;

/**
 * How many samples a program takes at a time. Fewer keep the activations in the cache and the memory small; each part
 * reads all weights once more.
 */
final class MicroBatch {
    /** Enough for the weights to be read once for many, few enough for activations to stay in L2. */
    private static final int INFERENCE = 16;

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
        return rounded(Math.max(FEWEST, Math.max(FLOATS / Math.max(1, arena), weightsFor(arena, parameters))));
    }

    /** More than usual where the weights, read once for all of them, are the larger part of the traffic. */
    static int inference(int arena, int parameters) {
        return rounded(Math.max(INFERENCE, weightsFor(arena, parameters)));
    }

    /** Samples whose activations take as much memory as the weights. */
    private static int weightsFor(int arena, int parameters) {
        return parameters / Math.max(1, arena);
    }

    private static int rounded(int samples) {
        return (samples + Planner.GROUP - 1) / Planner.GROUP * Planner.GROUP;
    }
}
