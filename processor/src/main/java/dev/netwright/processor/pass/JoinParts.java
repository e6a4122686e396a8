package dev.netwright.processor.pass;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Pad;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where parts of a value are read by themselves, the sum of their gradients, each padded with zeros to the whole, is the
 * gradients one behind the other: half of what the sum would read are zeros.
 */
final class JoinParts {
    private JoinParts() {}

    static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        for (Node node : graph.nodes()) {
            if (node.operator() instanceof Primitive.Map map
                    && map.expr().equals(arg(0).plus(arg(1)))
                    && node.inputs().size() == 2) {
                join(node, rewriter);
            }
        }
        return rewriter.graph();
    }

    private static void join(Node sum, Rewriter rewriter) {
        List<Node> parts = sum.inputs().stream().map(rewriter::producer).toList();
        for (Node part : parts) {
            if (part == null || dimension(part) < 0 || rewriter.onlyReader(part.output()) != sum) {
                return;
            }
        }
        int along = dimension(parts.get(0));
        if (parts.get(0) == parts.get(1) || dimension(parts.get(1)) != along) {
            return;
        }
        List<Node> ordered = parts.stream()
                .sorted(Comparator.comparing(part -> pad(part).before().get(along)))
                .toList();
        Pad first = pad(ordered.get(0));
        Pad second = pad(ordered.get(1));
        Shape shape = ordered.get(0).inputs().get(0).shape();
        int end = first.before().get(along) + shape.size(along);
        if (end != second.before().get(along)) {
            return;
        }
        List<Value> inputs = ordered.stream()
                .flatMap(part -> joined(part, along, rewriter).stream())
                .toList();
        Primitive concatenate = new Primitive.Concatenate(along);
        Node joined;
        if (first.before().get(along) == 0 && second.after().get(along) == 0) {
            joined = new Node(sum.name(), concatenate, inputs, sum.outputs(), sum.phase());
        } else {
            int size =
                    inputs.stream().mapToInt(input -> input.shape().size(along)).sum();
            Value both = new Value(
                    rewriter.newId(),
                    sum.output().name() + ".parts",
                    shape.with(along, size),
                    sum.output().batched(),
                    Value.Role.ACTIVATION);
            rewriter.insertBefore(sum, new Node(sum.name(), concatenate, inputs, List.of(both), sum.phase()));
            Pad rest = new Pad(
                    only(shape, along, first.before().get(along)),
                    only(shape, along, second.after().get(along)),
                    Pad.Mode.CONSTANT,
                    0);
            joined = new Node(sum.name(), rest, List.of(both), sum.outputs(), sum.phase());
        }
        rewriter.replace(sum, joined);
        ordered.forEach(rewriter::erase);
    }

    /** The value that a part pads, or those that it was joined of. */
    private static List<Value> joined(Node part, int along, Rewriter rewriter) {
        Value padded = part.inputs().get(0);
        Node producer = rewriter.producer(padded);
        boolean splits = producer != null
                && producer.operator().equals(new Primitive.Concatenate(along))
                && rewriter.onlyReader(padded) == part;
        if (!splits) {
            return List.of(padded);
        }
        rewriter.erase(producer);
        return producer.inputs();
    }

    private static List<Integer> only(Shape shape, int dimension, int amount) {
        List<Integer> amounts = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
        amounts.set(dimension, amount);
        return amounts;
    }

    private static Pad pad(Node node) {
        return (Pad) node.operator();
    }

    /** The only dimension along which zeros are put around a value; -1 where something else is done. */
    private static int dimension(Node node) {
        if (!(node.operator() instanceof Pad pad) || pad.mode() != Pad.Mode.CONSTANT || pad.value() != 0) {
            return -1;
        }
        boolean cuts = IntStream.range(0, pad.before().size())
                .anyMatch(d -> pad.before().get(d) < 0 || pad.after().get(d) < 0);
        int[] padded = IntStream.range(0, pad.before().size())
                .filter(d -> pad.before().get(d) > 0 || pad.after().get(d) > 0)
                .toArray();
        return !cuts && padded.length == 1 ? padded[0] : -1;
    }
}
