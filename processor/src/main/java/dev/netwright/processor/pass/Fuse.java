package dev.netwright.processor.pass;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Fused;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the kernel of a convolution or product apply what follows it (activation, sum with a shortcut, pool) while the
 * result is still in registers.
 */
final class Fuse {
    /** An epilogue is written out for each register of a tile; a dearer one is a kernel of its own. */
    private static final int DEAREST_EPILOGUE = 4;

    /** Further operands of an epilogue: each is loaded for each register of a tile. */
    private static final int MOST_OPERANDS = 8;

    private final Graph graph;
    private final Rewriter rewriter;
    private final ProductOrder order;

    private Fuse(Graph graph, Rewriter rewriter) {
        this.graph = graph;
        this.rewriter = rewriter;
        this.order = new ProductOrder(graph);
    }

    static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        Fuse pass = new Fuse(graph, rewriter);
        Node node = rewriter.first();
        while (node != null) {
            Node map = isAnchor(node) ? pass.followingMap(node) : null;
            Node pool = isAnchor(node) && map == null ? pass.followingPool(node) : null;
            if (map != null) {
                rewriter.replace(map, pass.withEpilogue(node, map));
            } else if (pool != null) {
                rewriter.replace(pool, withPool(node, pool));
            }
            Node next = rewriter.after(node);
            if (map != null || pool != null) {
                rewriter.erase(node);
            }
            node = next;
        }
        return rewriter.graph();
    }

    private static boolean isAnchor(Node node) {
        Primitive primitive = node.operator();
        if (primitive instanceof Fused fused) {
            return fused.pool() == null;
        }
        return primitive instanceof Primitive.Convolve
                || primitive instanceof Primitive.ConvolveInputGradient
                || Primitive.isProduct(primitive);
    }

    private static Value result(Node node) {
        return node.outputs().get(node.outputs().size() - 1);
    }

    /** The element-wise node that can be applied in the anchor's registers, or null. */
    private Node followingMap(Node anchor) {
        // the fused node takes the map's place, so whoever else reads the anchor's result must come later
        Node first = rewriter.firstReader(result(anchor));
        if (first == null || !(first.operator() instanceof Primitive.Map map)) {
            return null;
        }
        String obstacle = obstacle(anchor, first, map);
        boolean keeps = isStored(result(anchor));
        decide(
                first,
                obstacle,
                "The results are still in registers, which saves a pass over them"
                        + (keeps ? "; the sums before it are stored, too, as others read them." : "."));
        return obstacle == null ? first : null;
    }

    /** Notes whether the kernel of the sums applies what follows it, and what hinders or speaks for it. */
    private void decide(Node follower, String obstacle, String gain) {
        boolean applied = obstacle == null;
        rewriter.decide(
                Topic.FUSION,
                follower,
                applied ? "applied by the kernel before it" : "a step of its own",
                applied ? gain : obstacle);
    }

    /** Why a map cannot be applied in the anchor's registers; null where it can. */
    private String obstacle(Node anchor, Node first, Primitive.Map map) {
        Value result = result(anchor);
        int cost = Exprs.cost(Fused.of(anchor).epilogue()) + Exprs.cost(map.expr());
        int operands = furtherOperands(anchor) + first.inputs().size() - 1;
        if (!first.output().shape().equals(result.shape()) || !first.output().batched()) {
            return "Its result, " + first.output().label() + ", has another shape than the sums, " + result.label()
                    + ".";
        } else if (first.inputs().stream().filter(result::equals).count() != 1) {
            return "It reads the sums more than once.";
        } else if (cost > DEAREST_EPILOGUE) {
            return "What is done to each register is written out for each: " + cost + " operations are more than the "
                    + DEAREST_EPILOGUE + " that keep a kernel short.";
        } else if (operands > MOST_OPERANDS) {
            return "It reads " + operands + " further values for each register, more than " + MOST_OPERANDS + ".";
        } else if (first.phase() != anchor.phase()) {
            return "It runs in another phase than the sums.";
        } else if (isStored(result) && anchor.operator() instanceof Fused) {
            return "Others read what it reads, and the kernel can store the sums as they are, but no result in between.";
        }
        return first.inputs().stream()
                .filter(input -> !isPerElementOrChannel(input, result, anchor))
                .findFirst()
                .map(input -> input.label() + " cannot be loaded in the vectors in which the sums are.")
                .orElse(null);
    }

    private static int furtherOperands(Node anchor) {
        return anchor.inputs().size() - Fused.of(anchor).anchorInputs();
    }

    /** Whether somebody beside the first reader reads it. */
    private boolean isStored(Value result) {
        return rewriter.reads(result) > 1 || rewriter.isExternal(result);
    }

    /** Only these can be loaded in the vectors that the tile has; what the caller gives is in the caller's order. */
    private boolean isPerElementOrChannel(Value input, Value result, Node anchor) {
        Primitive primitive = Fused.anchor(anchor);
        boolean product = Primitive.isProduct(primitive);
        if (input.batched()) {
            return input.role() != Value.Role.TARGET
                    && input.shape().equals(result.shape())
                    && (!product || input.equals(result) || order.has(input))
                    && (!(primitive instanceof Primitive.ProductInputGradient)
                            || graph.productInput(anchor.inputs().get(1))
                                    .filter(order::has)
                                    .isPresent());
        }
        return Channels.isVectorOf(result.shape(), anchor, input);
    }

    private Node withEpilogue(Node anchor, Node map) {
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
        boolean keeps = isStored(result);
        List<Value> outputs = keeps ? List.of(result, map.output()) : List.of(map.output());
        return new Node(
                anchor.name(),
                new Fused(old.anchor(), old.anchorInputs(), expr, keeps, null),
                inputs,
                outputs,
                anchor.phase());
    }

    /** The pool whose windows lie within the anchor's tiles, or null. */
    private Node followingPool(Node anchor) {
        Node pool = rewriter.onlyReader(result(anchor));
        if (pool == null
                || !(pool.operator() instanceof Primitive.MaxPool
                        || pool.operator() instanceof Primitive.AveragePool)) {
            return null;
        }
        String obstacle = obstacle(anchor, pool);
        decide(
                pool,
                obstacle,
                "The four pixels of a window are in registers at once, and the sums before it are never stored.");
        return obstacle == null ? pool : null;
    }

    /** Why a pool cannot be applied in the anchor's registers; null where it can. */
    private static String obstacle(Node anchor, Node pool) {
        Primitive primitive = Fused.anchor(anchor);
        if (!(primitive instanceof Primitive.Convolve convolve)
                || !convolve.convolution().isDense()) {
            return "Only convolutions without groups have the pixels of two rows in registers.";
        } else if (!isTiled(pool)) {
            return "Its windows are not 2 x 2 with a stride of 2, which alone lie within a tile of registers.";
        } else if (anchor.operator() instanceof Fused fused && fused.keepsAnchor()) {
            return "The sums before it are stored, too, row by row.";
        } else if (anchor.operator() instanceof Fused fused
                && anchor.inputs().stream().skip(fused.anchorInputs()).anyMatch(Value::batched)) {
            // windows are four pixels of two rows; a tile reads further operands in the order of the pixels of one row
            return "What is added to the sums lies in the order of the pixels of one row, and windows are of two.";
        }
        return null;
    }

    /** Windows of 2 x 2 that neither overlap nor leave the input lie within a register tile. */
    private static boolean isTiled(Node pool) {
        if (pool.operator() instanceof Primitive.MaxPool max) {
            return PoolWindow.areTwoByTwo(max.windows());
        }
        return pool.operator() instanceof Primitive.AveragePool average
                && PoolWindow.areTwoByTwo(average.windows())
                && average.divisor() == 0;
    }

    private static Node withPool(Node anchor, Node pool) {
        Fused old = Fused.of(anchor);
        return new Node(
                anchor.name(),
                new Fused(old.anchor(), old.anchorInputs(), old.epilogue(), false, pool.operator()),
                anchor.inputs(),
                pool.outputs(),
                anchor.phase());
    }
}
