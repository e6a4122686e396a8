package dev.netwright.processor.graph.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
            new GELU(ONE, true)
        }) {
            assertThat(new ExprProgram(activation.value(Expr.arg(0))).evaluate(Float.NaN))
                    .as(activation.name())
                    .isNaN();
        }
    }
}
