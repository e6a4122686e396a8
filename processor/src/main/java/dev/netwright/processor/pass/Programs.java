package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs of a network. No value of one has the number of another value of the other.
 *
 * @param inference evaluates; losses without gradients
 * @param training forward, losses, gradients, updates of statistics; empty for a network that only predicts
 */
public record Programs(Graph inference, Optional<Graph> training) {
    /**
     * Runs the passes.
     *
     * @param layers the network as declared
     * @param keptOutputs layers' values whose last activation the user wants to read, by name
     * @param inputGradient whether gradients by the inputs are wanted
     * @param exact whether every convolution is computed directly
     */
    public static Programs of(Graph layers, List<String> keptOutputs, boolean inputGradient, boolean exact) {
        return of(layers, keptOutputs, inputGradient, exact, (program, pass, graph) -> {});
    }

    /** As the other, telling of each pass's result. */
    public static Programs of(
            Graph layers, List<String> keptOutputs, boolean inputGradient, boolean exact, PassLog log) {
        Graph inference = inference(layers, keptOutputs, exact, log).inference();
        int next = Math.max(layers.nextValue(), inference.nextValue());
        Graph training = Passes.run(
                "training", Passes.TRAINING, layers, new Pass.Context(keptOutputs, inputGradient, exact, next), log);
        return new Programs(inference, Optional.of(training));
    }

    /** As {@link #of}, of a network that only predicts. */
    public static Programs inference(Graph layers, List<String> keptOutputs, boolean exact, PassLog log) {
        Pass.Context context = new Pass.Context(keptOutputs, false, exact, layers.nextValue());
        return new Programs(Passes.run("inference", Passes.INFERENCE, layers, context, log), Optional.empty());
    }

    /** The values that layers' outputs became, by layer, in the layers' order. */
    public static Map<String, Value> kept(Graph program, Collection<String> layers) {
        Map<String, Value> last = new HashMap<>();
        for (Node node : program.nodes()) {
            if (node.phase() == Node.Phase.FORWARD) {
                node.outputs().forEach(value -> last.put(value.name(), value));
            }
        }
        Map<String, Value> kept = new LinkedHashMap<>();
        for (String layer : layers) {
            if (last.containsKey(layer)) {
                kept.put(layer, last.get(layer));
            }
        }
        return kept;
    }
}
