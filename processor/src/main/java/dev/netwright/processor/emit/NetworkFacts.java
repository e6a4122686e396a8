package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What there is to say about a network.
 *
 * @param name the declared class's simple name
 * @param layers the network as declared
 * @param keys each layer's key in the state dict, by field name
 * @param inputGradient whether gradients by the inputs are computed
 * @param plan everything that was decided
 * @param vector whether vector kernels are generated
 */
public record NetworkFacts(
        String name, Graph layers, Map<String, String> keys, boolean inputGradient, Plan plan, boolean vector) {
    public NetworkFacts {
        keys = Map.copyOf(keys);
    }

    List<Value> inputs() {
        return layers.inputs();
    }

    List<Value> outputs() {
        return layers.outputs();
    }

    List<LossTerm> losses() {
        return layers.losses();
    }

    /** Whether the network can be trained; otherwise it only predicts. */
    boolean trains() {
        return plan.training().isPresent();
    }

    boolean unreduced() {
        return losses().stream().anyMatch(term -> term.loss().reduction() == Reduction.NONE);
    }

    /** Float targets of the training program beyond the losses': gradients that the caller gives. */
    int upstreamGradients() {
        if (losses().isEmpty()) {
            return outputs().size();
        }
        return (int) losses().stream()
                .filter(term -> term.loss().reduction() == Reduction.NONE)
                .count();
    }

    List<String> layerNames() {
        return layers.nodes().stream().map(Node::name).toList();
    }

    /** Inputs and outputs with their shapes, in words. */
    String shapes() {
        return shapes(inputs()) + " to " + shapes(outputs());
    }

    private static String shapes(List<Value> values) {
        return values.stream()
                .map(value -> value.name() + " (" + value.shape() + ")")
                .collect(Collectors.joining(", "));
    }
}
