package dev.netwright.processor.graph;

import static dev.netwright.processor.graph.Expr.constant;

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

    /**
     * e^x. Cephes' expf: Cody-Waite reduction, degree 5. Saturates at 2^127.4 instead of overflowing, and at 2^-125.9
     * towards 0. Largest error 1.01 ulp.
     */
    public static Expr exp(Expr x) {
        Expr clamped = x.max(-87.3).min(88.3);
        Expr shifted = clamped.fma(constant(LOG2_E), constant(ROUND));
        Expr n = shifted.minus(constant(ROUND));
        Expr high = n.fma(constant(-0.693359375), clamped);
        Expr r = n.fma(constant(2.12194440e-4), high);
        Expr p = polynomial(
                r,
                1.9875691500e-4,
                1.3981999507e-3,
                8.3334519073e-3,
                4.1665795894e-2,
                1.6666665459e-1,
                5.0000001201e-1);
        Expr y = p.fma(r.times(r), r).plus(constant(1));
        return y.times(new Expr.Unary(UnaryOp.POW2, shifted));
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

    /** 1 / (1 + e^-x). Largest error 2.2 ulp for x of at least -87.3. */
    public static Expr sigmoid(Expr x) {
        return constant(1).dividedBy(exp(x.negated()).plus(constant(1)));
    }

    /**
     * Rational approximation, odd degree 13 over even degree 6, of the kind Eigen uses. Largest error 2.4e-7. The clamp
     * is where the quotient, computed with fused
     * multiply-add, is 1: a gradient's 1 - tanh^2 is then 0 for every larger x.
     */
    public static Expr tanh(Expr x) {
        Expr c = x.max(-7.99881172180175781).min(7.99881172180175781);
        Expr square = c.times(c);
        Expr p = polynomial(
                square,
                -2.76076847742355e-16,
                2.00018790482477e-13,
                -8.60467152213735e-11,
                5.12229709037114e-08,
                1.48572235717979e-05,
                6.37261928875436e-04,
                4.89352455891786e-03);
        Expr q = polynomial(
                square, 1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03);
        return p.times(c).dividedBy(q);
    }

    /**
     * The error function: rational approximation, odd degree 13 over even degree 8, x clamped to [-4, 4]. Largest
     * error 3.3e-7.
     */
    public static Expr erf(Expr x) {
        Expr c = x.max(-4).min(4);
        Expr square = c.times(c);
        Expr p = polynomial(
                square,
                -2.72614225801306e-10,
                2.77068142495902e-08,
                -2.10102402082508e-06,
                -5.69250639462346e-05,
                -7.34990630326855e-04,
                -2.95459980854025e-03,
                -1.60960333262415e-02);
        Expr q = polynomial(
                square,
                -1.45660718464996e-05,
                -2.13374055278905e-04,
                -1.68282697438203e-03,
                -7.37332916720468e-03,
                -1.42647390514189e-02);
        return p.times(c).dividedBy(q);
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
