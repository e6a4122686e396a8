package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Graph.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Who makes and who reads each value of a graph. */
final class GraphIndex {
    private final Map<Value, Node> producers = new HashMap<>();
    private final Map<Value, List<Node>> consumers = new HashMap<>();
    private int highest = -1;

    GraphIndex(Graph graph) {
        for (Parameter parameter : graph.parameters()) {
            count(parameter.value());
        }
        graph.inputs().forEach(this::count);
        graph.upstream().forEach(this::count);
        for (LossTerm loss : graph.losses()) {
            Stream.of(loss.target(), loss.factor()).filter(Objects::nonNull).forEach(this::count);
        }
        for (Node node : graph.nodes()) {
            for (Value output : node.outputs()) {
                producers.put(output, node);
                count(output);
            }
            for (Value input : node.inputs()) {
                List<Node> nodes = consumers.computeIfAbsent(input, value -> new ArrayList<>());
                boolean again = !nodes.isEmpty() && nodes.get(nodes.size() - 1) == node;
                if (!again) {
                    nodes.add(node);
                }
                count(input);
            }
        }
    }

    private void count(Value value) {
        highest = Math.max(highest, value.id());
    }

    Node producer(Value value) {
        return producers.get(value);
    }

    List<Node> consumers(Value value) {
        return consumers.getOrDefault(value, List.of());
    }

    int nextValue() {
        return highest + 1;
    }
}
