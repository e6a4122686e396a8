package dev.netwright.benchmarks.harness;

import java.util.List;

/**
 * One row of the benchmark: one network or layer, in a process of its own for each contestant.
 *
 * @param id short name for the command line
 * @param title what the table calls it
 * @param kind what is measured
 * @param network the network's name
 * @param batch the largest number of samples in a step
 * @param input one sample's shape
 * @param classes number of classes of the labels; 0 without labels
 * @param learningRate of the optimiser
 * @param layer the single layer's shape; null for networks and modules
 * @param module the single layer as it is written; null for others
 * @param tasks what is timed, by name
 */
public record Row(
        String id,
        String title,
        Kind kind,
        String network,
        int batch,
        List<Integer> input,
        int classes,
        double learningRate,
        LayerShape layer,
        Module module,
        List<String> tasks) {
    /** How many batches are made; steps take them in turn. */
    static final int POOL = 8;

    private static final long POOL_ELEMENTS = 32_000_000;

    /** Elements of one sample's input. */
    int inElements() {
        return input.stream().reduce(1, Math::multiplyExact);
    }

    /** Whether it is compiled when the benchmark runs. */
    boolean isLayer() {
        return layer != null || module != null;
    }

    /** What the single layer is, as it travels between the processes. */
    String layerText() {
        return layer != null ? layer.text() : module.text();
    }

    /** Elements of one sample's output of a single layer. */
    int outElements() {
        return layer != null ? layer.outElements() : module.outElements();
    }

    /** How many batches are made for this row: fewer for very large ones, never less than two. */
    int pool() {
        int elements = Math.max(inElements(), isLayer() ? outElements() : 0);
        return (int) Math.max(2, Math.min(POOL, POOL_ELEMENTS / ((long) elements * batch)));
    }
}
