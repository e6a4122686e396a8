package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

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
        graph.losses().forEach(loss -> given.add(loss.target()));
        given.addAll(graph.upstream());
        Node.Phase phase = Node.Phase.FORWARD;
        for (Node node : graph.nodes()) {
            check(node.phase().compareTo(phase) >= 0, pass, node, "runs in a phase that is over");
            phase = node.phase();
            for (Value input : node.inputs()) {
                check(
                        defined.contains(input) || given.contains(input) && input.role() == Role.TARGET,
                        pass,
                        node,
                        "%s is not defined yet",
                        input);
            }
            for (Value output : node.outputs()) {
                boolean gradient = output.role() == Role.GRADIENT;
                check(!given.contains(output) && defined.add(output), pass, node, "%s is defined twice", output);
                check(!gradient || !output.batched(), pass, node, "a parameter's gradient is not batched");
            }
            verify(pass, node);
        }
        for (Value output : graph.outputs()) {
            check(defined.contains(output), pass, null, "output %s is not defined", output);
        }
        for (LossTerm loss : graph.losses()) {
            check(defined.contains(loss.value()), pass, null, "loss %s is not defined", loss.value());
        }
        return graph;
    }

    private static void verify(String pass, Node node) {
        if (node.operator() instanceof Primitive.Reshape) {
            int elements = node.inputs().get(0).shape().elements();
            check(elements == node.output().shape().elements(), pass, node, "changes the number of elements");
        } else if (node.operator() instanceof Primitive.Map) {
            check(
                    node.inputs().get(0).shape().equals(node.output().shape()),
                    pass,
                    node,
                    "its first argument does not have the result's shape");
            for (Value input : node.inputs()) {
                check(
                        !input.batched() || node.output().batched(),
                        pass,
                        node,
                        "%s has a batch, its result none",
                        input);
                check(
                        input.shape().rank() <= node.output().shape().rank(),
                        pass,
                        node,
                        "%s has more dimensions than the result",
                        input);
            }
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

    /** @param what is wrong, in words, in which values stand for what {@code %s} names */
    private static void check(boolean condition, String pass, Node node, String what, Object... values) {
        if (!condition) {
            throw new IllegalStateException("after " + pass + ": "
                    + (node == null ? "" : node.name() + " (" + node.operator().name() + "): ")
                    + String.format(Locale.ROOT, what, values));
        }
    }
}
