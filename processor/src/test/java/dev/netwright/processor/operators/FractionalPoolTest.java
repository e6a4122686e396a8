package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.reference.AnnotationAttributes;
import dev.netwright.processor.reference.Call;
import dev.netwright.processor.reference.GoldenCase;
import dev.netwright.processor.reference.GoldenCases;
import dev.netwright.processor.reference.GoldenModules;
import dev.netwright.processor.reference.GoldenTensor;
import dev.netwright.processor.reference.ReferenceGradients;
import dev.netwright.processor.reference.ReferenceLayers;
import dev.netwright.runtime.Functional;
import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pools whose windows are drawn: PyTorch's results by the numbers that a model draws, and what is drawn, in distribution. */
class FractionalPoolTest {
    private static final List<GoldenCase> CASES = Stream.of("FractionalMaxPool2d", "FractionalMaxPool3d")
            .flatMap(module -> GoldenCases.of(module).stream())
            .toList();

    private static final int CHANNELS = 16;
    private static final int SAMPLES = 400;
    private static final int CELLS = 9;
    private static final int WINDOWS = 4;

    /** Of windows of one cell, which are what they begin at where each cell is its own place. */
    private static final NetworkSource STEPS = NetworkSource.of(List.of(List.of(CHANNELS, CELLS, 1)))
            .named("Steps")
            .layer("@FractionalMaxPool2d(kernelSize = 1, outputSize = {4, 1}) Layer layer");

    private static List<Integer> sample(GoldenCase golden) {
        List<Integer> shape = golden.inputs().get(0).shape();
        return shape.subList(1, shape.size());
    }

    private static Map<String, Object> attributes(GoldenCase golden) {
        return GoldenModules.layerAttributes(golden);
    }

    @Test
    void referenceAgreesWithPyTorch() {
        assertThat(CASES).hasSize(7);
        for (GoldenCase golden : CASES) {
            Layer layer = Layers.factory(golden.module())
                    .create(
                            AnnotationAttributes.of(golden.module(), attributes(golden)),
                            List.of(new Shape(sample(golden))));
            Call call = new Call(
                    golden.inputs().get(0).shape().get(0),
                    golden.training(),
                    List.of(golden.inputs().get(0).floats()),
                    Map.of(),
                    numbers(golden.inputs().get(1)),
                    new TreeMap<>());
            double[] y = ReferenceLayers.forward(layer, call);
            close(y, golden.output().data());
            double[] gradient = golden.outputGradient().data();
            close(
                    ReferenceGradients.backward(layer, call, y, gradient)
                            .inputs()
                            .get(0),
                    golden.inputGradients().get(0).data());
        }
    }

    /** PyTorch's, which are of samples, channels and axes, the columns' before the rows' where there are no planes. */
    private static double[] numbers(GoldenTensor samples) {
        int channels = samples.shape().get(1);
        int axes = samples.shape().get(2);
        double[] numbers = new double[samples.data().length];
        for (int i = 0; i < numbers.length; i++) {
            int axis = i / channels % axes;
            int theirs = axes == 2 ? 1 - axis : axis;
            numbers[i] = samples.data()[(i / channels / axes * channels + i % channels) * axes + theirs];
        }
        return numbers;
    }

    @Test
    void modelsAgreeWithPyTorch() {
        List<NetworkSource> sources = new ArrayList<>();
        for (GoldenCase golden : CASES) {
            sources.add(NetworkSource.of(List.of(sample(golden)))
                    .named("Fractional" + sources.size())
                    .layer(AnnotationText.of(golden.module(), attributes(golden)) + " Layer layer"));
        }
        CompiledNetworks compiled = CompiledNetworks.of(sources);
        for (int i = 0; i < CASES.size(); i++) {
            check(CASES.get(i), compiled.network("Fractional" + i, 512).create(1, OperatorCase.ONE_THREAD));
        }
    }

    @Test
    void functionsAgreeWithPyTorch() {
        for (GoldenCase golden : CASES) {
            Tensor x = tensor(golden.inputs().get(0));
            Tensor samples = tensor(golden.inputs().get(1));
            List<Integer> result = golden.output().shape();
            int[] size = result.subList(2, result.size()).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            Object written = attributes(golden).get("kernelSize");
            int[] kernel = written instanceof List<?> each
                    ? each.stream().mapToInt(one -> ((Number) one).intValue()).toArray()
                    : new int[] {((Number) written).intValue()};
            Tensor y = golden.module().endsWith("2d")
                    ? Functional.fractionalMaxPool2d(x, kernel, size, samples)
                    : Functional.fractionalMaxPool3d(x, kernel, size, samples);
            assertThat(y.shape())
                    .isEqualTo(result.stream().mapToInt(Integer::intValue).toArray());
            close(y.toArray(), golden.output().data());
        }
    }

    private static Tensor tensor(GoldenTensor golden) {
        return Tensor.of(
                Numbers.floats(golden.data()),
                golden.shape().stream().mapToInt(Integer::intValue).toArray());
    }

    private static void check(GoldenCase golden, GeneratedModel model) {
        int n = golden.inputs().get(0).shape().get(0);
        List<float[]> inputs = List.of(Numbers.floats(golden.inputs().get(0).data()));
        if (!golden.training()) {
            close(model.predict(inputs, n).get("layer"), golden.output().data());
            return;
        }
        close(model.forward(inputs, n).get("layer"), golden.output().data());
        model.backward(List.of(Numbers.floats(golden.outputGradient().data())), n);
        close(
                model.inputGradients().values().iterator().next().toArray(),
                golden.inputGradients().get(0).data());
    }

