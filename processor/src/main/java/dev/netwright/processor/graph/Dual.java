package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Expr.Constant;
import dev.netwright.processor.graph.Expr.Select;
import dev.netwright.processor.graph.Expr.Unary;
import dev.netwright.processor.graph.Expr.UnaryOp;

/**
 * An expression and its derivative by one variable. A function that is written with these is differentiated as it is
 * written, so that a layer of elements states its forward only. Transcendental functions have derivatives of their own:
 * those of the polynomials that they are computed by would be as good as nothing.
 *
 * <p>Where there is no derivative it is PyTorch's: {@link #max(double)} and {@link #min(double)} have none at the bound,
 * {@link #abs} has none at 0, and a {@link #select} has that of the branch that is taken.
 *
 * @param value the function
 * @param slope its derivative
 */
public record Dual(Expr value, Expr slope) {
    private static final Constant ZERO = new Constant(0);
    private static final Constant ONE = new Constant(1);

    /** What is differentiated by. */
    public static Dual variable(Expr x) {
        return new Dual(x, ONE);
    }

    public static Dual constant(double value) {
        return new Dual(Expr.constant(value), ZERO);
    }

    /** The gradient by the variable, from that by this. */
    public Expr gradient(Expr gradient) {
        return product(gradient, slope);
    }

    public Dual plus(Dual other) {
        return new Dual(value.plus(other.value), sum(slope, other.slope));
    }

    public Dual plus(double summand) {
        return new Dual(value.plus(Expr.constant(summand)), slope);
    }

    public Dual minus(Dual other) {
        return new Dual(value.minus(other.value), difference(slope, other.slope));
    }

    public Dual minus(double subtrahend) {
        return new Dual(value.minus(Expr.constant(subtrahend)), slope);
    }

    public Dual times(Dual other) {
        return new Dual(value.times(other.value), sum(product(slope, other.value), product(value, other.slope)));
    }

    public Dual times(double factor) {
        return new Dual(value.times(factor), product(slope, Expr.constant(factor)));
    }

    public Dual dividedBy(Dual other) {
        Expr quotient = value.dividedBy(other.value);
        Expr change = difference(slope, product(quotient, other.slope));
        return new Dual(quotient, isZero(change) ? ZERO : change.dividedBy(other.value));
    }

    public Dual negated() {
        return new Dual(value.negated(), negative(slope));
    }

    public Dual max(double bound) {
        return new Dual(value.max(bound), chosen(Comparison.GT, value, Expr.constant(bound), slope, ZERO));
    }

    public Dual min(double bound) {
        return new Dual(value.min(bound), chosen(Comparison.LT, value, Expr.constant(bound), slope, ZERO));
    }

    public Dual abs() {
        Expr negative = chosen(Comparison.LT, value, ZERO, negated().slope, ZERO);
        return new Dual(value.abs(), chosen(Comparison.GT, value, ZERO, slope, negative));
    }

    public Dual exp() {
        Expr exp = Functions.exp(value);
        return new Dual(exp, product(slope, exp));
    }

    /** e^x - 1. */
    public Dual expm1() {
        return new Dual(Functions.expm1(value), product(slope, Functions.exp(value)));
    }

    public Dual tanh() {
        Expr tanh = Functions.tanh(value);
        return new Dual(tanh, product(slope, tanh.negated().fma(tanh, ONE)));
    }

    public Dual sigmoid() {
        Expr sigmoid = Functions.sigmoid(value);
        return new Dual(sigmoid, product(slope, sigmoid.times(ONE.minus(sigmoid))));
    }

    /** log(1 + e^x). */
    public Dual softplus() {
        return new Dual(Functions.softplus(value), product(slope, Functions.sigmoid(value)));
    }

    /** {@code left (comparison) right ? yes : no}. */
    public static Dual select(Comparison comparison, Dual left, double right, Dual yes, Dual no) {
        Expr bound = Expr.constant(right);
        return new Dual(
                Expr.select(comparison, left.value, bound, yes.value, no.value),
                chosen(comparison, left.value, bound, yes.slope, no.slope));
    }

    private static Expr chosen(Comparison comparison, Expr left, Expr right, Expr yes, Expr no) {
        return yes.equals(no) ? yes : Expr.select(comparison, left, right, yes, no);
    }

    private static boolean isZero(Expr expr) {
        return expr instanceof Constant constant && constant.value() == 0;
    }

    private static boolean isUnit(Expr expr) {
        return expr instanceof Constant constant && Math.abs(constant.value()) == 1;
    }

    private static Expr sum(Expr a, Expr b) {
        if (isZero(a)) {
            return b;
        }
        return isZero(b) ? a : a.plus(b);
    }

    private static Expr difference(Expr a, Expr b) {
        if (isZero(b)) {
            return a;
        }
        return isZero(a) ? negative(b) : a.minus(b);
    }

    private static Expr negative(Expr a) {
        if (a instanceof Constant constant) {
            return isZero(a) ? ZERO : new Constant(-constant.value());
        }
        return a instanceof Unary unary && unary.op() == UnaryOp.NEG ? unary.x() : a.negated();
    }

    /** Without a multiplication where one of them is 0, 1 or -1, or a choice of which one side is that. */
    private static Expr product(Expr a, Expr b) {
        if (isZero(a) || isZero(b)) {
            return ZERO;
        } else if (isUnit(a)) {
            return ((Constant) a).value() > 0 ? b : negative(b);
        } else if (isUnit(b)) {
            return product(b, a);
        } else if (b instanceof Select choice && (isTrivial(choice.yes()) || isTrivial(choice.no()))) {
            return chosen(
                    choice.comparison(),
                    choice.left(),
                    choice.right(),
                    product(a, choice.yes()),
                    product(a, choice.no()));
        } else if (a instanceof Select choice && (isTrivial(choice.yes()) || isTrivial(choice.no()))) {
            return product(b, a);
        }
        return a.times(b);
    }

    private static boolean isTrivial(Expr expr) {
        return isZero(expr) || isUnit(expr);
    }
}
