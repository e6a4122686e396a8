package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Value;
import java.util.HashSet;
import java.util.Set;

/**
 * What the layers before the first that is trained compute in a program that trains, as far as nothing after the forward
 * pass reads it: there they are as in evaluation, so that their memory is others' as soon as it is there.
 */
final class FrozenValues {
    private FrozenValues() {}

    static Set<Value> of(Graph graph) {
        Set<Value> values = new HashSet<>();
        Set<Value> trained = new HashSet<>(graph.inputGradients().isEmpty() ? Set.of() : graph.inputs());
        graph.parameters().stream()
                .filter(Parameter::trained)
                .map(Parameter::value)
                .forEach(trained::add);
        Set<Value> readLater = new HashSet<>(graph.read());
        for (Node node : graph.nodes()) {
            if (node.phase() != Phase.FORWARD) {
                readLater.addAll(node.inputs());
            } else if (node.inputs().stream().anyMatch(trained::contains)) {
                trained.addAll(node.outputs());
            } else {
                values.addAll(node.outputs());
            }
        }
        values.removeAll(readLater);
        return values;
    }
}
