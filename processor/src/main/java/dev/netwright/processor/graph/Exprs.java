package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Expr.Argument;
import dev.netwright.processor.graph.Expr.Binary;
import dev.netwright.processor.graph.Expr.Constant;
import dev.netwright.processor.graph.Expr.Fma;
import dev.netwright.processor.graph.Expr.Select;
import dev.netwright.processor.graph.Expr.Unary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Questions about expressions and new expressions from old. Parts that compute the same are one part, whoever made
 * them: each is looked at once, and shared in what is made.
 */
public final class Exprs {
    private Exprs() {}

    /** The distinct parts of an expression, each behind its own parts, from left to right; itself last. */
    public static List<Expr> inOrder(Expr expr) {
        List<Expr> order = new ArrayList<>();
        Set<Expr> entered = new HashSet<>();
        Deque<Expr> open = new ArrayDeque<>();
        Deque<Integer> next = new ArrayDeque<>();
        entered.add(expr);
        open.push(expr);
        next.push(0);
        while (!open.isEmpty()) {
            Expr current = open.peek();
            int index = next.pop();
            if (index == current.parts().size()) {
                order.add(open.pop());
                continue;
            }
            next.push(index + 1);
            Expr part = current.parts().get(index);
            if (entered.add(part)) {
                open.push(part);
                next.push(0);
            }
        }
        return order;
    }

    /** The expression with each argument replaced. */
    public static Expr substitute(Expr expr, IntFunction<Expr> replacement) {
        Map<Expr, Expr> done = new HashMap<>();
        for (Expr part : inOrder(expr)) {
            done.put(
                    part,
                    part instanceof Argument argument
                            ? replacement.apply(argument.index())
                            : withParts(
                                    part, part.parts().stream().map(done::get).toList()));
        }
        return done.get(expr);
    }

    /** The expression with each part that is equal to one replaced. */
    static Expr replace(Expr expr, Expr old, Expr replacement) {
        Map<Expr, Expr> done = new HashMap<>();
        for (Expr part : inOrder(expr)) {
            done.put(
                    part,
                    part.equals(old)
                            ? replacement
                            : withParts(
                                    part, part.parts().stream().map(done::get).toList()));
        }
        return done.get(expr);
    }

    private static Expr withParts(Expr expr, List<Expr> parts) {
        if (expr instanceof Unary unary) {
            return new Unary(unary.op(), parts.get(0));
        } else if (expr instanceof Binary binary) {
            return new Binary(binary.op(), parts.get(0), parts.get(1));
        } else if (expr instanceof Fma) {
            return new Fma(parts.get(0), parts.get(1), parts.get(2));
        } else if (expr instanceof Select select) {
            return new Select(select.comparison(), parts.get(0), parts.get(1), parts.get(2), parts.get(3));
        }
        return expr;
    }

    /** Whether two expressions compute the same in the same way, however their parts are shared. */
    static boolean isSameExpression(Expr a, Expr b) {
        Map<Expr, Set<Expr>> compared = new IdentityHashMap<>();
        Deque<Expr> left = new ArrayDeque<>(List.of(a));
        Deque<Expr> right = new ArrayDeque<>(List.of(b));
        while (!left.isEmpty()) {
            Expr x = left.pop();
            Expr y = right.pop();
            boolean known = x == y
                    || !compared.computeIfAbsent(x, any -> Collections.newSetFromMap(new IdentityHashMap<>()))
                            .add(y);
            if (known) {
                continue;
            }
            if (x.hashCode() != y.hashCode() || !x.hasOperationOf(y)) {
                return false;
            }
            x.parts().forEach(left::push);
            y.parts().forEach(right::push);
        }
        return true;
    }

    /** About how many instructions one element takes. */
    public static int cost(Expr expr) {
        return inOrder(expr).stream().mapToInt(Exprs::ownCost).sum();
    }

    private static int ownCost(Expr expr) {
        if (expr instanceof Unary unary) {
            return unary.op().cost;
        } else if (expr instanceof Binary binary) {
            return binary.op().cost;
        } else if (expr instanceof Fma) {
            return 1;
        }
        return expr instanceof Select ? 2 : 0;
    }

    /** How many operations it has, and constants in them: about a statement each where it is written out. */
    public static int size(Expr expr) {
        return inOrder(expr).stream().mapToInt(Exprs::ownSize).sum();
    }

