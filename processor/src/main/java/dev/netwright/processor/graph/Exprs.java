package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Expr.Argument;
import dev.netwright.processor.graph.Expr.Binary;
import dev.netwright.processor.graph.Expr.Constant;
import dev.netwright.processor.graph.Expr.Fma;
import dev.netwright.processor.graph.Expr.Select;
import dev.netwright.processor.graph.Expr.Unary;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Questions about expressions and new expressions from old. Shared parts stay shared. */
public final class Exprs {
    private Exprs() {}

    /** The expression with each argument replaced. */
    public static Expr substitute(Expr expr, IntFunction<Expr> replacement) {
        return substitute(expr, replacement, new IdentityHashMap<>());
    }

    private static Expr substitute(Expr expr, IntFunction<Expr> replacement, Map<Expr, Expr> done) {
        Expr known = done.get(expr);
        if (known != null) {
            return known;
        }
        Expr result = switch (kind(expr)) {
            case ARGUMENT -> replacement.apply(((Argument) expr).index());
            case CONSTANT -> expr;
            case UNARY -> new Unary(((Unary) expr).op(), substitute(((Unary) expr).x(), replacement, done));
            case BINARY ->
                new Binary(
                        ((Binary) expr).op(),
                        substitute(((Binary) expr).a(), replacement, done),
                        substitute(((Binary) expr).b(), replacement, done));
            case FMA ->
                new Fma(
                        substitute(((Fma) expr).a(), replacement, done),
                        substitute(((Fma) expr).b(), replacement, done),
                        substitute(((Fma) expr).c(), replacement, done));
            case SELECT ->
                new Select(
                        ((Select) expr).comparison(),
                        substitute(((Select) expr).left(), replacement, done),
                        substitute(((Select) expr).right(), replacement, done),
                        substitute(((Select) expr).yes(), replacement, done),
                        substitute(((Select) expr).no(), replacement, done));
        };
        done.put(expr, result);
        return result;
    }

    /** The parts an expression is made of, in order. */
    public static List<Expr> parts(Expr expr) {
        return switch (kind(expr)) {
            case ARGUMENT, CONSTANT -> List.of();
            case UNARY -> List.of(((Unary) expr).x());
            case BINARY -> List.of(((Binary) expr).a(), ((Binary) expr).b());
            case FMA -> List.of(((Fma) expr).a(), ((Fma) expr).b(), ((Fma) expr).c());
            case SELECT ->
                List.of(((Select) expr).left(), ((Select) expr).right(), ((Select) expr).yes(), ((Select) expr).no());
        };
    }

    /** About how many instructions one element takes. */
    public static int cost(Expr expr) {
        return cost(expr, new IdentityHashMap<>());
    }

    private static int cost(Expr expr, Map<Expr, Boolean> counted) {
        if (counted.put(expr, true) != null) {
            return 0;
        }
        int own = switch (kind(expr)) {
            case ARGUMENT, CONSTANT -> 0;
            case UNARY -> ((Unary) expr).op().cost;
            case BINARY -> ((Binary) expr).op().cost;
            case FMA -> 1;
            case SELECT -> 2;
        };
        return own + parts(expr).stream().mapToInt(part -> cost(part, counted)).sum();
    }

    public static boolean uses(Expr expr, int argument) {
        return expr instanceof Argument a && a.index() == argument
                || parts(expr).stream().anyMatch(part -> uses(part, argument));
    }

    /**
     * Whether the expression is 0 wherever the argument is 0 and otherwise proportional to it, as every gradient rule
     * is in the gradient it is given.
     */
    public static boolean isLinear(Expr expr, int argument) {
        return switch (kind(expr)) {
            case ARGUMENT -> ((Argument) expr).index() == argument;
            case CONSTANT -> ((Constant) expr).value() == 0;
            case UNARY -> ((Unary) expr).op() == Expr.UnaryOp.NEG && isLinear(((Unary) expr).x(), argument);
            case BINARY -> isLinear((Binary) expr, argument);
            case FMA -> false;
            case SELECT ->
                isLinear(((Select) expr).yes(), argument)
                        && isLinear(((Select) expr).no(), argument)
                        && !uses(((Select) expr).left(), argument)
                        && !uses(((Select) expr).right(), argument);
        };
    }

    private static boolean isLinear(Binary expr, int argument) {
        return switch (expr.op()) {
            case ADD, SUB -> isLinear(expr.a(), argument) && isLinear(expr.b(), argument);
            case MUL ->
                isLinear(expr.a(), argument) && !uses(expr.b(), argument)
                        || isLinear(expr.b(), argument) && !uses(expr.a(), argument);
            case DIV -> isLinear(expr.a(), argument) && !uses(expr.b(), argument);
            case MAX, MIN -> false;
        };
    }

    /**
     * An expression as {@code factor * argument + summand}.
     *
     * @param factor does not use the argument
     * @param summand does not use the argument
     */
    public record Affine(Expr factor, Expr summand) {}

    /** The affine form in an argument, where sums, products and fused multiply-adds show it. */
    public static Optional<Affine> affine(Expr expr, int argument) {
        if (!uses(expr, argument)) {
            return Optional.of(new Affine(Expr.constant(0), expr));
        }
        if (expr instanceof Argument) {
            return Optional.of(new Affine(Expr.constant(1), Expr.constant(0)));
        }
        if (expr instanceof Fma fma && !uses(fma.b(), argument) && !uses(fma.c(), argument)) {
            return affine(fma.a(), argument)
                    .map(a ->
                            new Affine(product(a.factor(), fma.b()), a.summand().fma(fma.b(), fma.c())));
        }
        if (expr instanceof Binary binary && !uses(binary.b(), argument)) {
            return switch (binary.op()) {
                case MUL ->
                    affine(binary.a(), argument)
                            .map(a -> new Affine(
                                    product(a.factor(), binary.b()), a.summand().times(binary.b())));
                case ADD ->
                    affine(binary.a(), argument)
                            .map(a -> new Affine(a.factor(), a.summand().plus(binary.b())));
                case SUB ->
                    affine(binary.a(), argument)
                            .map(a -> new Affine(a.factor(), a.summand().minus(binary.b())));
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Expr product(Expr a, Expr b) {
        return a instanceof Constant c && c.value() == 1 ? b : a.times(b);
    }

    private enum Kind {
        ARGUMENT,
        CONSTANT,
        UNARY,
        BINARY,
        FMA,
        SELECT
    }

    private static Kind kind(Expr expr) {
        if (expr instanceof Argument) {
            return Kind.ARGUMENT;
        } else if (expr instanceof Constant) {
            return Kind.CONSTANT;
        } else if (expr instanceof Unary) {
            return Kind.UNARY;
        } else if (expr instanceof Binary) {
            return Kind.BINARY;
        } else if (expr instanceof Fma) {
            return Kind.FMA;
        }
        return Kind.SELECT;
    }
}
