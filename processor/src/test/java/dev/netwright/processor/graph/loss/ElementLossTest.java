package dev.netwright.processor.graph.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.ExprProgram;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Primitive.ElementLoss;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.reference.AnnotationAttributes;
import dev.netwright.processor.reference.FiniteDifferences;
import dev.netwright.processor.reference.ReferenceLosses;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expressions of losses over elements, value and gradient, against the reference. */
class ElementLossTest {
    private static final Shape PAIR = Shape.of(2);
    private static final double[] SCORES = {-90, -20, -3.5, -0.1, 0.2, 1.7, 4, 30};
    private static final double[] TARGETS = {0, 1, 0.3, -2};

    static List<Arguments> losses() {
        return List.of(
                Arguments.of("MSELoss", Map.of()),
                Arguments.of("L1Loss", Map.of()),
                Arguments.of("BCEWithLogitsLoss", Map.of()),
                Arguments.of("BCEWithLogitsLoss", Map.of("weight", 0.25)),
                Arguments.of("BCEWithLogitsLoss", Map.of("weight", List.of(0.5, 3.0))),
                Arguments.of("BCEWithLogitsLoss", Map.of("posWeight", List.of(0.5, 3.0))),
                Arguments.of("BCEWithLogitsLoss", Map.of("weight", List.of(2.0, 0.0), "posWeight", List.of(5.0))),
                Arguments.of("BCEWithLogitsLoss", Map.of("weight", List.of(2.0, 1.0), "posWeight", List.of(5.0, 0.5))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("losses")
    void expressionsAgreeWithTheReference(String annotation, Map<String, Object> written) {
        Loss loss = Losses.factory(annotation)
                .create(AnnotationAttributes.of(annotation, with(written, "reduction", "NONE")), PAIR);
        ElementLoss primitive = (ElementLoss) loss.primitive();
        assertThat(primitive.perElement()).isTrue();
        ExprProgram value = new ExprProgram(primitive.value());
        ExprProgram gradient = new ExprProgram(primitive.gradient());
        for (double x : SCORES) {
            for (double y : TARGETS) {
                for (int place = 0; place < 2; place++) {
                    int at = place;
                    double[] both = {x, x};
                    double[] targets = {y, y};
                    float[] arguments = arguments(primitive, x, y, place);
                    double expected = ReferenceLosses.value(loss, 1, both, targets)[place];
                    assertThat((double) value.evaluate(arguments))
                            .isCloseTo(expected, within(2e-6 * Math.max(1, Math.abs(expected))));
                    double slope = FiniteDifferences.partial(
                            both, place, any -> ReferenceLosses.value(loss, 1, any, targets)[at]);
                    assertThat((double) gradient.evaluate(arguments))
                            .isCloseTo(slope, within(2e-6 * Math.max(1, Math.abs(slope))));
                }
            }
        }
    }

    private static float[] arguments(ElementLoss loss, double x, double y, int place) {
        float[] arguments = new float[2 + loss.tables().size()];
        arguments[0] = (float) x;
        arguments[1] = (float) y;
        for (int i = 0; i < loss.tables().size(); i++) {
            arguments[2 + i] = loss.tables().get(i).values().get(place);
        }
        return arguments;
    }

    private static Map<String, Object> with(Map<String, Object> written, String name, Object value) {
        Map<String, Object> result = new java.util.HashMap<>(written);
        result.put(name, value);
        return result;
    }

    @Test
    void theGradientOfEqualValuesIsZero() {
        ElementLoss loss = (ElementLoss) Losses.factory("L1Loss")
                .create(AnnotationAttributes.of("L1Loss", Map.of()), PAIR)
                .primitive();
        assertThat(new ExprProgram(loss.gradient()).evaluate(2, 2)).isZero();
        assertThat(loss.perElement()).isFalse();
    }

    /** Where log(1 + e) in float would be 0. */
    @Test
    void binaryCrossEntropyKeepsSmallLosses() {
        ElementLoss loss = (ElementLoss) Losses.factory("BCEWithLogitsLoss")
                .create(AnnotationAttributes.of("BCEWithLogitsLoss", Map.of()), PAIR)
                .primitive();
        double expected = Math.log1p(Math.exp(-25));
        assertThat((double) new ExprProgram(loss.value()).evaluate(25, 1)).isCloseTo(expected, within(1e-6 * expected));
    }
}