    private static int ownSize(Expr expr) {
        long constants =
                expr.parts().stream().filter(Constant.class::isInstance).count();
        return (int) constants + (expr.parts().isEmpty() ? 0 : 1);
    }

    public static boolean uses(Expr expr, int argument) {
        return inOrder(expr).stream().anyMatch(part -> part instanceof Argument a && a.index() == argument);
    }

    /** The indices of the arguments that there are. */
    public static Set<Integer> arguments(Expr expr) {
        Set<Integer> arguments = new HashSet<>();
        for (Expr part : inOrder(expr)) {
            if (part instanceof Argument argument) {
                arguments.add(argument.index());
            }
        }
        return arguments;
    }

    /** The parts that an argument has influence on. */
    private static Set<Expr> users(Expr expr, int argument) {
        Set<Expr> users = new HashSet<>();
        for (Expr part : inOrder(expr)) {
            if (part instanceof Argument a && a.index() == argument
                    || part.parts().stream().anyMatch(users::contains)) {
                users.add(part);
            }
        }
        return users;
    }

    /**
     * Whether the expression is 0 wherever the argument is 0 and otherwise proportional to it, as every gradient rule
     * is in the gradient it is given.
     */
    public static boolean isLinear(Expr expr, int argument) {
        Set<Expr> users = users(expr, argument);
        Set<Expr> linear = new HashSet<>();
        for (Expr part : inOrder(expr)) {
            if (isLinear(part, argument, linear, users)) {
                linear.add(part);
            }
        }
        return linear.contains(expr);
    }

    private static boolean isLinear(Expr expr, int argument, Set<Expr> linear, Set<Expr> users) {
        if (expr instanceof Argument a) {
            return a.index() == argument;
        } else if (expr instanceof Constant constant) {
            return constant.value() == 0;
        } else if (expr instanceof Unary unary) {
            return unary.op() == Expr.UnaryOp.NEG && linear.contains(unary.x());
        } else if (expr instanceof Binary binary) {
            return isLinear(binary, linear, users);
        }
        return expr instanceof Select select
                && linear.contains(select.yes())
                && linear.contains(select.no())
                && !users.contains(select.left())
                && !users.contains(select.right());
    }

    private static boolean isLinear(Binary expr, Set<Expr> linear, Set<Expr> users) {
        return switch (expr.op()) {
            case ADD, SUB -> linear.contains(expr.a()) && linear.contains(expr.b());
            case MUL ->
                linear.contains(expr.a()) && !users.contains(expr.b())
                        || linear.contains(expr.b()) && !users.contains(expr.a());
            case DIV -> linear.contains(expr.a()) && !users.contains(expr.b());
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
        Set<Expr> users = users(expr, argument);
        Deque<Expr> outer = new ArrayDeque<>();
        Expr inner = expr;
        while (users.contains(inner) && !(inner instanceof Argument)) {
            boolean affine = inner instanceof Fma || inner instanceof Binary binary && isAffine(binary.op());
            if (!affine || inner.parts().stream().skip(1).anyMatch(users::contains)) {
                return Optional.empty();
            }
            outer.push(inner);
            inner = inner.parts().get(0);
        }
        Affine form = users.contains(inner)
                ? new Affine(Expr.constant(1), Expr.constant(0))
                : new Affine(Expr.constant(0), inner);
        while (!outer.isEmpty()) {
            form = applied(outer.pop(), form);
        }
        return Optional.of(form);
    }

    private static boolean isAffine(Expr.BinaryOp op) {
        return op == Expr.BinaryOp.MUL || op == Expr.BinaryOp.ADD || op == Expr.BinaryOp.SUB;
    }

    /** An operation whose first part has an affine form and whose others do not use the argument. */
    private static Affine applied(Expr operation, Affine first) {
        if (operation instanceof Fma fma) {
            return new Affine(product(first.factor(), fma.b()), first.summand().fma(fma.b(), fma.c()));
        }
        Binary binary = (Binary) operation;
        return switch (binary.op()) {
            case MUL ->
                new Affine(product(first.factor(), binary.b()), first.summand().times(binary.b()));
            case ADD -> new Affine(first.factor(), first.summand().plus(binary.b()));
            case SUB -> new Affine(first.factor(), first.summand().minus(binary.b()));
            default -> throw new IllegalArgumentException(binary.op() + " is not affine");
        };
    }

    private static Expr product(Expr a, Expr b) {
        return a instanceof Constant c && c.value() == 1 ? b : a.times(b);
    }
}
