package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Triplets by norms that are none, below 1, and by the largest difference, against numbers of PyTorch's. */
class TripletNormsTest {
    private static NetworkText network(String name, String p) {
        return NetworkText.of(name, """
                @Network(inputGradient = true)
                @Input(name = "a", shape = 3)
                @Input(name = "b", shape = 3)
                @Input(name = "c", shape = 3)
                @TripletMarginLoss(of = {"anchor", "positive", "negative"}, reduction = Reduction.NONE, p = %s)
                """.formatted(p), """
                @Identity(from = "a") @Output Layer anchor;
                @Identity(from = "b") @Output Layer positive;
                @Identity(from = "c") @Output Layer negative;
                """);
    }

    private static final NetworkText HALF = network("HalfNet", "0.5");
    private static final NetworkText LARGEST = network("LargestNet", "Double.POSITIVE_INFINITY");
    private static final CompiledNetworks BUILT = CompiledNetworks.of(HALF, LARGEST);

    private static final List<float[]> VECTORS = List.of(
            new float[] {0.5f, -1, 2, 1, 0, -0.5f},
            new float[] {0.25f, -0.5f, 1, 0.5f, 0.75f, -1},
            new float[] {0.75f, 0, 1.5f, 1.5f, 1, -1.25f});

    /** The losses of both triplets, and the gradients of the first less twice the second. */
    static List<Arguments> norms() {
        return List.of(
                Arguments.of(HALF, new float[] {1.000007f, 0}, new float[][] {
                    {8.828427f, -0.9142175f, -0.9142096f, 0, 0, 0},
                    {-4.414206f, 3.1213246f, -2.2071065f, 0, 0, 0},
                    {-4.414221f, -2.2071071f, 3.1213161f, 0, 0, 0}
                }),
                Arguments.of(LARGEST, new float[] {1.000002f, 0.75f}, new float[][] {
                    {0, 1, 1, 0, 0, 0}, {0, 0, -1, 0, -2, 0}, {0, -1, 0, 0, 2, 0}
                }));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("norms")
    void agreeWithPyTorch(NetworkText network, float[] losses, float[][] gradients) {
        for (int bits : new int[] {CompiledNetworks.SCALAR, 256}) {
            GeneratedModel model = BUILT.network(network, bits).create(1, Options.defaults());
            assertClose(model.evaluateLosses(VECTORS, List.of(), 2), losses);
            assertClose(model.losses(VECTORS, List.of(), 2), losses);
            model.backward(List.of(new float[] {1, -2}));
            List<float[]> actual = Stream.of("a", "b", "c")
                    .map(name -> model.inputGradients().get(name).toArray())
                    .toList();
            for (int i = 0; i < gradients.length; i++) {
                assertClose(actual.get(i), gradients[i]);
            }
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("[" + i + "]")
                    .isCloseTo(expected[i], within(1e-5f * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
