package dev.netwright.processor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Layers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference's functions of two inputs against numbers of PyTorch's, of which there are no golden cases. */
class ReferencePairsTest {
    private static final double[] A = {0.5, -1, 2, 1, 0, -0.5};
    private static final double[] B = {0.25, -1, 1, 0.5, 0.75, -1};
    private static final double[] EACH = {1, -2, 0.5, 2, 1, -1};
    private static final double[] PER_ROW = {1, -2};

    /** Attributes, values, and gradients by both inputs. */
    static List<Arguments> cases() {
        return List.of(
                Arguments.of("Sub", Map.of(), EACH, new double[][] {
                    {0.25, 0, 1, 0.5, -0.75, 0.5}, {1, -2, 0.5, 2, 1, -1}, {-1, 2, -0.5, -2, -1, 1}
                }),
                Arguments.of("Div", Map.of(), EACH, new double[][] {
                    {2, 1, 2, 2, 0, 0.5}, {4, 2, 0.5, 4, 1.3333333333, 1}, {-8, -2, -1, -8, 0, -0.5}
                }),
                Arguments.of("Maximum", Map.of(), EACH, new double[][] {
                    {0.5, -1, 2, 1, 0.75, -0.5}, {1, -1, 0.5, 2, 0, -1}, {0, -1, 0, 0, 1, 0}
                }),
                Arguments.of("Minimum", Map.of(), EACH, new double[][] {
                    {0.25, -1, 1, 0.5, 0, -1}, {0, -1, 0, 0, 1, 0}, {1, -1, 0.5, 2, 0, -1}
                }),
                Arguments.of("CosineSimilarity", Map.of(), PER_ROW, new double[][] {
                    {0.9496714705, 0.6643638388},
                    {-0.0144711843, -0.1230050667, -0.0578847372, 0.3986183033, -0.9965457582, 0.7972366066},
                    {0.0368357419, 0.156551903, 0.1473429675, -0.9621821114, 0.5498183494, -0.0687272937}
                }),
                Arguments.of("PairwiseDistance", Map.of(), PER_ROW, new double[][] {
                    {1.0307776191, 1.0307766489},
                    {0.2425363098, 9.701e-07, 0.9701423289, -0.9701442122, 1.4552114675, -0.9701442122},
                    {-0.2425363098, -9.701e-07, -0.9701423289, 0.9701442122, -1.4552114675, 0.9701442122}
                }),
                Arguments.of("PairwiseDistance", Map.of("p", 1.0), PER_ROW, new double[][] {
                    {1.250003, 1.750001}, {1, 1, 1, -2, 2, -2}, {-1, -1, -1, 2, -2, 2}
                }),
                Arguments.of("PairwiseDistance", Map.of("p", 3.0, "eps", 0.1), PER_ROW, new double[][] {
                    {1.1119563476, 0.8906963368},
                    {0.0990742086, 0.0080876905, 0.9786105505, -0.9075554395, 1.0651171478, -0.9075554395},
                    {-0.0990742086, -0.0080876905, -0.9786105505, 0.9075554395, -1.0651171478, 0.9075554395}
                }),
                Arguments.of("PairwiseDistance", Map.of("p", Double.POSITIVE_INFINITY), PER_ROW, new double[][] {
                    {1.000001, 0.749999}, {0, 0, 1, 0, 2, 0}, {0, 0, -1, 0, -2, 0}
                }));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void agreesWithPyTorch(String annotation, Map<String, Object> written, double[] upstream, double[][] expected) {
        Shape shape = Shape.of(3);
        Layer layer =
                Layers.factory(annotation).create(AnnotationAttributes.of(annotation, written), List.of(shape, shape));
        Call call = new Call(2, true, List.of(A, B), Map.of(), new double[0], Map.of());
        double[] y = ReferenceLayers.forward(layer, call);
        assertThat(y).containsExactly(expected[0], within(2e-8));
        List<double[]> gradients =
                ReferenceGradients.backward(layer, call, y, upstream).inputs();
        assertThat(gradients.get(0)).containsExactly(expected[1], within(2e-8));
        assertThat(gradients.get(1)).containsExactly(expected[2], within(2e-8));
    }
}
