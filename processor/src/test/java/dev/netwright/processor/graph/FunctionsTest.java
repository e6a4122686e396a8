package dev.netwright.processor.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.reference.ReferenceLayers;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The largest errors of the functions in ulps of the exact value, over floats of all sizes. Each bound is what was
 * measured, rounded up.
 */
class FunctionsTest {
    /** Distance between the floats tried, in their bits: about 1,000,000 of them; prime, so that mantissas vary. */
    private static final int STRIDE = 2003;

    /** Largest error of a function from one float to another, printed. */
    private static double largestError(
            String name, Expr function, DoubleUnaryOperator exact, int stride, float from, float to) {
        ExprProgram program = new ExprProgram(function);
        double largest = 0;
        float worst = 0;
        int tried = 0;
        // magnitudes in their order, which is that of their bits
        float least = from <= 0 && to >= 0 ? 0 : Math.min(Math.abs(from), Math.abs(to));
        int last = Float.floatToRawIntBits(Math.max(Math.abs(from), Math.abs(to)));
        for (int bits = Float.floatToRawIntBits(least); bits <= last; bits += stride) {
            for (float x : new float[] {Float.intBitsToFloat(bits), -Float.intBitsToFloat(bits)}) {
                if (x >= from && x <= to) {
                    double expected = exact.applyAsDouble(x);
                    double error = Math.abs(program.evaluate(x) - expected) / Math.ulp((float) expected);
                    worst = error > largest ? x : worst;
                    largest = Math.max(largest, error);
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(8_000);
        System.out.printf("%s: at most %.4f ulp in %d floats, at %s\n", name, largest, tried, worst);
        return largest;
    }

    private static double largestError(String name, Expr function, DoubleUnaryOperator exact, float from, float to) {
        return largestError(name, function, exact, STRIDE, from, to);
    }

    @Test
    void floorIsExact() {
        ExprProgram floor = new ExprProgram(Functions.floor(Expr.arg(0)));
        int most = Float.floatToRawIntBits(1 << 22);
        for (int bits = 0; bits <= most; bits += STRIDE) {
            float x = Float.intBitsToFloat(bits);
            assertThat(floor.evaluate(x)).isEqualTo((float) Math.floor(x));
        }
        for (int whole = 1; whole < 1 << 22; whole += STRIDE) {
            for (float x : new float[] {Math.nextDown((float) whole), whole, whole + 0.5f}) {
                assertThat(floor.evaluate(x)).isEqualTo((float) Math.floor(x));
            }
        }
    }

    @Test
    void expIsWithinOneAndAHundredthUlp() {
        assertThat(largestError("exp", Functions.exp(Expr.arg(0)), StrictMath::exp, -87.3f, 88.3f))
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
    void expm1IsWithinSevenFifthsOfAnUlp() {
        Expr expm1 = Functions.expm1(Expr.arg(0));
        assertThat(largestError("expm1", expm1, StrictMath::expm1, -87.3f, 88.3f))
                .isBetween(0.8, 1.4);
        assertThat(new ExprProgram(expm1).evaluate(Float.NaN)).isNaN();
        assertThat(new ExprProgram(expm1).evaluate(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
    }

    @Test
    void log1pAndSoftplusAreWithinTwoUlps() {
        Expr x = Expr.arg(0);
        assertThat(largestError("log1p", Functions.log1p(x), StrictMath::log1p, 0, 1e30f))
                .isBetween(0.8, 1.13);
        DoubleUnaryOperator softplus = v -> Math.max(v, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(v)));
        assertThat(largestError("softplus", Functions.softplus(x), softplus, -87.3f, 1e30f))
                .isBetween(1.2, 1.83);
    }

    @Test
    void logIsWithinFourFifthsOfAnUlp() {
        Expr log = Functions.log(Expr.arg(0));
        assertThat(largestError("log", log, StrictMath::log, Float.MIN_NORMAL, Float.MAX_VALUE))
                .isBetween(0.6, 0.8);
        assertThat(largestError("log near 1", log, StrictMath::log, 0.5f, 2)).isBetween(0.6, 0.8);
        assertThat(new ExprProgram(log).evaluate(1)).isZero();
    }

    @Test
    void logarithmsOfAnyNumberAreThoseOfTheLibrary() {
        ExprProgram log = new ExprProgram(Functions.logOfAny(Expr.arg(0)));
        for (float x : new float[] {Float.MIN_VALUE, 1e-40f, Float.MIN_NORMAL, 0.3f, 1, 7e20f, Float.MAX_VALUE}) {
            assertThat((double) log.evaluate(x))
                    .isCloseTo(Math.log(x), within(2e-7 * Math.max(1, Math.abs(Math.log(x)))));
        }
        assertThat(log.evaluate(0)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(log.evaluate(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(log.evaluate(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        for (float x : new float[] {-Float.MIN_VALUE, -1, Float.NEGATIVE_INFINITY, Float.NaN}) {
            assertThat(log.evaluate(x)).isNaN();
        }
    }

    @Test
    void softplusOverflowsNowhereAndKeepsSmallResults() {
        ExprProgram softplus = new ExprProgram(Functions.softplus(Expr.arg(0)));
        for (float x : new float[] {-80, -20, -1, 0, 0.5f, 20, 1e30f}) {
            double expected = Math.log1p(Math.exp(-Math.abs((double) x))) + Math.max(x, 0);
            assertThat((double) softplus.evaluate(x)).isCloseTo(expected, within(4e-7 * expected));
        }
    }

    @Test
    void sigmoidIsWithinTwoAndTwoFifthsOfAnUlp() {
        DoubleUnaryOperator exact = x -> 1 / (1 + StrictMath.exp(-x));
        assertThat(largestError("sigmoid", Functions.sigmoid(Expr.arg(0)), exact, -87.3f, Float.MAX_VALUE))
                .isBetween(1.5, 2.4);
        assertThat(new ExprProgram(Functions.sigmoid(Expr.arg(0))).evaluate(Float.NEGATIVE_INFINITY))
                .isBetween(0f, 1e-38f);
    }

    @Test
    void tanhIsWithinOneAndAThirdUlp() {
        Expr tanh = Functions.tanh(Expr.arg(0));
        assertThat(largestError("tanh", tanh, StrictMath::tanh, -Float.MAX_VALUE, Float.MAX_VALUE))
                .isBetween(1.0, 1.31);
        ExprProgram program = new ExprProgram(tanh);
        assertThat(program.evaluate(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(program.evaluate(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(program.evaluate(-0f)).isEqualTo(-0f);
        assertThat(program.evaluate(Float.NaN)).isNaN();
    }

    /** From 8 on every float counts: the last before 1 is the difference between a gradient and none. */
    @Test
    void tanhIsRoundedRightWhereItComesNearOne() {
        Expr tanh = Functions.tanh(Expr.arg(0));
        assertThat(largestError("tanh near 1", tanh, StrictMath::tanh, 1, 8, 9.5f))
                .isLessThan(0.501);
        ExprProgram program = new ExprProgram(tanh);
        assertThat(program.evaluate(9.010913f)).isEqualTo(Math.nextDown(1f));
        assertThat(program.evaluate(-9.010913f)).isEqualTo(-Math.nextDown(1f));
        assertThat(program.evaluate(9.010914f)).isEqualTo(1f);
    }

    @Test
    void erfIsWithinOneAndAHundredthUlp() {
        Expr erf = Functions.erf(Expr.arg(0));
        assertThat(largestError("erf", erf, ReferenceLayers::erf, -Float.MAX_VALUE, Float.MAX_VALUE))
                .isBetween(0.9, 1.01);
        assertThat(largestError("erf near 1", erf, ReferenceLayers::erf, 199, 3, 8))
                .isLessThan(0.6);
        assertThat(new ExprProgram(erf).evaluate(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(new ExprProgram(erf).evaluate(Float.NaN)).isNaN();
    }
}
