package dev.netwright.processor.operators;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.Add;
import dev.netwright.processor.graph.layer.Bilinear;
import dev.netwright.processor.graph.layer.Conv;
import dev.netwright.processor.graph.layer.ElementPair;
import dev.netwright.processor.graph.layer.Linear;
import dev.netwright.processor.graph.layer.MatMul;
import dev.netwright.processor.graph.layer.Mul;
import dev.netwright.processor.graph.layer.MultiheadAttention;
import dev.netwright.processor.graph.layer.RMSNorm;
import dev.netwright.processor.graph.layer.Reduction;
import dev.netwright.processor.graph.layer.Transformer;
import dev.netwright.processor.reference.ReferenceInterpreter;
import dev.netwright.processor.reference.ReferenceInterpreter.Feed;
import dev.netwright.processor.reference.ReferenceInterpreter.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the reference computes from the same numbers, under the names of {@link Outcome}. */
final class Expected {
    private final Network network;
    private final Numbers numbers;
    private final Feed feed;

    Expected(Network network, Numbers numbers, Map<String, double[]> masks) {
        this.network = network;
        this.numbers = numbers;
        this.feed = new Feed(numbers.samples(), numbers.inputs(), numbers.targets(), numbers.state(), masks);
    }

    /** Everything but gradients. */
    Map<String, double[]> values() {
        Map<String, double[]> values = new LinkedHashMap<>();
        Result evaluated = new ReferenceInterpreter(network, false).run(feed);
        Result trained = new ReferenceInterpreter(network, true).run(feed);
        for (Value output : network.outputs()) {
            values.put(Outcome.PREDICT + output.name(), evaluated.values().get(output.name()));
            if (network.losses().isEmpty()) {
                values.put(Outcome.FORWARD + output.name(), trained.values().get(output.name()));
            }
        }
        if (!network.losses().isEmpty()) {
            values.put("evaluate", losses(evaluated));
            values.put(isApart() ? "losses" : "loss", losses(trained));
        }
        numbers.state().forEach((key, before) -> values.put(Outcome.STATE + key, before));
        trained.buffers().forEach((key, after) -> values.put(Outcome.STATE + key, after));
        return values;
    }

    /** What gradients are taken of, in training. */
    double functional() {
        Result result = new ReferenceInterpreter(network, true).run(feed);
        if (network.losses().isEmpty()) {
            double sum = 0;
            for (int i = 0; i < network.outputs().size(); i++) {
                sum += dot(
                        result.values().get(network.outputs().get(i).name()),
                        numbers.upstream().get(i));
            }
            return sum;
        }
        double[] losses = losses(result);
        return isApart() ? dot(losses, numbers.upstream().get(0)) : losses[0];
    }

    private boolean isApart() {
        return network.losses().get(0).loss().reduction() == Loss.Reduction.NONE;
    }

    /** Weighted: apart, or their sum. */
    private double[] losses(Result result) {
        double[] losses = result.losses().get(0).clone();
        if (isApart()) {
            for (int i = 0; i < losses.length; i++) {
                losses[i] *= network.losses().get(0).scale();
            }
            return losses;
        }
        double sum = 0;
        for (int i = 0; i < network.losses().size(); i++) {
            LossTerm term = network.losses().get(i);
            sum += term.scale() * result.losses().get(i)[0];
        }
        return new double[] {sum};
    }

    /** How large the gradients are that come from above: about 1, or what the mean divides it to. */
    double upstream() {
        double largest = network.losses().isEmpty() ? 1 : 0;
        for (LossTerm term : network.losses()) {
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
    static int longestSum(Network network, int samples) {
        int longest = 1;
        for (LayerNode node : network.layers()) {
            int places = node.output().shape().elements()
                    / (node.output().shape().rank() == 0
                            ? 1
                            : node.output().shape().size(0));
            longest = Math.max(longest, samples * places);
            if (node.layer() instanceof Add || node.layer() instanceof Mul || node.layer() instanceof ElementPair) {
                longest = Math.max(longest, mostStretched(node));
            }
            if (node.layer() instanceof MatMul) {
                int terms = (int) (node.layer().flops() / 2);
                for (Value input : node.inputs()) {
                    longest = Math.max(longest, terms / input.shape().elements());
                }
                longest = Math.max(longest, terms / node.output().shape().elements());
            }
            if (node.layer() instanceof MultiheadAttention || node.layer() instanceof Transformer) {
                for (ParameterDeclaration parameter : node.layer().parameters()) {
                    longest = Math.max(
                            longest,
                            parameter.shape().elements() / parameter.shape().size(0));
                }
                longest = Math.max(longest, samples * node.output().shape().elements());
            }
            if (node.layer() instanceof Bilinear bilinear) {
                Shape weight = bilinear.parameters().get(0).shape();
                longest = Math.max(longest, weight.elements() / Math.min(weight.size(0), weight.size(1)));
            }
            if (node.layer() instanceof Reduction || node.layer() instanceof RMSNorm) {
                longest = Math.max(longest, node.inputs().get(0).shape().elements());
            }
            if (node.layer() instanceof Conv || node.layer() instanceof Linear) {
                int fanIn = node.layer().parameters().get(0).shape().elements()
                        / node.output().shape().size(0);
                longest = Math.max(longest, fanIn);
            }
        }
        return longest;
    }

    /** As many elements of a sum or product as meet one of an input. */
    private static int mostStretched(LayerNode node) {
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
        return network.parameters().stream()
                .filter(Graph.Parameter::trained)
                .map(Graph.Parameter::key)
                .toList();
    }
}
