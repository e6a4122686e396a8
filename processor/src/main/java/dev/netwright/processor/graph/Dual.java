package dev.netwright.processor.graph;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Expr.Constant;
import dev.netwright.processor.graph.Expr.Select;
import dev.netwright.processor.graph.Expr.Unary;
import dev.netwright.processor.graph.Expr.UnaryOp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * An expression and its derivatives by some variables. A formula that is written with these is differentiated as it is
 * written, so that a layer or a loss of elements states its forward only. Transcendental functions have derivatives of
 * their own: those of the polynomials that they are computed by would be as good as nothing.
 *
 * <p>Where there is no derivative it is PyTorch's: {@link #max(double)} and {@link #min(double)} have none at the bound,
 * {@link #abs} has none at 0, and a {@link #select} has that of the branch that is taken.
 *
 * @param value the function
 * @param slopes its derivatives by each variable; fewer where the last are 0
 */
public record Dual(Expr value, List<Expr> slopes) {
    private static final Constant ZERO = new Constant(0);
    private static final Constant ONE = new Constant(1);

    public Dual {
        slopes = List.copyOf(slopes);
    }

    /** The only variable. */
    public static Dual variable(Expr x) {
        return of(x, ONE);
    }

    /** One of the variables of a formula: the argument with its own number. */
    public static Dual variable(int index) {
        List<Expr> slopes = new ArrayList<>(Collections.nCopies(index, ZERO));
        slopes.add(ONE);
        return new Dual(Expr.arg(index), slopes);
    }

    /** What the variables do not change. */
    public static Dual fixed(Expr value) {
        return new Dual(value, List.of());
    }

    public static Dual fixed(double value) {
        return fixed(constant(value));
    }

    /** A function of one variable whose derivative is known. */
    public static Dual of(Expr value, Expr slope) {
        return new Dual(value, List.of(slope));
    }

    /** The derivative by a variable. */
    public Expr slope(int variable) {
        return variable < slopes.size() ? slopes.get(variable) : ZERO;
    }

    /** The gradient by the only variable, from that by this. */
    public Expr gradient(Expr gradient) {
        return product(gradient, slope(0));
    }

    public Dual plus(Dual other) {
        return with(other, value.plus(other.value), Dual::sum);
    }

    public Dual plus(double summand) {
        return new Dual(value.plus(constant(summand)), slopes);
    }

    public Dual minus(Dual other) {
        return with(other, value.minus(other.value), Dual::difference);
    }

    public Dual minus(double subtrahend) {
        return new Dual(value.minus(constant(subtrahend)), slopes);
    }

    public Dual negated() {
        return each(value.negated(), Dual::negative);
    }

    public Dual times(Dual other) {
        return with(other, value.times(other.value), (a, b) -> sum(product(a, other.value), product(value, b)));
    }

    /** {@code this * factor + summand}, rounded once. */
    public Dual fma(Dual factor, Dual summand) {
        return times(factor).with(summand, value.fma(factor.value, summand.value), Dual::sum);
    }

    public Dual times(double factor) {
        return chain(value.times(factor), constant(factor));
    }

    public Dual dividedBy(Dual other) {
        Expr quotient = value.dividedBy(other.value);
        return with(other, quotient, (a, b) -> {
            Expr change = difference(a, product(quotient, b));
            return isZero(change) ? ZERO : change.dividedBy(other.value);
        });
    }

    public Dual square() {
        return chain(value.times(value), value.times(2));
    }

    public Dual sqrt() {
        Expr root = value.sqrt();
        return chain(root, constant(0.5).dividedBy(root));
    }

    public Dual max(double bound) {
        return each(value.max(bound), slope -> chosen(Comparison.GT, value, constant(bound), slope, ZERO));
    }

    public Dual min(double bound) {
        return each(value.min(bound), slope -> chosen(Comparison.LT, value, constant(bound), slope, ZERO));
    }

    /** The larger of both; of equals each has half of the gradient, and where one is NaN both have all, as PyTorch's. */
    public Dual max(Dual other) {
        return with(other, value.max(other.value), (a, b) -> chosenOf(Comparison.GT, other, a, b));
    }

    /** The smaller of both; as {@link #max(Dual)}. */
    public Dual min(Dual other) {
        return with(other, value.min(other.value), (a, b) -> chosenOf(Comparison.LT, other, a, b));
    }

    private Expr chosenOf(Comparison better, Dual other, Expr a, Expr b) {
        Comparison worse = better == Comparison.GT ? Comparison.LT : Comparison.GT;
        Expr both = sum(a, b);
        Expr shared = chosen(Comparison.EQ, value, other.value, product(both, constant(0.5)), both);
        return chosen(better, value, other.value, a, chosen(worse, value, other.value, b, shared));
    }

    /** This within bounds, the upper one where they cross; the derivative at a bound is that of this. */
    public Dual clamp(double least, double most) {
        Expr raised = least == Double.NEGATIVE_INFINITY ? value : value.max(least);
        Expr within = most == Double.POSITIVE_INFINITY ? raised : raised.min(most);
        return each(within, slope -> {
            Expr below = most == Double.POSITIVE_INFINITY
                    ? slope
                    : chosen(Comparison.LE, value, constant(most), slope, ZERO);
            return least == Double.NEGATIVE_INFINITY
                    ? below
                    : chosen(Comparison.GE, value, constant(least), below, ZERO);
        });
    }

    /** A constant power. */
    public Dual power(double exponent) {
        Expr slope = exponent == 0 ? ZERO : product(constant(exponent), Powers.of(value, exponent - 1));
        return chain(Powers.of(value, exponent), slope);
    }

    /** The same without a derivative where it is 0. */
    public Dual flatAtZero() {
        return each(value, slope -> chosen(Comparison.EQ, value, ZERO, ZERO, slope));
    }

    /** The larger of this and 0; the derivative at 0 is that of this. */
    public Dual orZero() {
        return select(Comparison.LT, value, ZERO, fixed(0), this);
    }

    /** The larger of this and a bound; the derivative is that of this, whichever it is. */
    public Dual raisedTo(double bound) {
        return new Dual(value.max(bound), slopes);
    }

    public Dual abs() {
        return each(
                value.abs(),
                slope -> chosen(
                        Comparison.GT, value, ZERO, slope, chosen(Comparison.LT, value, ZERO, negative(slope), ZERO)));
    }

    public Dual exp() {
        Expr exp = Functions.exp(value);
        return chain(exp, exp);
    }

    /** e^x - 1. */
    public Dual expm1() {
        return chain(Functions.expm1(value), Functions.exp(value));
    }

    /** The natural logarithm: of 0 minus infinity, of what is below NaN. */
    public Dual log() {
        return chain(Functions.logOfAny(value), ONE.dividedBy(value));
    }

    public Dual tanh() {
        Expr tanh = Functions.tanh(value);
        return chain(tanh, tanh.negated().fma(tanh, ONE));
    }

    public Dual sigmoid() {
        Expr sigmoid = Functions.sigmoid(value);
        return chain(sigmoid, sigmoid.times(ONE.minus(sigmoid)));
    }

    /** log(1 + e^x). */
    public Dual softplus() {
        return chain(Functions.softplus(value), Functions.sigmoid(value));
    }

    /** {@code left (comparison) right ? yes : no}. */
    public static Dual select(Comparison comparison, Expr left, Expr right, Dual yes, Dual no) {
        return yes.with(
                no,
                Expr.select(comparison, left, right, yes.value, no.value),
                (a, b) -> chosen(comparison, left, right, a, b));
    }

    /** {@code left (comparison) right ? yes : no}. */
    public static Dual select(Comparison comparison, Dual left, double right, Dual yes, Dual no) {
        return select(comparison, left.value, constant(right), yes, no);
    }

    /** A function of this with this derivative. */
    private Dual chain(Expr result, Expr derivative) {
        return each(result, slope -> product(slope, derivative));
    }

    private Dual each(Expr result, UnaryOperator<Expr> slope) {
        return new Dual(result, slopes.stream().map(slope).toList());
    }

    private Dual with(Dual other, Expr result, BinaryOperator<Expr> slope) {
        int variables = Math.max(slopes.size(), other.slopes.size());
        return new Dual(
                result,
                IntStream.range(0, variables)
                        .mapToObj(i -> slope.apply(slope(i), other.slope(i)))
                        .toList());
    }

    private static Expr chosen(Comparison comparison, Expr left, Expr right, Expr yes, Expr no) {
        return yes.equals(no) ? yes : Expr.select(comparison, left, right, yes, no);
    }

    static boolean isZero(Expr expr) {
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
    static Expr product(Expr a, Expr b) {
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
