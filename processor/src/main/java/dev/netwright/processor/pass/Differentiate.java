package dev.netwright.processor.pass;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse-mode differentiation: from the last layer to the first, each layer's gradient rule is applied to the sum of
 * what its consumers give. A gradient that
 * leads to no parameter (such as the first layer's by its input) is never asked for, so no code for it exists.
 */
final class Differentiate {
    private final Network network;
    private final Lowering lowering;
    private final List<Layer.Forward> forwards;
    private final Map<Value, Value> gradients = new HashMap<>();
    private final Set<Value> differentiated = new HashSet<>();

    /** @param forwards what each layer's forward left, by the layer's number */
    Differentiate(Network network, Lowering lowering, List<Layer.Forward> forwards) {
        this.network = network;
        this.lowering = lowering;
        this.forwards = forwards;
    }

    /** @return the gradients by the inputs, where asked for */
    List<Value> run(Map<Value, Value> seeds) {
        gradients.putAll(seeds);
        Set<Value> wanted = wanted();
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            differentiate(network.layers().get(i), wanted);
        }
        List<Value> result = new ArrayList<>();
        for (Value input : network.inputGradient() ? network.inputs() : List.<Value>of()) {
            lowering.enter(input.name(), Phase.BACKWARD);
            // no output may depend on the input
            result.add(gradients.containsKey(input) ? gradients.get(input) : lowering.map(".grad", constant(0), input));
        }
        return result;
    }

    private void differentiate(LayerNode node, Set<Value> wanted) {
        if (node.outputs().stream().noneMatch(gradients::containsKey) || !wanted.contains(node.output())) {
            return;
        }
        Value gradient = gradients.get(node.output());
        differentiated.add(node.output());
        boolean[] needed = new boolean[node.inputs().size()];
        for (int i = 0; i < needed.length; i++) {
            needed[i] = wanted.contains(node.inputs().get(i));
        }
        lowering.enter(node, Phase.BACKWARD);
        lowering.needs(needed, node.further().stream().map(gradients::get).toList());
        List<Value> inputGradients = node.layer().backward(lowering, forwards.get(node.id()), gradient);
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] && inputGradients.get(i) != null) {
                gradients.merge(node.inputs().get(i), inputGradients.get(i), this::sum);
            }
        }
    }

    /** The outputs of layers by which, or by what these give besides, a gradient was computed. */
    Set<Value> differentiated() {
        return differentiated;
    }

    private Value sum(Value a, Value b) {
        return lowering.map(".grad.sum", arg(0).plus(arg(1)), b, a);
    }

    /** Values that a trained parameter, or an input whose gradient is asked for, has influence on. */
    private Set<Value> wanted() {
        Set<Value> wanted = new HashSet<>(network.inputGradient() ? network.inputs() : List.of());
        for (LayerNode node : network.layers()) {
            if (node.parameters().stream().anyMatch(Parameter::trained)
                    || node.inputs().stream().anyMatch(wanted::contains)) {
                wanted.addAll(node.outputs());
            }
        }
        return wanted;
    }
}
