package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
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
        Rewriter rewriter = new Rewriter(graph);
        for (Node node : graph.nodes()) {
            Node scatter = movable(node, rewriter);
            if (scatter != null) {
                move(node, scatter, rewriter);
            }
        }
        return rewriter.graph();
    }

    /** The scattering node whose result this map is the gradient of an activation on, or null. */
    private static Node movable(Node node, Rewriter rewriter) {
        if (!(node.operator() instanceof Primitive.Map map) || node.inputs().size() != 2) {
            return null;
        }
        Node scatter = rewriter.producer(node.inputs().get(0));
        if (scatter == null
                || !(scatter.operator() instanceof Primitive.MaxPoolGradient)
                || rewriter.onlyReader(scatter.output()) != node
                || !Exprs.isLinear(map.expr(), 0)) {
            return null;
        }
        Node pool = rewriter.producer(scatter.inputs().get(1));
        return pool.inputs().get(0).equals(node.inputs().get(1)) ? scatter : null;
    }

    private static void move(Node map, Node scatter, Rewriter rewriter) {
        Value gradient = scatter.inputs().get(0);
        Value index = scatter.inputs().get(1);
        Value pooled = rewriter.producer(index).outputs().get(0);
        Value scaled =
                new Value(rewriter.newId(), gradient.name() + ".active", gradient.shape(), true, Value.Role.ACTIVATION);
        Primitive.Map expr = (Primitive.Map) map.operator();
        Node first = new Node(map.name(), expr, List.of(gradient, pooled), List.of(scaled), map.phase());
        Node second = new Node(
                scatter.name(), scatter.operator(), List.of(scaled, index), List.of(map.output()), scatter.phase());
        rewriter.replace(scatter, first);
        rewriter.replace(map, second);
    }
}
