package dev.netwright.processor.pass;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Fused;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Lets the kernel of a convolution or product apply what follows it (activation, sum with a shortcut, pool) while the
 * result is still in registers.
 */
final class Fuse {
    /** An epilogue is written out for each register of a tile; a dearer one is a kernel of its own. */
    private static final int DEAREST_EPILOGUE = 4;

    private Fuse() {}

    static Graph run(Graph graph, Collection<Value> kept) {
        Graph current = graph;
        for (int i = 0; i < current.nodes().size(); i++) {
            Node node = current.nodes().get(i);
            Uses uses = new Uses(current, kept);
            if (!isAnchor(node)) {
                continue;
            }
            Node map = followingMap(current, node, uses);
            if (map != null) {
                current = withEpilogue(current, node, map, uses);
                i--;
                continue;
            }
            Node pool = followingPool(node, uses);
            if (pool != null) {
                current = withPool(current, node, pool);
            }
        }
        return current;
    }

    private static boolean isAnchor(Node node) {
        Primitive primitive = (Primitive) node.operator();
        if (primitive instanceof Fused fused) {
            return fused.pool() == null;
        }
        return primitive instanceof Primitive.Convolve convolve
                        && convolve.convolution()
                                .isVectorised(node.inputs().get(1).shape())
                || primitive instanceof Primitive.ConvolveInputGradient gradient
                        && gradient.convolution()
                                .isVectorised(node.inputs().get(1).shape())
                || primitive instanceof Primitive.Product
                || primitive instanceof Primitive.ProductInputGradient;
    }

    private static Value result(Node node) {
        return node.outputs().get(node.outputs().size() - 1);
    }

    /** The element-wise node that can be applied in the anchor's registers, or null. */
    private static Node followingMap(Graph graph, Node anchor, Uses uses) {
        Value result = result(anchor);
        List<Node> consumers = uses.consumers(result);
        if (consumers.isEmpty() || !(consumers.get(0).operator() instanceof Primitive.Map map)) {
            return null;
        }
        Node first = consumers.get(0);
        boolean fits = first.inputs().get(0).shape().equals(result.shape())
                && first.output().batched()
                && first.inputs().stream().filter(result::equals).count() == 1
                && first.inputs().stream().allMatch(input -> isPerElementOrChannel(graph, input, result, anchor))
                && Exprs.cost(map.expr()) <= DEAREST_EPILOGUE
                && first.phase() == anchor.phase();
        boolean stored = consumers.size() > 1 || uses.isExternal(result);
        boolean alreadyKeeps = anchor.operator() instanceof Fused;
        if (!fits || stored && alreadyKeeps) {
            return null;
        }
        // the fused node takes the map's place, so whoever else reads the anchor's result must come later
        int place = graph.nodes().indexOf(first);
        return consumers.stream().allMatch(consumer -> graph.nodes().indexOf(consumer) >= place) ? first : null;
    }

    /** Only these can be loaded in the vectors that the tile has; what the caller gives is in the caller's order. */
    private static boolean isPerElementOrChannel(Graph graph, Value input, Value result, Node anchor) {
        Primitive primitive = Fused.anchor(anchor);
        boolean product = primitive instanceof Primitive.Product || primitive instanceof Primitive.ProductInputGradient;
        if (input.batched()) {
            return input.role() != Value.Role.TARGET
                    && input.shape().equals(result.shape())
                    && (!product || input.equals(result) || liesAsProduct(graph, input))
                    && (!(primitive instanceof Primitive.ProductInputGradient)
                            || liesAsProduct(
                                    graph, graph.productInput(anchor.inputs().get(1))));
        }
        int channels = product ? result.shape().rank() - 1 : 0;
        int aligned = channels - result.shape().rank() + input.shape().rank();
        return aligned >= 0
                && input.shape().size(aligned) == input.shape().elements()
                && input.shape().elements() == result.shape().size(channels);
    }

    /**
     * Whether a value's elements are in the order in which products write theirs; what convolutions make has its
     * channels innermost.
     */
    private static boolean liesAsProduct(Graph graph, Value value) {
        Node producer = graph.nodes().stream()
                .filter(node -> node.outputs().contains(value))
                .findFirst()
                .orElse(null);
        if (producer == null) {
            return value.shape().rank() == 1;
        }
        Primitive primitive = Fused.anchor(producer);
        return primitive instanceof Primitive.Product
                || primitive instanceof Primitive.DropoutMask
                || primitive instanceof Primitive.Map
                        && producer.inputs().stream()
                                .filter(Value::batched)
                                .allMatch(input -> input.shape().equals(value.shape()) && liesAsProduct(graph, input));
    }

    private static Graph withEpilogue(Graph graph, Node anchor, Node map, Uses uses) {
        Value result = result(anchor);
        Fused old = Fused.of(anchor);
        List<Value> inputs = new ArrayList<>(anchor.inputs());
        List<Integer> arguments = new ArrayList<>();
        for (Value input : map.inputs()) {
            if (input.equals(result)) {
                arguments.add(0);
                continue;
            }
            int known = inputs.subList(old.anchorInputs(), inputs.size()).indexOf(input);
            if (known < 0) {
                inputs.add(input);
                known = inputs.size() - 1 - old.anchorInputs();
            }
            arguments.add(known + 1);
        }
        Expr expr = Exprs.substitute(
                ((Primitive.Map) map.operator()).expr(),
                i -> arguments.get(i) == 0 ? old.epilogue() : arg(arguments.get(i)));
        boolean keeps = uses.consumers(result).size() > 1 || uses.isExternal(result);
        List<Value> outputs = keeps ? List.of(result, map.output()) : List.of(map.output());
        Node fused = new Node(
                anchor.name(),
                new Fused(old.anchor(), old.anchorInputs(), expr, keeps, null),
                inputs,
                outputs,
                anchor.phase());
        return replace(graph, anchor, map, fused);
    }

    private static Node followingPool(Node anchor, Uses uses) {
        Primitive primitive = Fused.anchor(anchor);
        Node pool = uses.onlyConsumer(result(anchor));
        boolean keeps = anchor.operator() instanceof Fused fused && fused.keepsAnchor();
        // windows are four pixels of two rows; a tile reads further operands in the order of the pixels of one row
        boolean readsPixels = anchor.operator() instanceof Fused fused
                && anchor.inputs().stream().skip(fused.anchorInputs()).anyMatch(Value::batched);
        boolean dense = primitive instanceof Primitive.Convolve convolve
                && convolve.convolution().isDense();
        return pool != null && !keeps && !readsPixels && dense && isTiled(pool) ? pool : null;
    }

    /** Windows of 2 x 2 that neither overlap nor leave the input lie within a register tile. */
    private static boolean isTiled(Node pool) {
        if (pool.operator() instanceof Primitive.MaxPool max) {
            return max.rows().isPairs() && max.columns().isPairs();
        }
        return pool.operator() instanceof Primitive.AveragePool average
                && average.rows().isPairs()
                && average.columns().isPairs()
                && average.divisor() == 0;
    }

    private static Graph withPool(Graph graph, Node anchor, Node pool) {
        Fused old = Fused.of(anchor);
        Node fused = new Node(
                anchor.name(),
                new Fused(old.anchor(), old.anchorInputs(), old.epilogue(), false, (Primitive) pool.operator()),
                anchor.inputs(),
                pool.outputs(),
                anchor.phase());
        return replace(graph, anchor, pool, fused);
    }

    private static Graph replace(Graph graph, Node first, Node second, Node fused) {
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.set(nodes.indexOf(second), fused);
        nodes.remove(first);
        return graph.withNodes(nodes);
    }
}
