package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes nodes whose results nobody uses. */
final class DropDead {
    private DropDead() {}

    static Graph run(Graph graph, Collection<Value> kept) {
        Set<Value> live = new HashSet<>(graph.outputs());
        live.addAll(kept);
        for (LossTerm loss : graph.losses()) {
            live.add(loss.value());
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            boolean effect = node.outputs().isEmpty()
                    || node.outputs().stream().anyMatch(output -> output.role() == Role.GRADIENT);
            if (effect || node.outputs().stream().anyMatch(live::contains)) {
                nodes.add(node);
                live.addAll(node.inputs());
            }
        }
        Collections.reverse(nodes);
        return graph.withNodes(nodes);
    }
}
