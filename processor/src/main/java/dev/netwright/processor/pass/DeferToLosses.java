package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In the program that only evaluates, what leads to losses and to nothing else that is read is computed with the losses:
 * predictions do without it, such as GoogLeNet's auxiliary classifiers.
 */
final class DeferToLosses {
    private DeferToLosses() {}

    static Graph run(Graph graph) {
        Set<Value> needed = new HashSet<>(graph.read());
        graph.losses().forEach(loss -> needed.remove(loss.value()));
        List<Node> nodes = new ArrayList<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.phase() != Phase.FORWARD) {
                nodes.add(node);
            } else if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                nodes.add(node);
            } else {
                nodes.add(new Node(node.name(), node.operator(), node.inputs(), node.outputs(), Phase.LOSS));
            }
        }
        Collections.reverse(nodes);
        nodes.sort(Comparator.comparing(Node::phase)); // stable
        return graph.withNodes(nodes);
    }
}
