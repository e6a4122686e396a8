package dev.netwright.processor.graph.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.ExprProgram;
import dev.netwright.processor.graph.Loss;
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
class ElementwiseLossTest {
    private static final Shape PAIR = Shape.of(2);
    private static final double[] SCORES = {-90, -20, -3.5, -0.1, 0.2, 1.7, 4, 30};
    private static final double[] TARGETS = {0, 1, 0.3, -2};

    static List<Arguments> losses() {
        return List.of(
                Arguments.of("MSELoss", Map.of()),
                Arguments.of("L1Loss", Map.of()),
                Arguments.of("HuberLoss", Map.of("delta", 0.75)),
                Arguments.of("SmoothL1Loss", Map.of("beta", 0.75)),
                Arguments.of("SmoothL1Loss", Map.of("beta", 0.0)),
                Arguments.of("SoftMarginLoss", Map.of()),
                Arguments.of("HingeEmbeddingLoss", Map.of("margin", 0.75)),
                Arguments.of("KLDivLoss", Map.of("logTarget", true)),
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
                .create(AnnotationAttributes.of(annotation, with(written, "reduction", "NONE")), List.of(PAIR));
        ElementwiseLoss elementwise = (ElementwiseLoss) loss;
        ExprProgram value = new ExprProgram(elementwise.formula(1).value());
        ExprProgram gradient = new ExprProgram(elementwise.formula(1).slope(0));
        for (double x : SCORES) {
            for (double y : TARGETS) {
                for (int place = 0; place < 2; place++) {
                    int at = place;
                    double[] both = {x, x};
                    double[] targets = {y, y};
                    float[] arguments = arguments(elementwise, x, y, place);
                    double expected = ReferenceLosses.value(loss, 1, List.of(both), targets)[place];
                    assertThat((double) value.evaluate(arguments))
                            .isCloseTo(expected, within(2e-6 * Math.max(1, Math.abs(expected))));
                    double slope = FiniteDifferences.partial(
                            both, place, any -> ReferenceLosses.value(loss, 1, List.of(any), targets)[at]);
                    assertThat((double) gradient.evaluate(arguments))
                            .isCloseTo(slope, within(2e-6 * Math.max(1, Math.abs(slope))));
                }
            }
        }
    }

    private static float[] arguments(ElementwiseLoss loss, double x, double y, int place) {
        int tables = loss.tables().size();
        float[] arguments = new float[2 + tables + loss.runTimeWeights().size()];
        arguments[0] = (float) x;
        arguments[1] = (float) y;
        for (int i = 0; i < tables; i++) {
            arguments[2 + i] = loss.tables().get(i).values().get(place);
        }
        for (int i = tables; i < arguments.length - 2; i++) {
            List<Float> start = loss.runTimeWeights().get(i - tables).start();
            arguments[2 + i] = start.get(place % start.size());
        }
        return arguments;
    }

    private static Map<String, Object> with(Map<String, Object> written, String name, Object value) {
        Map<String, Object> result = new java.util.HashMap<>(written);
        result.put(name, value);
        return result;
    }

    private static Dual formula(String annotation) {
        Loss loss = Losses.factory(annotation).create(AnnotationAttributes.of(annotation, Map.of()), List.of(PAIR));
        return ((ElementwiseLoss) loss).formula(1);
    }

    private static float value(String annotation, Map<String, Object> written, float... arguments) {
        Loss loss = Losses.factory(annotation).create(AnnotationAttributes.of(annotation, written), List.of(PAIR));
        return new ExprProgram(((ElementwiseLoss) loss).formula(1).value()).evaluate(arguments);
    }

    @Test
    void gradientsAtKinksArePyTorchs() {
        assertThat(new ExprProgram(formula("HuberLoss").slope(0)).evaluate(3, 2))
                .isEqualTo(1);
        assertThat(new ExprProgram(formula("HuberLoss").slope(0)).evaluate(2, 3))
                .isEqualTo(-1);
        assertThat(new ExprProgram(formula("SmoothL1Loss").slope(0)).evaluate(2, 3))
                .isEqualTo(-1);
        ExprProgram hinge = new ExprProgram(formula("HingeEmbeddingLoss").slope(0));
        assertThat(hinge.evaluate(1, -1)).isEqualTo(-1);
        assertThat(hinge.evaluate(1, 1)).isEqualTo(1);
        assertThat(hinge.evaluate(0.5f, 0)).isZero();
    }

    @Test
    void probabilitiesOfZeroAndOneHaveBoundedLossesAndGradients() {
        assertThat(value("BCELoss", Map.of(), 0, 1)).isEqualTo(100);
        assertThat(value("BCELoss", Map.of(), 1, 0)).isEqualTo(100);
        assertThat(value("BCELoss", Map.of(), 0, 0)).isZero();
        assertThat(value("BCELoss", Map.of(), 1, 1)).isZero();
        ExprProgram gradient = new ExprProgram(formula("BCELoss").slope(0));
        assertThat(gradient.evaluate(0, 1)).isEqualTo(-1e12f);
        assertThat(gradient.evaluate(1, 0)).isEqualTo(1e12f);
        double small = -Math.log1p(-1e-9f);
        assertThat((double) value("BCELoss", Map.of(), 1e-9f, 0)).isCloseTo(small, within(1e-6 * small));
    }

    @Test
    void gradientsOfPairsAtBoundsArePyTorchs() {
        Loss ranking = Losses.factory("MarginRankingLoss")
                .create(
                        AnnotationAttributes.of("MarginRankingLoss", Map.of("of", List.of("a", "b"))),
                        List.of(PAIR, PAIR));
        assertThat(new ExprProgram(((ElementwiseLoss) ranking).formula(2).slope(0)).evaluate(2, 2, 1))
                .isEqualTo(-1);
        Loss gaussian = Losses.factory("GaussianNLLLoss")
                .create(
                        AnnotationAttributes.of("GaussianNLLLoss", Map.of("of", List.of("a", "b"), "eps", 0.5)),
                        List.of(PAIR, PAIR));
        Dual formula = ((ElementwiseLoss) gaussian).formula(2);
        // that at the bound
        float below = new ExprProgram(formula.slope(1)).evaluate(3, 0.25f, 2);
        assertThat(below)
                .isEqualTo(new ExprProgram(formula.slope(1)).evaluate(3, 0.5f, 2))
                .isEqualTo(-1);
        assertThat(new ExprProgram(formula.value()).evaluate(3, -1, 2)).isNaN();
    }

    @Test
    void whatIsNoProbabilityHasNoLoss() {
        assertThat(value("BCELoss", Map.of(), 1.5f, 0)).isNaN();
        assertThat(value("BCELoss", Map.of(), -0.5f, 1)).isNaN();
        assertThat(value("PoissonNLLLoss", Map.of("logInput", false), -0.5f, 1)).isNaN();
        assertThat(value("KLDivLoss", Map.of(), -1, -0.5f)).isNaN();
        assertThat(value("KLDivLoss", Map.of(), -1, 0)).isZero();
    }

    @Test
    void theGradientOfEqualValuesIsZero() {
        assertThat(new ExprProgram(formula("L1Loss").slope(0)).evaluate(2, 2)).isZero();
    }

    /** Where log(1 + e) in float would be 0. */
    @Test
    void binaryCrossEntropyKeepsSmallLosses() {
        ExprProgram value = new ExprProgram(formula("BCEWithLogitsLoss").value());
        double expected = Math.log1p(Math.exp(-25));
        assertThat((double) value.evaluate(25, 1, 1)).isCloseTo(expected, within(1e-6 * expected));
    }
}
