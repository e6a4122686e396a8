package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.OneHot;
import dev.netwright.processor.reference.Call;
import dev.netwright.processor.reference.PlainFunctions;
import dev.netwright.processor.reference.PlainLosses;
import dev.netwright.processor.reference.ReferenceInterpreter;
import dev.netwright.processor.reference.ReferenceInterpreter.Feed;
import dev.netwright.processor.reference.ReferenceInterpreter.Result;
import dev.netwright.processor.reference.ReferenceLayers;
import dev.netwright.processor.reference.ReferenceLosses;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** The runtime's plain functions against the reference, layer by layer, each on the same floats. */
final class PlainAgreement {
    private static final double TOLERANCE = 2e-6;

    private PlainAgreement() {}

    /** The layers and losses that were compared, by name. */
    static Set<String> check(Network network, Numbers numbers) {
        Map<String, double[]> none = Map.of();
        Feed feed = new Feed(numbers.samples(), numbers.inputs(), numbers.targets(), numbers.state(), none);
        Result result = new ReferenceInterpreter(network, false).run(feed);
        Set<String> compared = new TreeSet<>();
        for (LayerNode node : network.layers()) {
            Call call = call(node, numbers, result);
            Optional<Tensor> actual = PlainFunctions.of(
                    node.layer(), node.inputs().stream().map(Value::shape).toList(), call);
            if (actual.isPresent()) {
                String name = node.layer().name();
                double[] expected = ReferenceLayers.forward(node.layer(), call);
                assertThat(actual.get().shape()[0]).as(name).isEqualTo(numbers.samples());
                assertThat(Arrays.copyOfRange(
                                actual.get().shape(), 1, actual.get().shape().length))
                        .as(name)
                        .containsExactly(node.output().shape().toArray());
                compare(name, actual.get().toArray(), expected);
                compared.add(name);
            }
        }
        for (int i = 0; i < network.losses().size(); i++) {
            LossTerm term = network.losses().get(i);
            List<double[]> x =
                    term.inputs().stream().map(value -> rounded(value, result)).toList();
            double[] target = numbers.targets().get(i);
            OptionalDouble actual = PlainLosses.of(term.loss(), numbers.samples(), x, target);
            if (actual.isPresent()) {
                double[] expected = ReferenceLosses.value(term.loss(), numbers.samples(), x, target);
                compare(term.loss().name(), new float[] {(float) actual.getAsDouble()}, expected);
                compared.add(term.loss().name());
            }
        }
        return compared;
    }

    private static Call call(LayerNode node, Numbers numbers, Result result) {
        Map<String, double[]> state = new HashMap<>();
        for (Parameter parameter : node.parameters()) {
            state.put(parameter.declaration().name(), numbers.state().get(parameter.key()));
        }
        List<double[]> x = node.inputs().stream()
                .map(value -> node.layer() instanceof OneHot hot ? classes(value, result, hot) : rounded(value, result))
                .toList();
        return new Call(numbers.samples(), false, x, state, null, new HashMap<>());
    }

    /** The function refuses, as PyTorch's does, what the layer makes nothing of. */
    private static double[] classes(Value value, Result result, OneHot hot) {
        return Arrays.stream(result.values().get(value.name()))
                .map(index -> Math.floorMod((int) index, hot.numClasses()))
                .toArray();
    }

    private static double[] rounded(Value value, Result result) {
        return Arrays.stream(result.values().get(value.name()))
                .map(each -> (float) each)
                .toArray();
    }

    private static void compare(String name, float[] actual, double[] expected) {
        assertThat(actual.length).as(name).isEqualTo(expected.length);
        double largest = Arrays.stream(expected)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        for (int i = 0; i < actual.length; i++) {
            String at = name + "[" + i + "]";
            if (Double.isFinite(expected[i])) {
                assertThat((double) actual[i]).as(at).isCloseTo(expected[i], within(TOLERANCE * Math.max(1, largest)));
            } else {
                assertThat((double) actual[i]).as(at).isEqualTo(expected[i]);
            }
        }
    }
}
