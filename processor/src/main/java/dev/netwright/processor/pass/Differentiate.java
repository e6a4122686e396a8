package dev.netwright.processor.pass;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reverse-mode differentiation: from the last layer to the first, each layer's gradient rule is applied to the sum of
 * what its consumers give. A gradient that
 * leads to no parameter (such as the first layer's by its input) is never asked for, so no code for it exists.
 */
final class Differentiate {
    private final Graph layers;
    private final Lowering lowering;
    private final Map<String, Layer.Forward> forwards;
    private final Function<String, Function<String, Value>> parameters;
    private final Map<Value, Value> gradients = new HashMap<>();

    Differentiate(
            Graph layers,
            Lowering lowering,
            Map<String, Layer.Forward> forwards,
            Function<String, Function<String, Value>> parameters) {
        this.layers = layers;
        this.lowering = lowering;
        this.forwards = forwards;
        this.parameters = parameters;
    }

    /** @return the gradients by the inputs, where asked for */
    List<Value> run(Map<Value, Value> seeds, boolean inputGradient) {
        gradients.putAll(seeds);
        Set<Value> wanted = wanted(inputGradient);
        for (int i = layers.nodes().size() - 1; i >= 0; i--) {
            differentiate(layers.nodes().get(i), i, wanted);
        }
        List<Value> result = new ArrayList<>();
        if (inputGradient) {
            for (int i = 0; i < layers.inputs().size(); i++) {
                Value input = layers.inputs().get(i);
                lowering.enter(input.name(), i, Phase.BACKWARD, name -> null);
                // no output may depend on the input
                result.add(
                        gradients.containsKey(input)
                                ? gradients.get(input)
                                : lowering.map(".grad", constant(0), input));
            }
        }
        return result;
    }

    private void differentiate(Node node, int index, Set<Value> wanted) {
        Value gradient = gradients.get(node.output());
        if (gradient == null || !wanted.contains(node.output())) {
            return;
        }
        boolean[] needed = new boolean[node.inputs().size()];
        for (int i = 0; i < needed.length; i++) {
            needed[i] = wanted.contains(node.inputs().get(i));
        }
        lowering.enter(node.name(), index, Phase.BACKWARD, parameters.apply(node.name()));
        lowering.needs(needed);
        List<Value> inputGradients = ((Layer) node.operator()).backward(lowering, forwards.get(node.name()), gradient);
        for (int i = 0; i < needed.length; i++) {
            if (needed[i]) {
                gradients.merge(node.inputs().get(i), inputGradients.get(i), this::sum);
            }
        }
    }

    private Value sum(Value a, Value b) {
        return lowering.map(".grad.sum", arg(0).plus(arg(1)), b, a);
    }

    /** Values that a parameter, or an input whose gradient is asked for, has influence on. */
    private Set<Value> wanted(boolean inputGradient) {
        Set<String> trained = new HashSet<>();
        for (Parameter parameter : layers.parameters()) {
            if (parameter.declaration().kind() == Kind.PARAMETER) {
                trained.add(parameter.layer());
            }
        }
        Set<Value> wanted = new HashSet<>(inputGradient ? layers.inputs() : List.of());
        for (Node node : layers.nodes()) {
            if (trained.contains(node.name()) || node.inputs().stream().anyMatch(wanted::contains)) {
                wanted.add(node.output());
            }
        }
        return wanted;
    }
}
