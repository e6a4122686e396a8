package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sums and products of inputs whose sizes of 1 are stretched, for two samples. The numbers are quarters, so that no sum
 * or product rounds, and the results PyTorch 1.13's: {@code y = a * b; y.backward(g)}.
 */
class StretchedJoinsTest {
    private static final int SAMPLES = 2;

    /**
     * A join with PyTorch's results.
     *
     * @param source of the network
     * @param output of both samples
     * @param gradients by each input
     */
    record Join(NetworkSource source, float[] output, List<float[]> gradients) {
        @Override
        public String toString() {
            return source.layers() + " " + source.inputs();
        }
    }

    private static final float[] GATED =
            floats("0.25 -0.1875 -0.0625 0.0625 0.1875 -0.25 -0.375 0 0.375 0.75 -0.5625 -0.1875 "
                    + "-0.25 -0.75 1 0.5 0 -0.5 -0.5 0.375 0.125 -0.125 -0.375 0.5");

    private static final List<Join> JOINS = List.of(
            new Join(
                    source("Gate", "Mul", List.of(List.of(2, 2, 3), List.of(2, 1, 1))),
                    GATED,
                    List.of(GATED, floats("3.25 2.125 2.125 3.25"))),
            new Join(
                    source("GateFirst", "Mul", List.of(List.of(2, 1, 1), List.of(2, 2, 3))),
                    floats("0.25 0.75 -1 -0.5 0 0.5 -0.75 0.5625 0.1875 -0.1875 -0.5625 0.75 "
                            + "0.125 0 -0.125 -0.25 0.1875 0.0625 0.0625 0.1875 -0.25 -0.125 0 0.125"),
                    List.of(
                            floats("-0.6875 -0.6875 -1.25 -0.6875"),
                            floats("1 -0.75 -0.25 0.25 0.75 -1 0.375 0 -0.375 -0.75 0.5625 0.1875 "
                                    + "-0.0625 -0.1875 0.25 0.125 0 -0.125 0.25 -0.1875 -0.0625 0.0625 0.1875 -0.25"))),
            new Join(
                    source("BothStretched", "Mul", List.of(List.of(2, 1, 3), List.of(1, 2, 1))),
                    floats("0.25 -0.1875 -0.0625 0.75 -0.5625 -0.1875 0.0625 0.1875 -0.25 0.1875 0.5625 -0.75 "
                            + "0.5 0 -0.5 0.25 0 -0.25 -1 0.75 0.25 -0.5 0.375 0.125"),
                    List.of(
                            floats("0.4375 0.375 -0.8125 0.625 -0.5625 -0.0625 0 -0.75 0.75 -1.125 0.375 0.75"),
                            floats("1 -0.125 1 0.4375"))),
            new Join(
                    source("SumOfThree", "Add", List.of(List.of(1, 2, 1), List.of(2, 1, 2), List.of(1, 1, 1))),
                    floats("-0.75 -1.25 1 0.5 0.5 0 2.25 1.75 0.25 -0.25 -0.25 -0.75 -0.75 1 -1.25 0.5"),
                    List.of(
                            floats("0 0.5 -2.5 2.5"),
                            floats("-0.75 0.5 -0.25 1 0.25 -0.75 0.75 -0.25"),
                            floats("0.5 0"))),
            new Join(
                    source("ProductOfThree", "Mul", List.of(List.of(1, 2, 2), List.of(2, 2, 2), List.of(2, 1, 1))),
                    floats("0.125 -0.28125 0.125 -0.0625 0 0 0 0 0.09375 0.125 0.1875 0 0.375 0 0.25 0"),
                    List.of(
                            floats("0.125 -0.28125 0.125 -0.0625 0.1875 -0.125 0.78125 0.375"),
                            floats("0.5 0.28125 0.03125 0.03125 0 0 0 0 -0.1875 0.5 -0.1875 0 "
                                    + "-0.1875 0.75 -0.5 0"),
                            floats("-0.578125 -0.5 0.0625 -0.15625"))));

    private static final CompiledNetworks COMPILED =
            CompiledNetworks.of(JOINS.stream().map(Join::source).toList());

    private static NetworkSource source(String name, String annotation, List<List<Integer>> inputs) {
        NetworkSource source = NetworkSource.of(inputs).named(name);
        List<String> from =
                IntStream.range(0, inputs.size()).mapToObj(source::input).toList();
        return source.layer(AnnotationText.of(annotation, Map.of("from", from)) + " Layer layer");
    }

    private static float[] floats(String values) {
        String[] each = values.split(" ");
        float[] floats = new float[each.length];
        for (int i = 0; i < each.length; i++) {
            floats[i] = Float.parseFloat(each[i]);
        }
        return floats;
    }

    /** Quarters from -1 to 1: {@code ((7 * i + 3 * number) % 9 - 4) / 4}. */
    private static float[] quarters(int number, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = ((7 * i + 3 * number) % 9 - 4) / 4f;
        }
        return values;
    }

    static Stream<Join> joins() {
        return JOINS.stream();
    }

    @ParameterizedTest
    @MethodSource("joins")
    void haveTheNumbersOfPyTorch(Join join) {
        for (int bits : new int[] {CompiledNetworks.SCALAR, 512}) {
            GeneratedModel model = COMPILED.network(join.source().name(), bits).create(1, OperatorCase.ONE_THREAD);
            List<float[]> inputs = new ArrayList<>();
            for (List<Integer> shape : join.source().inputs()) {
                int size = shape.stream().reduce(SAMPLES, (a, b) -> a * b);
                inputs.add(quarters(inputs.size(), size));
            }
            assertEqual(model.predict(inputs, SAMPLES).get("layer"), join.output());
            assertEqual(model.forward(inputs, SAMPLES).get("layer"), join.output());
            model.backward(List.of(quarters(9, join.output().length)), SAMPLES);
            List<Tensor> gradients = List.copyOf(model.inputGradients().values());
            for (int i = 0; i < inputs.size(); i++) {
                assertEqual(gradients.get(i).toArray(), join.gradients().get(i));
            }
        }
    }

    /** Zeros may have any sign. */
    private static void assertEqual(float[] actual, float[] expected) {
        assertThat(actual).containsExactly(expected, within(0f));
    }
}
