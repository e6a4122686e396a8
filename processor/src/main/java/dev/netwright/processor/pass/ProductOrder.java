package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Fused;
import dev.netwright.processor.graph.Value;
import java.util.HashSet;
import java.util.Set;

/**
 * The values whose elements are in the order in which products write theirs; what convolutions make has its channels
 * innermost. Fusing nodes changes nothing about it.
 */
final class ProductOrder {
    private final Graph graph;
    private final Set<Value> computed = new HashSet<>();

    ProductOrder(Graph graph) {
        this.graph = graph;
        for (Node node : graph.nodes()) {
            if (isWrittenBy(node)) {
                computed.addAll(node.outputs());
            }
        }
    }

    private boolean isWrittenBy(Node node) {
        Primitive primitive = Fused.anchor(node);
        return primitive instanceof Primitive.Product
                || primitive instanceof Primitive.MatMul
                || primitive instanceof Primitive.Draw
                || primitive instanceof Primitive.Map
                        && node.inputs().stream()
                                .filter(Value::batched)
                                .allMatch(input ->
                                        input.shape().equals(node.output().shape()) && has(input));
    }

    boolean has(Value value) {
        return graph.producer(value) == null ? value.shape().rank() == 1 : computed.contains(value);
    }
}
