package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who makes and who reads each value of a graph. */
final class Uses {
    private final Map<Value, Node> producers = new HashMap<>();
    private final Map<Value, List<Node>> consumers = new HashMap<>();
    private final Set<Value> external = new HashSet<>();

    Uses(Graph graph, Collection<Value> kept) {
        external.addAll(graph.outputs());
        external.addAll(kept);
        for (LossTerm loss : graph.losses()) {
            external.add(loss.value());
        }
        for (Node node : graph.nodes()) {
            node.outputs().forEach(output -> producers.put(output, node));
            node.inputs()
                    .forEach(input -> consumers
                            .computeIfAbsent(input, v -> new ArrayList<>())
                            .add(node));
        }
    }

    /** The node that computes a value, or null for what is given. */
    Node producer(Value value) {
        return producers.get(value);
    }

    /** Nodes that read a value, in order; one that reads it twice stands twice. */
    List<Node> consumers(Value value) {
        return consumers.getOrDefault(value, List.of());
    }

    /** Whether the caller reads the value. */
    boolean isExternal(Value value) {
        return external.contains(value);
    }

    /** The only reader of a value that nobody outside reads, or null. */
    Node onlyConsumer(Value value) {
        List<Node> nodes = consumers(value);
        return nodes.size() == 1 && !isExternal(value) ? nodes.get(0) : null;
    }
}
