package dev.netwright.processor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.loss.Losses;
import dev.netwright.runtime.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The runtime's plain functions against PyTorch's numbers of the modules that compute the same. */
class PlainFunctionsTest {
    /** No golden case, or none without attributes that functions lack; {@code OperatorTest} compares them with the reference. */
    private static final Set<String> WITHOUT_CASES = Set.of(
            "CosineSimilarity",
            "CrossEntropyLoss",
            "GaussianNLLLoss",
            "MaxUnpool1d",
            "MaxUnpool2d",
            "MaxUnpool3d",
            "OneHot",
            "Pad",
            "PairwiseDistance",
            "SoftMarginLoss",
            "TripletMarginLoss",
            "TripletMarginWithDistanceLoss",
            "ScaledDotProductAttention");

    @Test
    void everyLayerHasAFunctionOrAReasonForNone() {
        Set<String> all = new TreeSet<>(PlainFunctions.names());
        assertThat(all).doesNotContainAnyElementsOf(PlainFunctions.WITHOUT);
        all.addAll(PlainFunctions.WITHOUT);
        assertThat(all).containsExactlyInAnyOrderElementsOf(Layers.names());
    }

    @Test
    void functionsOfLayersAreThoseOfPyTorch() {
        Map<String, Integer> compared = new TreeMap<>();
        for (String name : PlainFunctions.names()) {
            for (GoldenCase golden : GoldenCases.of(name)) {
                // a layer of its own takes the max pool itself, not its indices
                boolean unpools = name.startsWith("MaxUnpool");
                if (unpools || isRefused(golden) || golden.training() && isNormalisedByABatch(golden)) {
                    continue;
                }
                Layer layer = GoldenModules.layer(golden);
                plain(layer, golden).ifPresent(actual -> {
                    check(golden, floats(actual), golden.output().data());
                    compared.merge(name, 1, Integer::sum);
                });
            }
        }
        System.out.println("golden cases by plain functions: " + compared);
        if (GoldenCases.isComplete()) {
            Set<String> missing = new TreeSet<>(PlainFunctions.names());
            missing.removeAll(compared.keySet());
            missing.removeAll(WITHOUT_CASES);
            assertThat(missing).isEmpty();
        }
    }

    private static Optional<Tensor> plain(Layer layer, GoldenCase golden) {
        List<double[]> x = golden.inputs().stream().map(GoldenTensor::floats).toList();
        Map<String, double[]> state = new HashMap<>();
        golden.state().forEach((key, tensor) -> state.put(key, tensor.floats()));
        Call call = new Call(GoldenModules.samples(golden), false, x, state, null, new HashMap<>());
        return PlainFunctions.of(layer, GoldenModules.layerInputs(golden), call);
    }

    private static boolean isNormalisedByABatch(GoldenCase golden) {
        return golden.module().startsWith("BatchNorm");
    }

    private static boolean isRefused(GoldenCase golden) {
        return golden.inputs().get(0).shape().contains(0)
                || GoldenModules.isAlongTheBatch(golden)
                || GoldenModules.sharesVariance(golden);
    }

    @Test
    void functionsOfLossesAreThoseOfPyTorch() {
        Map<String, Integer> compared = new TreeMap<>();
        for (String name : Losses.names()) {
            for (GoldenCase golden : GoldenCases.of(name)) {
                if (isRefused(golden)) {
                    continue;
                }
                Loss loss = GoldenModules.loss(golden);
                List<double[]> x = GoldenModules.judged(golden).stream()
                        .map(i -> golden.inputs().get(i).floats())
                        .toList();
                double[] target =
                        golden.inputs().get(GoldenModules.target(golden)).floats();
                OptionalDouble actual = PlainLosses.of(loss, GoldenModules.samples(golden), x, target);
                if (actual.isPresent()) {
                    check(
                            golden,
                            new double[] {actual.getAsDouble()},
                            golden.output().data());
                    compared.merge(name, 1, Integer::sum);
                }
            }
        }
        System.out.println("golden cases by plain losses: " + compared);
        if (GoldenCases.isComplete()) {
            Set<String> missing = new TreeSet<>(Losses.names());
            missing.removeAll(compared.keySet());
            missing.removeAll(WITHOUT_CASES);
            assertThat(missing).isEmpty();
        }
    }

    private static double[] floats(Tensor tensor) {
        float[] values = tensor.toArray();
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static void check(GoldenCase golden, double[] actual, double[] expected) {
        assertThat(actual).as(golden.toString()).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertThat(actual[i]).as(golden + " [" + i + "]").isNaN();
            } else {
                assertThat(actual[i])
                        .as(golden + " [" + i + "]")
                        .isCloseTo(expected[i], within(1e-6 * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }
}
