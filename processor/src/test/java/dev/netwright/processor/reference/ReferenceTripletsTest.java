package dev.netwright.processor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.loss.Losses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference's triplets against numbers of PyTorch's {@code TripletMarginLoss}, of which there are no golden cases. */
class ReferenceTripletsTest {
    private static final List<double[]> VECTORS =
            List.of(new double[] {0.5, -1, 2, 1, 0, -0.5}, new double[] {0.25, -0.5, 1, 0.5, 0.75, -1}, new double[] {
                0.75, 0, 1.5, 1.5, 1, -1.25
            });

    /** Attributes, the losses of both triplets, and the gradients of the first less twice the second. */
    static List<Arguments> cases() {
        return List.of(
                Arguments.of(Map.of(), new double[] {1.000001309, 0.684486004}, new double[][] {
                    {0.43643578, 0.436436529, 0.436435032, -1.712924387, -0.030350367, 0.144029764},
                    {-0.218218638, 0.436434658, -0.872871935, 0.970144212, -1.455211468, 0.970144212},
                    {-0.218217142, -0.872871187, 0.436436903, 0.742780175, 1.485561835, -1.114173976}
                }),
                Arguments.of(Map.of("p", 1.0), new double[] {1.000002, 0.500002}, new double[][] {
                    {2, 0, 0, -4, 0, 0}, {-1, 1, -1, 2, -2, 2}, {-1, -1, 1, 2, 2, -2}
                }),
                Arguments.of(Map.of("p", 0.5), new double[] {1.000007, 0}, new double[][] {
                    {8.828427125, -0.914217494, -0.91420963, 0, 0, 0},
                    {-4.41420632, 3.121324586, -2.207106471, 0, 0, 0},
                    {-4.414220805, -2.207107092, 3.121316101, 0, 0, 0}
                }),
                Arguments.of(Map.of("p", Double.POSITIVE_INFINITY), new double[] {1.000002, 0.75}, new double[][] {
                    {0, 1, 1, 0, 0, 0}, {0, 0, -1, 0, -2, 0}, {0, -1, 0, 0, 2, 0}
                }),
                Arguments.of(Map.of("p", 3.0, "swap", true), new double[] {1.3237122, 0.865540408}, new double[][] {
                    {0.057251598, -0.229003645, 0.916020077, -0.651797716, 1.466535085, -0.651797716},
                    {0.423498258, 0.709753502, -0.43527022, -1.307591266, -1.588996162, 0.774260752},
                    {-0.480749857, -0.480749857, -0.480749857, 1.959388982, 0.122461077, -0.122463036}
                }),
                Arguments.of(
                        Map.of("swap", true, "margin", 2.0), new double[] {2.279620907, 1.97011742}, new double[][] {
                            {0.218218638, -0.436434658, 0.872871935, -0.970144212, 1.455211468, -0.970144212},
                            {0.359131631, 1.013784927, -0.295521666, -0.915473661, -1.926614522, 1.441551038},
                            {-0.577350269, -0.577350269, -0.577350269, 1.885617874, 0.471403054, -0.471406825}
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithPyTorch(Map<String, Object> written, double[] losses, double[][] gradients) {
        Map<String, Object> attributes = new HashMap<>(written);
        attributes.put("reduction", "NONE");
        attributes.put("of", List.of("a", "p", "n"));
        Shape shape = Shape.of(3);
        Loss loss = Losses.factory("TripletMarginLoss")
                .create(AnnotationAttributes.of("TripletMarginLoss", attributes), List.of(shape, shape, shape));
        double[] none = {};
        assertThat(ReferenceLosses.value(loss, 2, VECTORS, none)).containsExactly(losses, within(1e-8));
        List<double[]> actual =
                ReferenceLossGradients.gradients(loss, 2, VECTORS, none, new double[] {1, -2}, Arithmetic.exact());
        for (int i = 0; i < gradients.length; i++) {
            assertThat(actual.get(i)).containsExactly(gradients[i], within(1e-8));
        }
    }

    static List<Arguments> own() {
        return List.of(
                Arguments.of(false, new double[] {1, 0.8125}, new double[][] {
                    {0.25, 0.25, 0.25, -1, -0.25, 0.25},
                    {-0.125, 0.25, -0.5, 0.5, -0.75, 0.5},
                    {-0.125, -0.5, 0.25, 0.5, 1, -0.75}
                }),
                Arguments.of(true, new double[] {1.140625, 0.984375}, new double[][] {
                    {0.125, -0.25, 0.5, -0.5, 0.75, -0.5},
                    {0.125, 0.5, -0.25, -0.5, -1, 0.75},
                    {-0.25, -0.25, -0.25, 1, 0.25, -0.25}
                }));
    }

    @ParameterizedTest
    @MethodSource("own")
    void aDistanceOfOnesOwnAgreesWithPyTorch(boolean swap, double[] losses, double[][] gradients) {
        Map<String, Object> attributes = Map.of(
                "distance",
                ReferenceCustom.operator(RowSquares.class),
                "swap",
                swap,
                "reduction",
                "NONE",
                "of",
                List.of("a", "p", "n"));
        Shape shape = Shape.of(3);
        Loss loss = Losses.factory("TripletMarginWithDistanceLoss")
                .create(
                        AnnotationAttributes.of("TripletMarginWithDistanceLoss", attributes),
                        List.of(shape, shape, shape));
        double[] none = {};
        assertThat(ReferenceLosses.value(loss, 2, VECTORS, none)).containsExactly(losses, within(1e-8));
        List<double[]> actual =
                ReferenceLossGradients.gradients(loss, 2, VECTORS, none, new double[] {1, -2}, Arithmetic.exact());
        for (int i = 0; i < gradients.length; i++) {
            assertThat(actual.get(i)).containsExactly(gradients[i], within(1e-8));
        }
    }
}
