package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Decimals;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Argument;
import dev.netwright.processor.graph.Expr.Binary;
import dev.netwright.processor.graph.Expr.Constant;
import dev.netwright.processor.graph.Expr.Fma;
import dev.netwright.processor.graph.Expr.Select;
import dev.netwright.processor.graph.Expr.Unary;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes an expression as a statement for each operation, parts that compute the same once. */
final class ExprEmitter {
    private final Lanes lanes;
    private final Code.Builder code;
    private final Map<Expr, String> written = new HashMap<>();
    private final Map<Float, String> constants;
    private final String prefix;
    private int variables;

    /** @param prefix begins the names of the variables; must be unique in the method's scope */
    ExprEmitter(Lanes lanes, Code.Builder code, String prefix) {
        this(lanes, code, prefix, new HashMap<>());
    }

    /** @param constants variables that hold constants in the scope, to be used and added to */
    ExprEmitter(Lanes lanes, Code.Builder code, String prefix, Map<Float, String> constants) {
        this.lanes = lanes;
        this.code = code;
        this.prefix = prefix;
        this.constants = constants;
    }

    /** @return the name of the variable that holds the result */
    String emit(Expr expr, List<String> arguments) {
        Deque<Expr> open = new ArrayDeque<>(List.of(expr));
        Deque<Integer> next = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            Expr current = open.peek();
            int index = next.pop();
            if (isNamed(current)) {
                open.pop();
            } else if (index == current.parts().size()) {
                write(open.pop(), arguments);
            } else {
                next.push(index + 1);
                Expr part = current.parts().get(index);
                if (part instanceof Constant) {
                    text(current, index, arguments); // before what comes behind it
                } else {
                    open.push(part);
                    next.push(0);
                }
            }
        }
        return name(expr, arguments);
    }

    private boolean isNamed(Expr expr) {
        return expr instanceof Argument || expr instanceof Constant || written.containsKey(expr);
    }

    private void write(Expr expr, List<String> arguments) {
        List<String> parts = IntStream.range(0, expr.parts().size())
                .mapToObj(index -> text(expr, index, arguments))
                .toList();
        Code value;
        if (expr instanceof Unary unary) {
            value = lanes.unary(unary.op(), parts.get(0));
        } else if (expr instanceof Binary binary
                && binary.b() instanceof Constant bound
                && !Float.isNaN(bound.value())) {
            value = lanes.binary(binary.op(), parts.get(0), bound.value());
        } else if (expr instanceof Binary binary) {
            value = lanes.binary(binary.op(), parts.get(0), parts.get(1));
        } else if (expr instanceof Fma) {
            value = lanes.fma(parts.get(0), parts.get(1), parts.get(2));
        } else {
            Select select = (Select) expr;
            value = lanes.select(select.comparison(), parts.get(0), parts.get(1), parts.get(2), parts.get(3));
        }
        String name = prefix + variables++;
        code.addStatement("$T $L = $L", lanes.type(), name, value);
        written.put(expr, name);
    }

    private String text(Expr expr, int index, List<String> arguments) {
        Expr part = expr.parts().get(index);
        return part instanceof Constant constant && mayBeNumber(expr, index)
                ? literal(constant.value())
                : name(part, arguments);
    }

    /** Right-hand operands may be plain numbers; the Vector API broadcasts them itself. */
    private static boolean mayBeNumber(Expr expr, int index) {
        return expr instanceof Binary && index == 1 || expr instanceof Select && (index == 1 || index == 2);
    }

    private String name(Expr expr, List<String> arguments) {
        if (expr instanceof Argument argument) {
            return arguments.get(argument.index());
        }
        return expr instanceof Constant constant ? constant(constant.value()) : written.get(expr);
    }

    private String constant(float value) {
        if (!lanes.isVector()) {
            return literal(value);
        }
        return constants.computeIfAbsent(value, v -> {
            String name = prefix + variables++;
            code.addStatement("$T $L = $L", lanes.type(), name, lanes.broadcast(literal(v)));
            return name;
        });
    }

    static String literal(float value) {
        if (Float.isNaN(value)) {
            return "Float.NaN";
        } else if (Float.isInfinite(value)) {
            return value > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY";
        }
        String text = value == Math.rint(value) && Math.abs(value) < 1e6
                ? (1 / value < 0 && value == 0 ? "-0" : String.valueOf((int) value))
                : Decimals.of(value);
        return text + "f";
    }

    static String literal(double value) {
        if (Double.isNaN(value)) {
            return "Double.NaN";
        } else if (Double.isInfinite(value)) {
            return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
        }
        return Decimals.of(value);
    }
}
