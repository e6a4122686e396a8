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
 * @param layer the single layer's shape; null for networks
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
        List<String> tasks) {
    /** How many batches are made; steps take them in turn. */
    static final int POOL = 8;

    private static final long POOL_ELEMENTS = 32_000_000;

    /** Elements of one sample's input. */
    int inElements() {
        return input.stream().reduce(1, Math::multiplyExact);
    }

    /** How many batches are made for this row: fewer for very large ones, never less than two. */
    int pool() {
        int elements = Math.max(inElements(), layer == null ? 0 : layer.outElements());
        return (int) Math.max(2, Math.min(POOL, POOL_ELEMENTS / ((long) elements * batch)));
    }
}
