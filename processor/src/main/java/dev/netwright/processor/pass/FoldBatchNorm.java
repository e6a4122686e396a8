package dev.netwright.processor.pass;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Exprs.Affine;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * In the program that only evaluates, an affine map per channel behind a convolution or product is put into its weight
 * and bias: {@code (w * x + b) * f + s = (w * f)
 * * x + (b * f + s)}. Batch normalisation is the usual one.
 */
final class FoldBatchNorm {
    private final Rewriter rewriter;

    private FoldBatchNorm(Rewriter rewriter) {
        this.rewriter = rewriter;
    }

    static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        FoldBatchNorm pass = new FoldBatchNorm(rewriter);
        graph.nodes().forEach(pass::fold);
        return rewriter.graph();
    }

    private void fold(Node map) {
        if (!(map.operator() instanceof Primitive.Map operator)) {
            return;
        }
        Node anchor = rewriter.producer(map.inputs().get(0));
        if (anchor == null
                || !(anchor.operator() instanceof Primitive.Convolve || anchor.operator() instanceof Primitive.Product)
                || map.inputs().size() < 2) {
            return;
        }
        Optional<Affine> affine = Exprs.affine(operator.expr(), 0);
        String obstacle = obstacle(anchor, map, affine.isPresent());
        boolean folds = obstacle == null;
        rewriter.decide(
                Topic.FOLDING,
                map,
                folds ? "part of the weight before it" : "computed by itself",
                folds
                        ? "It multiplies and shifts each channel by what does not change between samples, and nobody else"
                                + " reads the sums before it."
                        : obstacle);
        if (folds) {
            folded(anchor, map, affine.get()).forEach(node -> rewriter.insertBefore(map, node));
            rewriter.erase(anchor);
            rewriter.erase(map);
        }
    }

    /** Why it cannot be part of the weight; null where it can. */
    private String obstacle(Node anchor, Node map, boolean affine) {
        if (rewriter.onlyReader(anchor.output()) != map) {
            return "The sums of " + anchor.name() + " are read before it by others, too.";
        }
        for (Value value : map.inputs().subList(1, map.inputs().size())) {
            if (value.batched()) {
                return value.name() + " differs from sample to sample.";
            } else if (!Channels.isVectorOf(anchor.output().shape(), anchor, value)) {
                return value.name() + " (" + value.shape() + ") is not a number for each output channel of "
                        + anchor.name() + ".";
            }
        }
        return affine ? null : "It is no multiplication and sum for each channel.";
    }

    private List<Node> folded(Node anchor, Node map, Affine affine) {
        List<Value> vectors = map.inputs().subList(1, map.inputs().size());
        Shape shape = vectors.get(0).shape();
        String name = map.name();
        List<Node> nodes = new ArrayList<>();
        Value factor = value(name + ".factor", shape);
        nodes.add(node(name, new Primitive.Map(shifted(affine.factor())), vectors, factor));
        Value weight = value(anchor.name() + ".folded", anchor.inputs().get(1).shape());
        nodes.add(node(
                anchor.name(),
                new Primitive.ScaleOutputs(),
                List.of(anchor.inputs().get(1), factor),
                weight));

        List<Value> arguments = new ArrayList<>(vectors);
        Expr expr = shifted(affine.summand());
        if (anchor.inputs().size() > 2) {
            Value bias = value(anchor.name() + ".bias", shape);
            nodes.add(node(
                    anchor.name(),
                    new Primitive.Reshape(),
                    List.of(anchor.inputs().get(2)),
                    bias));
            arguments.add(bias);
            expr = arg(vectors.size()).fma(shifted(affine.factor()), expr);
        }
        Value bias = value(anchor.name() + ".folded.bias", shape);
        nodes.add(node(name, new Primitive.Map(expr), arguments, bias));
        Value flat = value(anchor.name() + ".folded.bias", Shape.of(shape.elements()));
        nodes.add(node(name, new Primitive.Reshape(), List.of(bias), flat));
        nodes.add(new Node(
                anchor.name(),
                anchor.operator(),
                List.of(anchor.inputs().get(0), weight, flat),
                map.outputs(),
                anchor.phase()));
        return nodes;
    }

    /** The affine parts in terms of the vectors alone. */
    private static Expr shifted(Expr expr) {
        return Exprs.substitute(expr, i -> arg(i - 1));
    }

    private Value value(String name, Shape shape) {
        return new Value(rewriter.newId(), name, shape, false, Role.ACTIVATION);
    }

    private static Node node(String name, Primitive primitive, List<Value> inputs, Value output) {
        return new Node(name, primitive, inputs, List.of(output), Node.Phase.FORWARD);
    }
}
