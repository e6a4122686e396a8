package dev.netwright.processor.operators;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.Add;
import dev.netwright.processor.graph.layer.Conv2d;
import dev.netwright.processor.graph.layer.Linear;
import dev.netwright.processor.graph.layer.Mul;
import dev.netwright.processor.reference.ReferenceInterpreter;
import dev.netwright.processor.reference.ReferenceInterpreter.Feed;
import dev.netwright.processor.reference.ReferenceInterpreter.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the reference computes from the same numbers, under the names of {@link Outcome}. */
final class Expected {
    private final Graph graph;
    private final Numbers numbers;
    private final Feed feed;

    Expected(Graph graph, Numbers numbers, Map<String, double[]> masks) {
        this.graph = graph;
        this.numbers = numbers;
        this.feed = new Feed(numbers.samples(), numbers.inputs(), numbers.targets(), numbers.state(), masks);
    }

    /** Everything but gradients. */
    Map<String, double[]> values() {
        Map<String, double[]> values = new LinkedHashMap<>();
        Result evaluated = new ReferenceInterpreter(graph, false).run(feed);
        Result trained = new ReferenceInterpreter(graph, true).run(feed);
        for (Value output : graph.outputs()) {
            values.put(Outcome.PREDICT + output.name(), evaluated.values().get(output.name()));
            if (graph.losses().isEmpty()) {
                values.put(Outcome.FORWARD + output.name(), trained.values().get(output.name()));
            }
        }
        if (!graph.losses().isEmpty()) {
            values.put("evaluate", losses(evaluated));
            values.put(isApart() ? "losses" : "loss", losses(trained));
        }
        numbers.state().forEach((key, before) -> values.put(Outcome.STATE + key, before));
        trained.buffers().forEach((key, after) -> values.put(Outcome.STATE + key, after));
        return values;
    }

    /** What gradients are taken of, in training. */
    double functional() {
        Result result = new ReferenceInterpreter(graph, true).run(feed);
        if (graph.losses().isEmpty()) {
            double sum = 0;
            for (int i = 0; i < graph.outputs().size(); i++) {
                sum += dot(
                        result.values().get(graph.outputs().get(i).name()),
                        numbers.upstream().get(i));
            }
            return sum;
        }
        double[] losses = losses(result);
        return isApart() ? dot(losses, numbers.upstream().get(0)) : losses[0];
    }

    private boolean isApart() {
        return graph.losses().get(0).loss().reduction() == Loss.Reduction.NONE;
    }

    /** Weighted: apart, or their sum. */
    private double[] losses(Result result) {
        double[] losses = result.losses().get(0).clone();
        if (isApart()) {
            for (int i = 0; i < losses.length; i++) {
                losses[i] *= graph.losses().get(0).scale();
            }
            return losses;
        }
        double sum = 0;
        for (int i = 0; i < graph.losses().size(); i++) {
            LossTerm term = graph.losses().get(i);
            sum += term.scale() * result.losses().get(i)[0];
        }
        return new double[] {sum};
    }

    /** How large the gradients are that come from above: about 1, or what the mean divides it to. */
    double upstream() {
        double largest = graph.losses().isEmpty() ? 1 : 0;
        for (LossTerm term : graph.losses()) {
            boolean mean = term.loss().reduction() == Loss.Reduction.MEAN;
            int losses = numbers.samples() * term.loss().losses().elements();
            largest = Math.max(largest, Math.abs(term.scale()) / (mean ? losses : 1));
        }
        return largest;
    }

    /**
     * The number of terms in the longest sum that the network computes: over inputs of a channel, or over places of a
     * batch.
     */
    static int longestSum(Graph graph, int samples) {
        int longest = 1;
        for (Node node : graph.nodes()) {
            int places = node.output().shape().elements()
                    / (node.output().shape().rank() == 0
                            ? 1
                            : node.output().shape().size(0));
            longest = Math.max(longest, samples * places);
            if (node.operator() instanceof Add || node.operator() instanceof Mul) {
                longest = Math.max(longest, mostStretched(node));
            }
            if (node.operator() instanceof Conv2d || node.operator() instanceof Linear) {
                int fanIn = ((dev.netwright.processor.graph.Layer) node.operator())
                                .parameters()
                                .get(0)
                                .shape()
                                .elements()
                        / node.output().shape().size(0);
                longest = Math.max(longest, fanIn);
            }
        }
        return longest;
    }

    /** As many elements of a sum or product as meet one of an input. */
    private static int mostStretched(Node node) {
        int smallest = node.inputs().stream()
                .mapToInt(input -> input.shape().elements())
                .min()
                .orElseThrow();
        return node.output().shape().elements() / smallest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    List<String> parameterKeys() {
        return graph.parameters().stream()
                .filter(p ->
                        p.declaration().kind() == dev.netwright.processor.graph.ParameterDeclaration.Kind.PARAMETER)
                .map(Graph.Parameter::key)
                .toList();
    }
}
