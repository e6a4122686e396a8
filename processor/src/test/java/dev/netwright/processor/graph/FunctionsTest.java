package dev.netwright.processor.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.reference.ReferenceLayers;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The largest errors of the functions, over floats of all sizes. Each bound is what was measured, rounded up. */
class FunctionsTest {
    /** Distance between the floats tried, in their bits: about 500,000 of them; prime, so that mantissas vary. */
    private static final int STRIDE = 4001;

    private static final DoubleBinaryOperator ABSOLUTE = (actual, expected) -> Math.abs(actual - expected);
    private static final DoubleBinaryOperator ULP =
            (actual, expected) -> Math.abs(actual - expected) / Math.ulp((float) expected);

    private static double largestError(
            Expr function, DoubleUnaryOperator exact, DoubleBinaryOperator error, float from, float to) {
        ExprProgram program = new ExprProgram(function);
        double largest = 0;
        int tried = 0;
        for (int bits = 0; bits < Float.floatToRawIntBits(Float.POSITIVE_INFINITY); bits += STRIDE) {
            for (float x : new float[] {Float.intBitsToFloat(bits), -Float.intBitsToFloat(bits)}) {
                if (x >= from && x <= to) {
                    largest = Math.max(largest, error.applyAsDouble(program.evaluate(x), exact.applyAsDouble(x)));
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(4_000);
        return largest;
    }

    @Test
    void expIsWithinOneAndAHundredthUlp() {
        assertThat(largestError(Functions.exp(Expr.arg(0)), StrictMath::exp, ULP, -87.3f, 88.3f))
                .isBetween(0.8, 1.01);
    }

    @Test
    void expSaturatesAndPassesNanOn() {
        ExprProgram exp = new ExprProgram(Functions.exp(Expr.arg(0)));
        assertThat(exp.evaluate(0)).isEqualTo(1f);
        assertThat(exp.evaluate(Float.POSITIVE_INFINITY)).isFinite().isGreaterThan(2e38f);
        assertThat(exp.evaluate(Float.NEGATIVE_INFINITY)).isPositive().isLessThan(1.3e-38f);
        assertThat(exp.evaluate(Float.NaN)).isNaN();
    }

    @Test
    void logIsWithinFourFifthsOfAnUlp() {
        assertThat(largestError(Functions.log(Expr.arg(0)), StrictMath::log, ULP, Float.MIN_NORMAL, Float.MAX_VALUE))
                .isBetween(0.6, 0.78);
        assertThat(largestError(Functions.log(Expr.arg(0)), StrictMath::log, ULP, 0.5f, 2))
                .isBetween(0.6, 0.78);
        assertThat(new ExprProgram(Functions.log(Expr.arg(0))).evaluate(1)).isZero();
    }

    @Test
    void sigmoidIsWithinTwoAndAFifthUlp() {
        DoubleUnaryOperator exact = x -> 1 / (1 + StrictMath.exp(-x));
        assertThat(largestError(Functions.sigmoid(Expr.arg(0)), exact, ULP, -87.3f, Float.MAX_VALUE))
                .isBetween(1.5, 2.2);
        assertThat(largestError(Functions.sigmoid(Expr.arg(0)), exact, ABSOLUTE, -Float.MAX_VALUE, Float.MAX_VALUE))
                .isLessThan(9e-8);
    }

    @Test
    void tanhIsWithinAQuarterMillionth() {
        assertThat(largestError(
                        Functions.tanh(Expr.arg(0)), StrictMath::tanh, ABSOLUTE, -Float.MAX_VALUE, Float.MAX_VALUE))
                .isBetween(1e-7, 2.4e-7);
        ExprProgram tanh = new ExprProgram(Functions.tanh(Expr.arg(0)));
        assertThat(tanh.evaluate(8)).isEqualTo(1f);
        assertThat(tanh.evaluate(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(tanh.evaluate(Float.NaN)).isNaN();
    }

    @Test
    void erfIsWithinAThirdMillionth() {
        assertThat(largestError(
                        Functions.erf(Expr.arg(0)), ReferenceLayers::erf, ABSOLUTE, -Float.MAX_VALUE, Float.MAX_VALUE))
                .isBetween(1e-7, 3.3e-7);
        assertThat(new ExprProgram(Functions.erf(Expr.arg(0))).evaluate(9)).isEqualTo(1f);
    }
}
