package dev.netwright.processor.graph;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Expr.UnaryOp;

/**
 * Transcendental functions as expressions: polynomials over fused multiply-add, so that every kernel and every machine
 * gives the same bits. Largest errors,
 * measured against {@link StrictMath}, are asserted by a test.
 */
public final class Functions {
    /** Adding it rounds a small float to a whole number, which then stands in the low bits. */
    private static final double ROUND = 12582912.0; // 1.5 * 2^23

    private static final double LOG2_E = 1.44269504088896341;

    private Functions() {}

    /** The largest whole number that is no more than x, from 0 to 2^22. */
    public static Expr floor(Expr x) {
        Expr nearest = x.plus(constant(ROUND)).minus(constant(ROUND));
        return Expr.select(Comparison.GT, nearest, x, nearest.minus(constant(1)), nearest);
    }

    /**
     * e^x. Cephes' expf: Cody-Waite reduction, degree 5. Saturates at 2^127.4 instead of overflowing, and at 2^-125.9
     * towards 0. Largest error 1.01 ulp.
     */
    public static Expr exp(Expr x) {
        return expWithin(x.max(-87.3).min(88.3));
    }

    /**
     * e^x - 1, as near 0 as elsewhere: what {@link #exp} adds up before it adds 1. Saturates as {@link #exp}. Largest
     * error 1.4 ulp.
     */
    public static Expr expm1(Expr x) {
        Expr clamped = x.max(-87.3).min(88.3);
        Expr shifted = shifted(clamped);
        Expr power = new Expr.Unary(UnaryOp.POW2, shifted);
        return expm1OfRest(clamped, shifted).fma(power, power.minus(constant(1)));
    }

    /** The same where x cannot be beyond what is representable. */
    private static Expr expWithin(Expr x) {
        Expr shifted = shifted(x);
        Expr y = expm1OfRest(x, shifted).plus(constant(1));
        return y.times(new Expr.Unary(UnaryOp.POW2, shifted));
    }

    /** The whole number nearest to the logarithm of e^x to the base 2, with {@link #ROUND} added. */
    private static Expr shifted(Expr x) {
        return x.fma(constant(LOG2_E), constant(ROUND));
    }

    /** e^r - 1 of what the power of 2 leaves of x. */
    private static Expr expm1OfRest(Expr x, Expr shifted) {
        Expr n = shifted.minus(constant(ROUND));
        Expr high = n.fma(constant(-0.693359375), x);
        Expr r = n.fma(constant(2.12194440e-4), high);
        Expr p = polynomial(
                r,
                1.9875691500e-4,
                1.3981999507e-3,
                8.3334519073e-3,
                4.1665795894e-2,
                1.6666665459e-1,
                5.0000001201e-1);
        return p.fma(r.times(r), r);
    }

    /** Natural logarithm of a positive, normal x. Cephes' logf. Largest error 0.78 ulp. */
    public static Expr log(Expr x) {
        Expr n = new Expr.Unary(UnaryOp.EXPONENT, x);
        Expr f = new Expr.Unary(UnaryOp.MANTISSA, x).minus(constant(1));
        Expr p = polynomial(
                f,
                7.0376836292e-2,
                -1.1514610310e-1,
                1.1676998740e-1,
                -1.2420140846e-1,
                1.4249322787e-1,
                -1.6668057665e-1,
                2.0000714765e-1,
                -2.4999993993e-1,
                3.3333331174e-1);
        Expr square = f.times(f);
        Expr tail = p.times(square).times(f);
        tail = n.fma(constant(-2.12194440e-4), tail);
        tail = square.fma(constant(-0.5), tail);
        return n.fma(constant(0.693359375), f.plus(tail));
    }

