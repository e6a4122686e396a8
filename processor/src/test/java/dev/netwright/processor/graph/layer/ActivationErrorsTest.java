package dev.netwright.processor.graph.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.ExprProgram;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.reference.ReferenceLayers;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Largest errors of smooth activations and of their slopes, in ulps of 1, or of the argument where that is larger:
 * formulas such as 1 - tanh^2 and 1 + erf cancel, here as in PyTorch. Each bound is what was measured, rounded up.
 */
class ActivationErrorsTest {
    private static final double ULP = 0x1p-23;

    /** Prime, so that mantissas vary: about 200,000 floats. */
    private static final int STRIDE = 4001;

    private static final Shape ANY = Shape.of(1);

    /**
     * An activation.
     *
     * @param value in double
     * @param slope in double
     * @param valueBound in ulps
     * @param slopeBound in ulps
     */
    record Case(
            Activation layer,
            String name,
            DoubleUnaryOperator value,
            DoubleUnaryOperator slope,
            double valueBound,
            double slopeBound) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(
                        new Sigmoid(ANY),
                        "Sigmoid",
                        ActivationErrorsTest::sigmoid,
                        x -> sigmoid(x) * sigmoid(-x),
                        0.6,
                        0.3),
                new Case(new Tanh(ANY), "Tanh", Math::tanh, x -> 1 / Math.pow(Math.cosh(x), 2), 0.6, 0.85),
                new Case(new SiLU(ANY), "SiLU", x -> x * sigmoid(x), x -> sigmoid(x) * (1 + x * sigmoid(-x)), 1.1, 1),
                new Case(
                        new Mish(ANY),
                        "Mish",
                        x -> x * Math.tanh(softplus(x)),
                        x -> Math.tanh(softplus(x)) + x * sigmoid(x) / Math.pow(Math.cosh(softplus(x)), 2),
                        1.1,
                        1.4),
                new Case(
                        new Softplus(ANY, 1, 20),
                        "Softplus",
                        ActivationErrorsTest::softplus,
                        ActivationErrorsTest::sigmoid,
                        0.9,
                        0.6),
                new Case(
                        new ELU(ANY, 1),
                        "ELU",
                        x -> x > 0 ? x : Math.expm1(x),
                        x -> x > 0 ? 1 : Math.exp(x),
                        0.4,
                        0.45),
                new Case(
                        new GELU(ANY, false),
                        "GELU",
                        x -> x * distribution(x),
                        x -> distribution(x) + x * density(x),
                        0.85,
                        1.1),
                new Case(
                        new GELU(ANY, true),
                        "GELU by tanh",
                        x -> x / 2 * (1 + Math.tanh(inner(x))),
                        x -> (1 + Math.tanh(inner(x))) / 2 + x / 2 / Math.pow(Math.cosh(inner(x)), 2) * innerSlope(x),
                        0.85,
                        1));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double distribution(double x) {
        return (1 + ReferenceLayers.erf(x / Math.sqrt(2))) / 2;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double inner(double x) {
        return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    }

    private static double innerSlope(double x) {
        return Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    }

    private static double largestError(Expr expr, DoubleUnaryOperator exact) {
        ExprProgram program = new ExprProgram(expr);
        double largest = 0;
        for (int bits = Float.floatToRawIntBits(1e-6f); bits < Float.floatToRawIntBits(20); bits += STRIDE) {
            for (float x : new float[] {Float.intBitsToFloat(bits), -Float.intBitsToFloat(bits)}) {
                double error = Math.abs(program.evaluate(x, 1) - exact.applyAsDouble(x));
                largest = Math.max(largest, error / (ULP * Math.max(1, Math.abs(x))));
            }
        }
        return largest;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areNear(Case activation) {
        Expr x = Expr.arg(0);
        Expr gradient = Expr.arg(1);
        Activation layer = activation.layer();
        Expr derived = layer.gradientFromOutput(layer.value(x), gradient)
                .orElseGet(() -> layer.gradientFromInput(x, gradient));
        double value = largestError(layer.value(x), activation.value());
        double slope = largestError(derived, activation.slope());
        System.out.printf("%s: at most %.3f ulp, its slope %.3f\n", activation.name(), value, slope);
        assertThat(value).isBetween(activation.valueBound() / 2, activation.valueBound());
        assertThat(slope).isBetween(activation.slopeBound() / 2, activation.slopeBound());
    }
}