    private static void close(float[] actual, double[] expected) {
        double[] numbers = new double[actual.length];
        Arrays.setAll(numbers, i -> actual[i]);
        close(numbers, expected);
    }

    private static void close(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-6 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    /** Where the windows begin, of each sample and channel. */
    private static List<List<Integer>> begins(float[] y) {
        return IntStream.range(0, y.length / WINDOWS)
                .mapToObj(plane -> IntStream.range(0, WINDOWS)
                        .mapToObj(window -> (int) y[plane * WINDOWS + window])
                        .toList())
                .toList();
    }

    private static float[] places(int samples) {
        float[] x = new float[samples * CHANNELS * CELLS];
        IntStream.range(0, x.length).forEach(i -> x[i] = i % CELLS);
        return x;
    }

    /** How often windows begin so, of numbers evenly from 0 to 1. */
    private static Map<List<Integer>, Double> shares() {
        int all = 3000;
        double step = (CELLS - 1.0) / (WINDOWS - 1);
        Map<List<Integer>, Double> shares = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (int k = 0; k < all; k++) {
            double u = (k + 0.5) / all;
            List<Integer> begins = new ArrayList<>();
            for (int i = 0; i < WINDOWS - 1; i++) {
                begins.add((int) ((i + u) * step) - (int) (u * step));
            }
            begins.add(CELLS - 1);
            shares.merge(begins, 1.0 / all, Double::sum);
        }
        return shares;
    }

    @Test
    void stepsAreDrawnAsPyTorchDrawsThem() {
        CompiledNetworks compiled = CompiledNetworks.of(List.of(STEPS));
        GeneratedModel model = compiled.network("Steps", 512).create(3, OperatorCase.FOUR_THREADS);
        List<List<Integer>> first =
                begins(model.forward(List.of(places(SAMPLES)), SAMPLES).get("layer"));
        List<List<Integer>> second =
                begins(model.forward(List.of(places(SAMPLES)), SAMPLES).get("layer"));
        assertThat(first).isNotEqualTo(second);
        assertThat(first.subList(0, CHANNELS)).isNotEqualTo(first.subList(CHANNELS, 2 * CHANNELS));
        Map<List<Integer>, Double> shares = shares();
        assertThat(shares).hasSizeGreaterThan(2);
        assertThat(shares.keySet()).containsAll(first).containsAll(second);
        shares.forEach((begins, share) -> {
            double deviation = Math.sqrt(share * (1 - share) / first.size());
            long count = first.stream().filter(begins::equals).count();
            assertThat((double) count / first.size())
                    .as("share of %s", begins)
                    .isCloseTo(share, within(5 * deviation + 1e-3));
        });
    }

    /** As in PyTorch NaN is the largest, and of windows without any number the first cell is. */
    @Test
    void windowsHaveNoOtherCellsThanTheirOwn() {
        NetworkSource pairs = NetworkSource.of(List.of(List.of(CHANNELS, CELLS, 1)))
                .named("Pairs")
                .layer("@FractionalMaxPool2d(kernelSize = {2, 1}, outputSize = {4, 1}) Layer layer");
        CompiledNetworks compiled = CompiledNetworks.of(List.of(pairs));
        for (int bits : new int[] {512, CompiledNetworks.SCALAR}) {
            float[] ends = compiled.network("Pairs", bits)
                    .create(3, OperatorCase.ONE_THREAD)
                    .forward(List.of(places(1)), 1)
                    .get("layer");
            float[] least = new float[CHANNELS * CELLS];
            Arrays.fill(least, Float.NEGATIVE_INFINITY);
            GeneratedModel model = compiled.network("Pairs", bits).create(3, OperatorCase.ONE_THREAD);
            assertThat(model.forward(List.of(least), 1).get("layer")).containsOnly(Float.NEGATIVE_INFINITY);
            float[] ones = new float[CHANNELS * WINDOWS];
            Arrays.fill(ones, 1);
            model.backward(List.of(ones), 1);
            float[] wanted = new float[least.length];
            float[] unknown = places(1);
            for (int i = 0; i < ends.length; i++) {
                int begin = i / WINDOWS * CELLS + (int) ends[i] - 1;
                wanted[begin]++;
                unknown[begin + i % 2] = Float.NaN;
            }
            assertThat(model.inputGradients().values().iterator().next().toArray())
                    .isEqualTo(wanted);
            float[] y = compiled.network("Pairs", bits)
                    .create(3, OperatorCase.ONE_THREAD)
                    .forward(List.of(unknown), 1)
                    .get("layer");
            assertThat(y).containsOnly(Float.NaN);
        }
    }

    @Test
    void everyModelPredictsByOneDraw() {
        CompiledNetworks compiled = CompiledNetworks.of(List.of(STEPS));
        GeneratedModel model = compiled.network("Steps", 512).create(3, OperatorCase.FOUR_THREADS);
        List<List<Integer>> one = begins(model.predict(List.of(places(1)), 1).get("layer"));
        assertThat(Set.copyOf(one)).as("of the channels").hasSizeGreaterThan(1);
        model.forward(List.of(places(2)), 2);
        List<List<Integer>> three = begins(model.predict(List.of(places(3)), 3).get("layer"));
        assertThat(three)
                .isEqualTo(Stream.of(one, one, one).flatMap(List::stream).toList());
        GeneratedModel other = compiled.network("Steps", 256).create(4, OperatorCase.ONE_THREAD);
        assertThat(begins(other.predict(List.of(places(1)), 1).get("layer"))).isEqualTo(one);
    }
}
