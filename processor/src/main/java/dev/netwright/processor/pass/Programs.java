package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The two programs of a network.
 *
 * @param inference evaluates; losses without gradients
 * @param training forward, losses, gradients, updates of statistics; null where the network was not to be trained
 */
public record Programs(Graph inference, Graph training) {
    /**
     * Runs the passes.
     *
     * @param layers the network as declared
     * @param keptOutputs layers' values whose last activation the user wants to read, by name
     * @param inputGradient whether gradients by the inputs are wanted
     * @param exact whether every convolution is computed directly
     */
    public static Programs of(Graph layers, List<String> keptOutputs, boolean inputGradient, boolean exact) {
        Graph inference = GraphVerifier.verify("Lower", Lower.inference(layers, keptOutputs));
        List<Value> kept = kept(inference, keptOutputs);
        inference = GraphVerifier.verify("FoldBatchNorm", FoldBatchNorm.run(inference, kept));
        inference = optimised(inference, kept);

        Graph training = GraphVerifier.verify("Differentiate", Lower.training(layers, keptOutputs, inputGradient));
        training = GraphVerifier.verify("Simplify", Simplify.run(training));
        kept = kept(training, keptOutputs);
        training = GraphVerifier.verify("SparseGradients", SparseGradients.run(training, kept, exact));
        training = optimised(training, kept);
        return new Programs(inference, training);
    }

    private static Graph optimised(Graph graph, List<Value> kept) {
        Graph live = GraphVerifier.verify("DropDead", DropDead.run(graph, kept));
        Graph inlined = GraphVerifier.verify("InlineMaps", InlineMaps.run(live, kept));
        return GraphVerifier.verify("Fuse", Fuse.run(inlined, kept));
    }

    /** The values that layers' outputs became. */
    public static List<Value> kept(Graph program, List<String> layers) {
        List<Value> kept = new ArrayList<>();
        for (String layer : layers) {
            program.nodes().stream()
                    .filter(node -> node.phase() == Node.Phase.FORWARD)
                    .flatMap(node -> node.outputs().stream())
                    .filter(value -> value.name().equals(layer))
                    .reduce((first, second) -> second)
                    .ifPresent(kept::add);
        }
        return kept;
    }
}