    /**
     * Natural logarithm of whatever there is: as {@link #log} where that is defined, and what is smaller is made 2^32
     * times as large; of 0 minus infinity, of infinity infinity, of a negative number NaN.
     */
    public static Expr logOfAny(Expr x) {
        Expr tiny = constant(Float.MIN_NORMAL);
        Expr small = Expr.select(Comparison.LT, x, tiny, x.times(0x1p32), x);
        Expr log = log(small);
        Expr real = Expr.select(Comparison.LT, x, tiny, log.minus(constant(32 * Math.log(2))), log);
        Expr finite = Expr.select(Comparison.EQ, x, constant(0), constant(Float.NEGATIVE_INFINITY), real);
        Expr any = Expr.select(Comparison.GT, x, constant(Float.MAX_VALUE), x, finite);
        return Expr.select(Comparison.GE, x, constant(0), any, constant(Float.NaN));
    }

    /**
     * log(1 + x) for x from 0 on: the logarithm of the rounded sum, and what the rounding lost. Largest error 1.13 ulp.
     */
    public static Expr log1p(Expr x) {
        Expr sum = x.plus(constant(1));
        Expr lost = x.minus(sum.minus(constant(1)));
        return log(sum).plus(lost.dividedBy(sum));
    }

    /** log(1 + e^x), which is x for large x and e^x for small. Largest error 1.83 ulp for x of at least -87.3. */
    public static Expr softplus(Expr x) {
        return log1p(exp(x.abs().negated())).plus(x.max(0));
    }

    /** 1 / (1 + e^-x). Largest error 2.4 ulp for x of at least -87.3. */
    public static Expr sigmoid(Expr x) {
        return constant(1).dividedBy(exp(x.negated()).plus(constant(1)));
    }

    /**
     * Cephes' tanhf: an odd polynomial of degree 11 up to 0.625, from there on 1 - 2 / (e^2|x| + 1), which comes near 1
     * as the function does: a gradient's 1 - tanh^2 is the last float above 0 until x is 9.01. Largest error 1.31 ulp.
     */
    public static Expr tanh(Expr x) {
        Expr magnitude = x.abs();
        Expr clamped = magnitude.min(10);
        Expr rest = constant(2).dividedBy(expWithin(clamped.plus(clamped)).plus(constant(1)));
        Expr square = x.times(x);
        Expr p = polynomial(
                square, -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1);
        Expr near = p.times(square).fma(x, x);
        return Expr.select(
                Comparison.GE, magnitude, constant(0.625), signed(x, constant(1).minus(rest)), near);
    }

    /**
     * The error function: an odd polynomial of degree 13 up to 0.93, from there on 1 - e^p(|x|) with p of degree 7
     * (Juffa's form), which comes near 1 as the function does. Largest error 1.01 ulp.
     */
    public static Expr erf(Expr x) {
        Expr magnitude = x.abs();
        Expr clamped = magnitude.min(4);
        Expr p = polynomial(
                clamped,
                -1.72853470e-5,
                3.83197126e-4,
                -3.88396438e-3,
                2.42546219e-2,
                -1.06777877e-1,
                -6.34846687e-1,
                -1.28717512e-1);
        Expr rest = expWithin(p.fma(clamped, clamped.negated()));
        Expr q = polynomial(
                x.times(x),
                -5.96761703e-4,
                4.99119423e-3,
                -2.67681349e-2,
                1.12819925e-1,
                -3.76125336e-1,
                1.28379166e-1);
        Expr near = q.fma(x, x);
        return Expr.select(
                Comparison.GT,
                magnitude,
                constant(0.927734375),
                signed(x, constant(1).minus(rest)),
                near);
    }

    /** A positive value with the sign of x. */
    private static Expr signed(Expr x, Expr value) {
        return Expr.select(Comparison.LT, x, constant(0), value.negated(), value);
    }

    /** Horner's rule, highest power first. */
    private static Expr polynomial(Expr x, double... coefficients) {
        Expr sum = constant(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            sum = sum.fma(x, constant(coefficients[i]));
        }
        return sum;
    }
}
