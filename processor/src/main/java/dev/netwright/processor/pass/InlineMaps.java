package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Computes an element-wise result again in each kernel that reads it instead of storing it: always where there is one
 * reader, and where the expression is cheaper
 * than the memory traffic it saves.
 */
final class InlineMaps {
    /** Instructions per element that are worth repeating; loading and storing an element costs about as much. */
    private static final int CHEAP = 3;

    /** More arguments than this no longer leave registers for the expression. */
    private static final int MOST_ARGUMENTS = 8;

    private InlineMaps() {}

    static Graph run(Graph graph, Collection<Value> kept) {
        Graph current = graph;
        for (int i = 0; i < current.nodes().size(); i++) {
            Node node = current.nodes().get(i);
            if (node.operator() instanceof Primitive.Map map && isInlinable(node, map, new Uses(current, kept))) {
                current = inline(current, node, map);
                i--;
            }
        }
        return current;
    }

    private static boolean isInlinable(Node node, Primitive.Map map, Uses uses) {
        Value output = node.output();
        List<Node> consumers = uses.consumers(output);
        if (uses.isExternal(output) || consumers.isEmpty() || consumers.size() > 1 && Exprs.cost(map.expr()) > CHEAP) {
            return false;
        }
        return consumers.stream().allMatch(consumer -> accepts(consumer, node));
    }

    private static boolean accepts(Node consumer, Node producer) {
        Value space = consumer.inputs().isEmpty() ? null : consumer.inputs().get(0);
        boolean elementwise = consumer.operator() instanceof Primitive.Map || consumer.operator() instanceof Reduce;
        return elementwise
                && consumer.phase() == producer.phase()
                && space.shape().equals(producer.output().shape())
                && iteratesOverBatch(consumer) == producer.output().batched()
                && consumer.inputs().size() - 1 + producer.inputs().size() <= MOST_ARGUMENTS;
    }

    private static boolean iteratesOverBatch(Node consumer) {
        return consumer.inputs().stream().anyMatch(Value::batched);
    }

    private static Graph inline(Graph graph, Node producer, Primitive.Map map) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.inputs().contains(producer.output())) {
                nodes.add(inline(node, producer, map.expr()));
            } else if (node != producer) {
                nodes.add(node);
            }
        }
        return graph.withNodes(nodes);
    }

    private static Node inline(Node consumer, Node producer, Expr expr) {
        // the first argument gives the iteration's shape, so the producer's own first argument takes the place of its
        // result
        List<Value> inputs = new ArrayList<>();
        for (Value input : consumer.inputs()) {
            List<Value> replaced = input.equals(producer.output()) ? producer.inputs() : List.of(input);
            replaced.stream().filter(value -> !inputs.contains(value)).forEach(inputs::add);
        }
        Expr inlined = Exprs.substitute(
                expr, i -> Expr.arg(inputs.indexOf(producer.inputs().get(i))));
        Expr old = consumer.operator() instanceof Primitive.Map m ? m.expr() : ((Reduce) consumer.operator()).expr();
        Expr merged = Exprs.substitute(old, i -> {
            Value input = consumer.inputs().get(i);
            return input.equals(producer.output()) ? inlined : Expr.arg(inputs.indexOf(input));
        });
        Primitive operator = consumer.operator() instanceof Reduce reduce
                ? new Reduce(reduce.kind(), merged, reduce.dimensions(), reduce.overBatch())
                : new Primitive.Map(merged);
        return new Node(consumer.name(), operator, inputs, consumer.outputs(), consumer.phase());
    }
}
