package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Network;

/**
 * The two programs of a network. No value of one has the number of another value of the other.
 *
 * @param inference evaluates; losses without gradients
 * @param training forward, losses, gradients, updates of statistics
 */
public record Programs(Graph inference, Graph training) {
    /** Runs the passes. */
    public static Programs of(Network network) {
        return of(network, (program, pass, graph) -> {});
    }

    /** As the other, telling of each pass's result. */
    public static Programs of(Network network, PassLog log) {
        Graph inference = Passes.INFERENCE.run(network, network.nextValue(), log);
        int next = Math.max(network.nextValue(), inference.nextValue());
        return new Programs(inference, Passes.TRAINING.run(network, next, log));
    }
}
