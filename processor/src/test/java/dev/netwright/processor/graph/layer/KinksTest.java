package dev.netwright.processor.graph.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.ExprProgram;
import dev.netwright.processor.graph.Shape;
import org.junit.jupiter.api.Test;

/** Gradients where a function has none, as PyTorch gives them, and values it passes on. */
class KinksTest {
    private static final Shape ONE = Shape.of(1);

    private static float fromInput(Activation activation, float x) {
        return new ExprProgram(activation.gradientFromInput(Expr.arg(0), Expr.constant(3))).evaluate(x);
    }

    private static float fromOutput(Activation activation, float x) {
        float y = new ExprProgram(activation.value(Expr.arg(0))).evaluate(x);
        return new ExprProgram(activation
                        .gradientFromOutput(Expr.arg(0), Expr.constant(3))
                        .orElseThrow())
                .evaluate(y);
    }

    @Test
    void rectifiersHaveNoGradientAtTheirBounds() {
        for (float bound : new float[] {0, -0f, -1}) {
            assertThat(fromInput(new ReLU(ONE), bound)).isZero();
            assertThat(fromOutput(new ReLU(ONE), bound)).isZero();
        }
        for (float bound : new float[] {0, -0f, 6, 7}) {
            assertThat(fromInput(new ReLU6(ONE), bound)).isZero();
            assertThat(fromOutput(new ReLU6(ONE), bound)).isZero();
        }
        assertThat(fromOutput(new ReLU6(ONE), Math.nextDown(6f))).isEqualTo(3);
        assertThat(fromOutput(new ReLU(ONE), Float.MIN_VALUE)).isEqualTo(3);
    }

    @Test
    void leakyRectifiersHaveTheirSlopeAtZero() {
        assertThat(fromInput(new LeakyReLU(ONE, 0.5), 0)).isEqualTo(1.5f);
        assertThat(fromOutput(new LeakyReLU(ONE, 0.5), 0)).isEqualTo(1.5f);
        assertThat(fromOutput(new LeakyReLU(ONE, 0), -2)).isZero();
        assertThat(new LeakyReLU(ONE, -0.5).gradientFromOutput(Expr.arg(0), Expr.arg(1)))
                .isEmpty();
    }

    @Test
    void hardswishIsFlatFromMinusThreeAndStraightFromThree() {
        assertThat(fromInput(new Hardswish(ONE), -3)).isZero();
        assertThat(fromInput(new Hardswish(ONE), 3)).isEqualTo(3);
        assertThat(fromInput(new Hardswish(ONE), 0)).isEqualTo(1.5f);
    }

    @Test
    void hardsigmoidIsFlatFromItsBoundsOn() {
        for (float bound : new float[] {-4, -3, 3, 4}) {
            assertThat(fromInput(new Hardsigmoid(ONE), bound)).isZero();
            assertThat(fromOutput(new Hardsigmoid(ONE), bound)).isZero();
        }
        for (float inside : new float[] {Math.nextUp(-3f), 0, 2.999f}) {
            assertThat(fromInput(new Hardsigmoid(ONE), inside)).isEqualTo(0.5f);
            assertThat(fromOutput(new Hardsigmoid(ONE), inside)).isEqualTo(0.5f);
        }
    }

    /** PyTorch's choices: the reference has its table. */
    @Test
    void bendsHaveTheGradientOfTheSideThatPyTorchTakes() {
        assertThat(fromInput(new ELU(ONE, 1), 0)).isEqualTo(3);
        assertThat(fromInput(new ELU(ONE, 0.5), 0)).isEqualTo(1.5f);
        assertThat(fromInput(new CELU(ONE, 0.5), 0)).isEqualTo(3);
        assertThat(fromInput(new SELU(ONE), 0)).isCloseTo(3 * 1.7580993f, within(1e-6f));
        for (float bound : new float[] {-1.5f, 1.5f, -0.25f, 0}) {
            assertThat(fromInput(new Hardshrink(ONE, 1.5), bound)).isZero();
            assertThat(fromInput(new Softshrink(ONE, 1.5), bound)).isZero();
        }
        for (float outside : new float[] {-1.75f, 1.75f}) {
            assertThat(fromInput(new Hardshrink(ONE, 1.5), outside)).isEqualTo(3);
            assertThat(fromInput(new Softshrink(ONE, 1.5), outside)).isEqualTo(3);
        }
        assertThat(fromInput(new Hardshrink(ONE, -1), 0)).isEqualTo(3);
        for (float bound : new float[] {-2, -1, 1, 2}) {
            assertThat(fromInput(new Hardtanh(ONE, -1, 1), bound)).isZero();
            assertThat(fromOutput(new Hardtanh(ONE, -1, 1), bound)).isZero();
        }
        assertThat(fromOutput(new Hardtanh(ONE, -1, 1), Math.nextDown(1f))).isEqualTo(3);
        assertThat(fromInput(new Threshold(ONE, 0.5, 7), 0.5f)).isZero();
        assertThat(fromInput(new Threshold(ONE, 0.5, 7), Math.nextUp(0.5f))).isEqualTo(3);
        assertThat(fromInput(new Softplus(ONE, 2, 4), Math.nextUp(2f))).isEqualTo(3);
        assertThat(fromInput(new Softplus(ONE, 2, 4), 2)).isLessThan(2.95f);
        assertThat(fromInput(new LogSigmoid(ONE), 0)).isEqualTo(1.5f);
        assertThat(fromInput(new Softsign(ONE), 0)).isEqualTo(3);
        assertThat(fromInput(new Tanhshrink(ONE), 0)).isZero();
    }

