package dev.netwright.processor.graph;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Expr.Comparison;
import java.util.function.BinaryOperator;

/**
 * An expression with its derivatives by some variables, so that a formula written in these states its gradient too.
 * What has no variable in it has no derivatives: it is combined with whatever has. Where a function has a kink the
 * derivative is PyTorch's.
 */
public final class Dual {
    private static final Expr ZERO = constant(0);
    private static final Expr ONE = constant(1);

    private final Expr value;
    /** By variable, null where it is 0 everywhere; none of what has no variable in it. */
    private final Expr[] slopes;

    private Dual(Expr value, Expr... slopes) {
        this.value = value;
        this.slopes = slopes;
    }

    /** One of the variables of a formula: the argument with its own number. */
    public static Dual variable(int index, int count) {
        Expr[] slopes = new Expr[count];
        slopes[index] = ONE;
        return new Dual(Expr.arg(index), slopes);
    }

    /** What the variables do not change. */
    public static Dual fixed(Expr value) {
        return new Dual(value);
    }

    public static Dual fixed(double value) {
        return fixed(constant(value));
    }

    /** A function of one variable whose derivative is known. */
    public static Dual of(Expr value, Expr slope) {
        return new Dual(value, slope);
    }

    public Expr value() {
        return value;
    }

    /** The derivative by a variable. */
    public Expr slope(int variable) {
        Expr slope = variable < slopes.length ? slopes[variable] : null;
        return slope == null ? ZERO : slope;
    }

    public Dual plus(Dual other) {
        return with(other, value.plus(other.value), (a, b) -> a == null ? b : b == null ? a : a.plus(b));
    }

    public Dual plus(double other) {
        return new Dual(value.plus(constant(other)), slopes);
    }

    public Dual minus(Dual other) {
        return with(other, value.minus(other.value), (a, b) -> b == null ? a : a == null ? b.negated() : a.minus(b));
    }

    public Dual negated() {
        return chain(value.negated(), constant(-1));
    }

    public Dual times(Dual other) {
        return with(other, value.times(other.value), (a, b) -> {
            Expr left = product(a, other.value);
            Expr right = product(b, value);
            return left == null ? right : right == null ? left : left.plus(right);
        });
    }

    public Dual times(double factor) {
        return chain(value.times(factor), constant(factor));
    }

    public Dual dividedBy(Dual other) {
        Expr quotient = value.dividedBy(other.value);
        return with(other, quotient, (a, b) -> {
            if (a == null && b == null) {
                return null;
            }
            Expr top = b == null ? a : a == null ? quotient.times(b).negated() : a.minus(quotient.times(b));
            return top.dividedBy(other.value);
        });
    }

    public Dual square() {
        return chain(value.times(value), value.times(2));
    }

    public Dual sqrt() {
        Expr root = value.sqrt();
        return chain(root, constant(0.5).dividedBy(root));
    }

    /** The derivative at 0 is 0. */
    public Dual abs() {
        return chain(value.abs(), sign(value));
    }

    public Dual exp() {
        Expr exp = Functions.exp(value);
        return chain(exp, exp);
    }

    /** The natural logarithm: of 0 minus infinity, of what is below NaN. */
    public Dual log() {
        return chain(Functions.logOfAny(value), ONE.dividedBy(value));
    }

    /** log(1 + e^x). */
    public Dual softplus() {
        return chain(Functions.softplus(value), Functions.sigmoid(value));
    }

    /** The larger of this and 0; the derivative at 0 is 1. */
    public Dual orZero() {
        return select(Comparison.LT, value, ZERO, fixed(0), this);
    }

    /** The larger of this and a bound; the derivative is that of this, whichever it is. */
    public Dual raisedTo(double bound) {
        return new Dual(value.max(bound), slopes);
    }

    /** Whichever of two the comparison says. */
    public static Dual select(Comparison comparison, Expr left, Expr right, Dual yes, Dual no) {
        Expr value = Expr.select(comparison, left, right, yes.value, no.value);
        return yes.with(
                no,
                value,
                (a, b) -> a == null && b == null
                        ? null
                        : Expr.select(comparison, left, right, a == null ? ZERO : a, b == null ? ZERO : b));
    }

    /** -1, 0 or 1. */
    private static Expr sign(Expr x) {
        Expr below = Expr.select(Comparison.LT, x, ZERO, constant(-1), ZERO);
        return Expr.select(Comparison.GT, x, ZERO, ONE, below);
    }

    /** A function of this with this derivative. */
    private Dual chain(Expr result, Expr slope) {
        return with(this, result, (a, same) -> product(a, slope));
    }

    private static Expr product(Expr slope, Expr factor) {
        return slope == null ? null : slope.equals(ONE) ? factor : factor.equals(ONE) ? slope : slope.times(factor);
    }

    private Dual with(Dual other, Expr result, BinaryOperator<Expr> slope) {
        Expr[] both = new Expr[Math.max(slopes.length, other.slopes.length)];
        for (int i = 0; i < both.length; i++) {
            Expr mine = i < slopes.length ? slopes[i] : null;
            Expr its = i < other.slopes.length ? other.slopes[i] : null;
            both[i] = slope.apply(mine, its);
        }
        return new Dual(result, both);
    }
}
