package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.MaxPoolGradient;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import java.util.List;
import java.util.Locale;

/**
 * Lets the gradients of a convolution read the gradient of the max pool behind it together with the places of the
 * maxima, instead of the gradient that the pool scatters: of four of its elements three are zeros. The scattered
 * gradient, four times as large, is then not stored at all, unless a reader is left whose dense form costs less. Sums have the same terms but for zeros, in another order.
 */
final class SparseGradients {
    /**
     * What a multiplication by a vector costs here beside one of a dense kernel, which loads a vector of weights for
     * many of them while a sparse one loads for each.
     */
    private static final double DEARER = 1.5;

    private static final int LANES = 16;

    private SparseGradients() {}

    static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        for (Node node : graph.nodes()) {
            if (node.operator() instanceof MaxPoolGradient pool && PoolWindow.areTwoByTwo(pool.windows())) {
                List<Node> readers = rewriter.readers(node.output());
                List<Node> sparse = readers.stream()
                        .filter(reader -> accepts(reader, node.output()))
                        .filter(reader -> pays(rewriter, reader))
                        .toList();
                if (sparse.stream().anyMatch(reader -> !(reader.operator() instanceof Reduce))) {
                    sparse.forEach(reader -> rewriter.replace(
                            reader,
                            reading(reader, node.inputs().get(0), node.inputs().get(1))));
                    if (!rewriter.isRead(node.output())) {
                        rewriter.erase(node);
                    }
                }
            }
        }
        return rewriter.graph();
    }

    /** Whether a reader of the scattered gradient can read the pool's instead. */
    private static boolean accepts(Node consumer, Value gradient) {
        if (consumer.operator() instanceof Primitive.ConvolveWeightGradient weight) {
            return isRegular(weight.convolution())
                    && consumer.inputs().get(1).equals(gradient)
                    && !consumer.inputs().get(0).equals(gradient);
        } else if (consumer.operator() instanceof Primitive.ConvolveInputGradient input) {
            // as a layer behind an unpooling one it may have a bias, which the sparse form has no place for
            return isRegular(input.convolution())
                    && consumer.inputs().get(0).equals(gradient)
                    && consumer.inputs().size() == 2;
        }
        return consumer.operator() instanceof Reduce reduce
                && reduce.kind() == Reduce.Kind.SUM
                && reduce.expr().equals(Expr.arg(0))
                && reduce.dimensions().equals(Lowering.pixels(gradient.shape()));
    }

    private static boolean isRegular(Convolution convolution) {
        return convolution.isDense() && convolution.windows().stream().allMatch(Window::isDense);
    }

    /** Compares multiplications by vectors, for each window. */
    private static boolean pays(Rewriter rewriter, Node consumer) {
        if (consumer.operator() instanceof Primitive.ConvolveWeightGradient gradient) {
            Shape weight = consumer.output().shape();
            int run = weight.size(1) < LANES
                    ? vectors(weight.size(1) * weight.size(3))
                    : weight.size(3) * vectors(weight.size(1));
            double dense = 4.0 * vectors(weight.size(0)) * weight.elements() / weight.size(0);
            double sparse = (double) weight.size(0) * weight.size(2) * run * DEARER;
            return pays(rewriter, consumer, sparse, dense / saving(gradient));
        } else if (consumer.operator() instanceof Primitive.ConvolveInputGradient gradient) {
            Shape weight = consumer.inputs().get(1).shape();
            double vectors = (double) weight.size(0) * vectors(weight.size(1));
            double dense = 4.0 * weight.size(2) * weight.size(3) * vectors;
            double sparse = (weight.size(2) + 1) * (weight.size(3) + 1) * vectors * DEARER;
            return pays(rewriter, consumer, sparse, dense / saving(gradient));
        }
        return true;
    }

    private static boolean pays(Rewriter rewriter, Node consumer, double sparse, double dense) {
        boolean pays = sparse < dense;
        String what = consumer.operator() instanceof Primitive.ConvolveWeightGradient ? "weight" : "input";
        rewriter.decide(
                Topic.SPARSITY,
                consumer,
                (pays ? "sparse " : "dense ") + what + " gradient",
                String.format(
                        Locale.ROOT,
                        "Behind the max pool three of four gradients are zeros: by the places of the maxima a window takes"
                                + " %,.0f multiplications by vectors, counted %.1f times as dear, and all of it %,.0f.",
                        sparse / DEARER,
                        DEARER,
                        dense));
        return pays;
    }

    private static double saving(Primitive.Convolving dense) {
        return dense.form() == null ? 1 : dense.form().saving();
    }

    private static int vectors(int elements) {
        return (elements + LANES - 1) / LANES;
    }

    private static Node reading(Node consumer, Value gradient, Value index) {
        Primitive operator = consumer.operator();
        List<Value> inputs = consumer.inputs();
        if (operator instanceof Primitive.ConvolveWeightGradient weight) {
            operator = new Primitive.SparseWeightGradient(weight.convolution());
            inputs = List.of(inputs.get(0), gradient, index);
        } else if (operator instanceof Primitive.ConvolveInputGradient input) {
            operator = new Primitive.SparseInputGradient(input.convolution());
            inputs = List.of(gradient, inputs.get(1), index);
        } else {
            inputs = List.of(gradient);
        }
        return new Node(consumer.name(), operator, inputs, consumer.outputs(), consumer.phase());
    }
}
