package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves the gradient of an activation to the small side of the max pool behind it: {@code f'(y) * scatter(g) =
 * scatter(f'(max of y) * g)}, since the scattered
 * gradient is zero everywhere but at the largest elements, whose values the pool's output has. The activation before
 * the pool then need not be stored.
 */
final class Simplify {
    private Simplify() {}

    static Graph run(Graph graph) {
        Graph current = graph;
        Uses uses = new Uses(current, List.of());
        for (Node node : graph.nodes()) {
            Node scatter = movable(node, uses);
            if (scatter != null) {
                current = move(current, node, scatter, uses);
                uses = new Uses(current, List.of());
            }
        }
        return current;
    }

    /** The scattering node whose result this map is the gradient of an activation on, or null. */
    private static Node movable(Node node, Uses uses) {
        if (!(node.operator() instanceof Primitive.Map map) || node.inputs().size() != 2) {
            return null;
        }
        Node scatter = uses.producer(node.inputs().get(0));
        if (scatter == null
                || !(scatter.operator() instanceof Primitive.MaxPoolGradient)
                || uses.onlyConsumer(scatter.output()) != node
                || !Exprs.isLinear(map.expr(), 0)) {
            return null;
        }
        Node pool = uses.producer(scatter.inputs().get(1));
        return pool.inputs().get(0).equals(node.inputs().get(1)) ? scatter : null;
    }

    private static Graph move(Graph graph, Node map, Node scatter, Uses uses) {
        Value gradient = scatter.inputs().get(0);
        Value index = scatter.inputs().get(1);
        Value pooled = uses.producer(index).outputs().get(0);
        Value scaled = new Value(
                scatter.output().id(), gradient.name() + ".active", gradient.shape(), true, Value.Role.ACTIVATION);
        Primitive.Map expr = (Primitive.Map) map.operator();
        Node first = new Node(map.name(), expr, List.of(gradient, pooled), List.of(scaled), map.phase());
        Node second = new Node(
                scatter.name(), scatter.operator(), List.of(scaled, index), List.of(map.output()), scatter.phase());
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.set(nodes.indexOf(map), second);
        nodes.set(nodes.indexOf(scatter), first);
        return graph.withNodes(nodes);
    }
}
