package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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

    /** Of a kernel: of longer ones HotSpot makes bad code, and of very long ones none. */
    private static final int MOST_BYTECODES = 950;

    /** Bytecodes of an operation or constant, of which kernels of one to three activations had 8.6 to 9.3. */
    private static final int OPERATION = 10;

    /** Bytecodes that index and load an argument. */
    private static final int ARGUMENT = 30;

    private InlineMaps() {}

    static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        Node node = rewriter.first();
        while (node != null) {
            List<Node> readers = readers(node, rewriter);
            List<Node> merged = merged(node, readers, rewriter);
            for (int i = 0; i < merged.size(); i++) {
                rewriter.replace(readers.get(i), merged.get(i));
            }
            Node next = rewriter.after(node);
            if (!merged.isEmpty()) {
                rewriter.erase(node);
            }
            node = next;
        }
        return rewriter.graph();
    }

    /** What the readers of a map are to be instead, if all of them can compute it themselves; else empty. */
    private static List<Node> merged(Node node, List<Node> readers, Rewriter rewriter) {
        boolean inlinable = !readers.isEmpty()
                && !rewriter.isExternal(node.output())
                && (rewriter.reads(node.output()) <= 1 || Exprs.cost(expr(node)) <= CHEAP)
                && readers.stream().allMatch(reader -> accepts(reader, node));
        if (!inlinable) {
            return List.of();
        }
        List<Node> merged =
                readers.stream().map(reader -> inline(reader, node, expr(node))).toList();
        boolean goOn = IntStream.range(0, merged.size())
                .allMatch(i -> isShort(merged.get(i))
                        && merged.get(i).space().equals(readers.get(i).space()));
        return goOn ? merged : List.of();
    }

    private static boolean isShort(Node node) {
        return OPERATION * Exprs.size(expr(node)) + ARGUMENT * node.inputs().size() <= MOST_BYTECODES;
    }

    private static List<Node> readers(Node node, Rewriter rewriter) {
        return node.operator() instanceof Primitive.Map ? rewriter.readers(node.output()) : List.of();
    }

    private static boolean accepts(Node consumer, Node producer) {
        boolean elementwise = consumer.operator() instanceof Primitive.Map || consumer.operator() instanceof Reduce;
        return elementwise
                && consumer.phase() == producer.phase()
                && consumer.space().equals(producer.output().shape())
                && iteratesOverBatch(consumer) == producer.output().batched()
                && consumer.inputs().size() - 1 + producer.inputs().size() <= MOST_ARGUMENTS;
    }

    private static boolean iteratesOverBatch(Node consumer) {
        return consumer.inputs().stream().anyMatch(Value::batched);
    }

    private static Expr expr(Node node) {
        return node.operator() instanceof Primitive.Map map ? map.expr() : ((Reduce) node.operator()).expr();
    }

    private static Node inline(Node consumer, Node producer, Expr expr) {
        List<Value> inputs = new ArrayList<>();
        for (Value input : consumer.inputs()) {
            List<Value> replaced = input.equals(producer.output()) ? producer.inputs() : List.of(input);
            replaced.stream().filter(value -> !inputs.contains(value)).forEach(inputs::add);
        }
        Expr inlined = Exprs.substitute(
                expr, i -> Expr.arg(inputs.indexOf(producer.inputs().get(i))));
        Expr merged = Exprs.substitute(expr(consumer), i -> {
            Value input = consumer.inputs().get(i);
            return input.equals(producer.output()) ? inlined : Expr.arg(inputs.indexOf(input));
        });
        Primitive operator = consumer.operator() instanceof Reduce reduce
                ? new Reduce(reduce.kind(), merged, reduce.dimensions(), reduce.overBatch())
                : new Primitive.Map(merged);
        return new Node(consumer.name(), operator, inputs, consumer.outputs(), consumer.phase());
    }
}
