package dev.netwright.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The teams that train where the options name none: as large as the work is worth, and shared, as more busy threads than
 * processors would slow all of them.
 */
final class SharedTeams {
    /**
     * What a training step computes of a sample, for each thread. Steps of 64 samples of perceptrons 784-w-10, on one
     * thread and two, at best: w = 32 (0.15 million) 76 and 109 us, 64 (0.3) 137 and 89, 128 (0.6) 264 and 151, 256 (1.2)
     * 515 and 277; steps of 16 samples with w = 64: 39 and 93. While a neighbour kept one of the two processors busy, a
     * step on two threads took 0.5 to 1 ms more, however small: hence twice of what pays on a quiet machine.
     */
    private static final long FLOPS_PER_THREAD = 500_000;

    /** Forward, and as much again for the gradients by inputs and by weights. */
    private static final int PASSES = 3;

    private static final Map<Integer, Threads> TEAMS = new ConcurrentHashMap<>();

    private SharedTeams() {}

    static Threads of(ModelDefinition definition) {
        return TEAMS.computeIfAbsent(size(definition, Runtime.getRuntime().availableProcessors()), Threads::of);
    }

    static int size(ModelDefinition definition, int processors) {
        long flops = 0;
        for (LayerDefinition layer : definition.layers()) {
            flops += PASSES * layer.flops();
        }
        return (int) Math.max(1, Math.min(processors, flops / FLOPS_PER_THREAD));
    }
}
