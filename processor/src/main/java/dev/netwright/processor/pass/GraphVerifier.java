package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold of every graph between two passes; anything else is an error of the compiler's own. */
final class GraphVerifier {
    private GraphVerifier() {}

    /** @throws IllegalStateException naming the pass, the node and what is wrong */
    static Graph verify(String pass, Graph graph) {
        Set<Value> defined = new HashSet<>(graph.inputs());
        for (Parameter parameter : graph.parameters()) {
            defined.add(parameter.value());
        }
        Set<Value> given = new HashSet<>(defined);
        for (Graph.LossTerm loss : graph.losses()) {
            given.add(loss.target());
            given.add(loss.factor());
            given.addAll(loss.weights());
        }
        given.addAll(graph.upstream());
        Node.Phase phase = Node.Phase.FORWARD;
        for (Node node : graph.nodes()) {
            check(node.phase().compareTo(phase) >= 0, pass, node, "runs in a phase that is over");
            phase = node.phase();
            for (Value input : node.inputs()) {
                check(
                        defined.contains(input) || given.contains(input) && isFromOutside(input),
                        pass,
                        node,
                        "%s is not defined yet",
                        input);
            }
            for (Value output : node.outputs()) {
                boolean gradient = output.role() == Role.GRADIENT;
                check(!given.contains(output) && defined.add(output), pass, node, "%s is defined twice", output);
                check(!gradient || !output.batched(), pass, node, "a parameter's gradient is not batched");
                check(
                        gradient == (output.parameter() != null),
                        pass,
                        node,
                        "%s is a gradient of no parameter, or no gradient",
                        output);
            }
            verify(pass, node);
        }
        for (Value result : graph.read()) {
            check(defined.contains(result), pass, null, "the result %s is not defined", result);
        }
        return graph;
    }

    private static boolean isFromOutside(Value value) {
        return value.role() == Role.TARGET || value.role() == Role.FACTOR || value.role() == Role.LOSS_WEIGHTS;
    }

    private static void verify(String pass, Node node) {
        if (node.operator() instanceof Primitive.Reshape) {
            int elements = node.inputs().get(0).shape().elements();
            check(elements == node.output().shape().elements(), pass, node, "changes the number of elements");
        } else if (node.operator() instanceof Primitive.Permute permute) {
            Shape permuted = node.inputs().get(0).shape().permuted(permute.order());
            check(permuted.equals(node.output().shape()), pass, node, "has other sizes than those that it permutes");
        } else if (node.operator() instanceof Primitive.Slice slice) {
            Shape shape = node.inputs().get(0).shape();
            boolean inside = slice.from() >= 0 && slice.from() + slice.size() <= shape.size(slice.dimension());
            Shape part = shape.with(slice.dimension(), slice.size());
            check(inside && part.equals(node.output().shape()), pass, node, "takes what its input does not have");
        } else if (node.operator() instanceof Primitive.Map) {
            List<Shape> shapes = Stream.concat(Stream.of(node.output()), node.inputs().stream())
                    .map(Value::shape)
                    .toList();
            boolean fits = Shape.broadcast(shapes)
                    .filter(node.output().shape()::equals)
                    .isPresent();
            check(fits, pass, node, "its arguments are broadcast to another shape than its result's");
            for (Value input : node.inputs()) {
                check(
                        !input.batched() || node.output().batched(),
                        pass,
                        node,
                        "%s has a batch, its result none",
                        input);
            }
        } else if (Primitive.Fused.anchor(node) instanceof Primitive.MatMul) {
            checkMatrices(pass, node);
        } else if (node.operator() instanceof Primitive.Reduce reduce) {
            Shape result = node.output().shape();
            boolean combined = reduce.dimensions().stream().allMatch(d -> result.size(d) == 1);
            check(combined, pass, node, "keeps sizes of dimensions that it combines");
            Shape space = result;
            for (int dimension : reduce.dimensions()) {
                space = space.with(dimension, node.space().size(dimension));
            }
            checkSpace(pass, node, space);
        } else if (node.operator() instanceof Primitive.Fused fused) {
            int outputs = (fused.keepsAnchor() ? 1 : 0) + (fused.pool() instanceof Primitive.MaxPool ? 2 : 1);
            check(
                    node.outputs().size() == outputs,
                    pass,
                    node,
                    "has %d outputs",
                    node.outputs().size());
        }
    }

    private static void checkMatrices(String pass, Node node) {
        Shape x = node.inputs().get(0).shape();
        Shape y = node.inputs().get(1).shape();
        Shape result = node.outputs().get(0).shape();
        int rank = result.rank();
        boolean fits = rank >= 2
                && x.rank() == rank
                && y.rank() == rank
                && x.size(rank - 1) == y.size(rank - 2)
                && x.size(rank - 2) == result.size(rank - 2)
                && y.size(rank - 1) == result.size(rank - 1);
        for (int d = 0; fits && d < rank - 2; d++) {
            int both = Math.max(x.size(d), y.size(d));
            fits = (x.size(d) == 1 || x.size(d) == both)
                    && (y.size(d) == 1 || y.size(d) == both)
                    && (result.size(d) == 1 || result.size(d) == both);
        }
        check(fits, pass, node, "has matrices that do not go together");
    }

    private static void checkSpace(String pass, Node node, Shape expected) {
        check(
                node.space().equals(expected),
                pass,
                node,
                "its arguments are broadcast to another shape than its result's");
    }

    /** @param what is wrong, in words, in which values stand for what {@code %s} names */
    private static void check(boolean condition, String pass, Node node, String what, Object... values) {
        if (!condition) {
            throw new IllegalStateException("after " + pass + ": "
                    + (node == null ? "" : node.name() + " (" + node.operator().name() + "): ")
                    + String.format(Locale.ROOT, what, values));
        }
    }
}
