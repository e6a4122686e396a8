package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Network;
import java.util.Optional;

/**
 * The programs of a network. No value of one has the number of another value of the other.
 *
 * @param inference evaluates; losses without gradients
 * @param training forward, losses, gradients, updates of statistics; empty for a network that only predicts
 */
public record Programs(Graph inference, Optional<Graph> training) {
    /** Runs the passes. */
    public static Programs of(Network network) {
        return of(network, (program, pass, graph) -> {});
    }

    /** As the other, telling of each pass's result. */
    public static Programs of(Network network, PassLog log) {
        Graph inference = inference(network, log).inference();
        int next = Math.max(network.nextValue(), inference.nextValue());
        return new Programs(inference, Optional.of(Passes.TRAINING.run(network, next, log)));
    }

    /** As {@link #of(Network, PassLog)}, of a network that only predicts. */
    public static Programs inference(Network network, PassLog log) {
        return new Programs(Passes.INFERENCE.run(network, network.nextValue(), log), Optional.empty());
    }
}
