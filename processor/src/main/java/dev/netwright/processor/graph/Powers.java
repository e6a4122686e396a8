package dev.netwright.processor.graph;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Expr.Comparison;

/** Powers with an exponent that is known, as of {@code pow}: NaN of a negative number unless the exponent is whole. */
public final class Powers {
    /** Above it, as many products are no better than a logarithm. */
    private static final double LARGEST_WHOLE = 64;

    private Powers() {}

    public static Expr of(Expr x, double exponent) {
        if (exponent < 0) {
            return constant(1).dividedBy(of(x, -exponent));
        }
        double whole = Math.floor(exponent);
        if (whole > LARGEST_WHOLE) {
            return whole == exponent && whole % 2 == 0 ? positive(x.abs(), exponent) : positive(x, exponent);
        }
        double rest = exponent - whole;
        Expr power = whole(x, (int) whole);
        if (rest == 0) {
            return power == null ? constant(1) : power;
        }
        Expr root = rest == 0.5 ? x.sqrt() : positive(x, rest);
        return power == null ? root : power.times(root);
    }

    /** By squares; null where there is nothing to multiply. */
    private static Expr whole(Expr x, int exponent) {
        Expr power = null;
        Expr square = x;
        for (int rest = exponent; rest > 0; rest /= 2) {
            if (rest % 2 == 1) {
                power = power == null ? square : power.times(square);
            }
            square = square.times(square);
        }
        return power;
    }

    /** Of a number of at least 0, by its logarithm. */
    public static Expr positive(Expr x, double exponent) {
        Expr power = Functions.exp(Functions.logOfAny(x).times(exponent));
        return Expr.select(Comparison.EQ, x, constant(0), constant(0), power);
    }
}