    @Test
    void largeElementsStayFiniteAndKeepTheirGradient() {
        for (float x : new float[] {50, 1e4f}) {
            for (Activation activation : new Activation[] {new Mish(ONE), new Softplus(ONE, 1, 20), new ELU(ONE, 1)}) {
                assertThat(value(activation, x)).as(activation.name()).isEqualTo(x);
                assertThat(fromInput(activation, x)).as(activation.name()).isEqualTo(3);
                assertThat(fromInput(activation, -x)).as(activation.name()).isCloseTo(0, within(1e-15f));
            }
            assertThat(value(new LogSigmoid(ONE), -x)).isEqualTo(-x);
            assertThat(fromInput(new LogSigmoid(ONE), -x)).isEqualTo(3);
            assertThat(value(new Softsign(ONE), x)).isCloseTo(1, within(0.02f));
            assertThat(fromInput(new Softsign(ONE), x)).isBetween(0f, 0.002f);
        }
        // where 1 + e^x is 1
        assertThat(value(new Softplus(ONE, 1, 20), -30)).isCloseTo((float) Math.exp(-30), within(1e-19f));
        assertThat(value(new LogSigmoid(ONE), 30)).isCloseTo((float) -Math.exp(-30), within(1e-19f));
        assertThat(value(new ELU(ONE, 1), -1e-6f)).isEqualTo((float) Math.expm1(-1e-6f));
    }

    @Test
    void clampsHaveAGradientAtTheirBounds() {
        Clamp clamp = new Clamp(ONE, -0.5, 0.75);
        assertThat(fromInput(clamp, -0.5f)).isEqualTo(3);
        assertThat(fromInput(clamp, 0.75f)).isEqualTo(3);
        assertThat(fromInput(clamp, Math.nextDown(-0.5f))).isZero();
        assertThat(fromInput(clamp, Math.nextUp(0.75f))).isZero();
        assertThat(fromInput(new Clamp(ONE, Double.NEGATIVE_INFINITY, 0), Float.NEGATIVE_INFINITY))
                .isEqualTo(3);
    }

    @Test
    void powersOfZeroAndOfNegativeNumbersArePyTorchs() {
        assertThat(value(new Power(ONE, 0), 0)).isEqualTo(1);
        assertThat(fromInput(new Power(ONE, 0), 0)).isZero();
        assertThat(fromInput(new Power(ONE, 1), 0)).isEqualTo(3);
        assertThat(value(new Power(ONE, 7), 0)).isZero();
        assertThat(fromInput(new Power(ONE, 7), 0)).isZero();
        assertThat(value(new Power(ONE, -7), 0)).isInfinite();
        assertThat(fromInput(new Power(ONE, 0.5), 0)).isInfinite();
        assertThat(value(new Power(ONE, 7), -2)).isCloseTo(-128, within(1e-4f));
        assertThat(value(new Power(ONE, 6), -2)).isCloseTo(64, within(1e-4f));
        assertThat(value(new Power(ONE, 2.7), -2)).isNaN();
    }

    @Test
    void equalElementsShareTheGradientOfTheLarger() {
        Dual larger = Dual.variable(0).max(Dual.variable(1));
        Dual smaller = Dual.variable(0).min(Dual.variable(1));
        for (int i = 0; i < 2; i++) {
            assertThat(slope(larger, i, 2, 2)).isEqualTo(0.5f);
            assertThat(slope(smaller, i, 2, 2)).isEqualTo(0.5f);
            assertThat(slope(larger, i, 2, 1)).isEqualTo(1 - i);
            assertThat(slope(smaller, i, 2, 1)).isEqualTo(i);
            // as PyTorch's masks leave it
            assertThat(slope(larger, i, Float.NaN, 1)).isEqualTo(1);
        }
    }

    private static float slope(Dual function, int variable, float a, float b) {
        return new ExprProgram(function.slope(variable)).evaluate(a, b);
    }

    private static float value(Activation activation, float x) {
        return new ExprProgram(activation.value(Expr.arg(0))).evaluate(x);
    }

    @Test
    void saturatedGelusHaveGradientOneAndZero() {
        for (boolean tanh : new boolean[] {false, true}) {
            assertThat(fromInput(new GELU(ONE, tanh), 1000)).isEqualTo(3);
            // exp saturates above 0
            assertThat(fromInput(new GELU(ONE, tanh), -1000)).isCloseTo(0, within(1e-30f));
        }
    }

    @Test
    void notANumberIsPassedOn() {
        for (Activation activation : new Activation[] {
            new ReLU(ONE),
            new ReLU6(ONE),
            new LeakyReLU(ONE, 0.1),
            new Sigmoid(ONE),
            new Tanh(ONE),
            new SiLU(ONE),
            new Hardswish(ONE),
            new Hardsigmoid(ONE),
            new GELU(ONE, false),
            new GELU(ONE, true),
            new CELU(ONE, 0.5),
            new ELU(ONE, 0.5),
            new Hardshrink(ONE, 0.5),
            new Hardtanh(ONE, -1, 1),
            new LogSigmoid(ONE),
            new Mish(ONE),
            new SELU(ONE),
            new Softplus(ONE, 1, 20),
            new Softshrink(ONE, 0.5),
            new Softsign(ONE),
            new Tanhshrink(ONE),
            new Threshold(ONE, 0.5, 7),
            new Clamp(ONE, -1, 1),
            new Power(ONE, 2.7)
        }) {
            assertThat(new ExprProgram(activation.value(Expr.arg(0))).evaluate(Float.NaN))
                    .as(activation.name())
                    .isNaN();
        }
    }
}
