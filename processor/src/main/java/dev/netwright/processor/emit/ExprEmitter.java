package dev.netwright.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Argument;
import dev.netwright.processor.graph.Expr.Binary;
import dev.netwright.processor.graph.Expr.Constant;
import dev.netwright.processor.graph.Expr.Fma;
import dev.netwright.processor.graph.Expr.Select;
import dev.netwright.processor.graph.Expr.Unary;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes an expression as a statement for each operation, shared parts once. */
final class ExprEmitter {
    private final Lanes lanes;
    private final CodeBlock.Builder code;
    private final Map<Expr, String> written = new IdentityHashMap<>();
    private final Map<Float, String> constants = new HashMap<>();
    private final String prefix;
    private int next;

    /** @param prefix begins the names of the variables; must be unique in the method's scope */
    ExprEmitter(Lanes lanes, CodeBlock.Builder code, String prefix) {
        this.lanes = lanes;
        this.code = code;
        this.prefix = prefix;
    }

    /** @return the name of the variable that holds the result */
    String emit(Expr expr, List<String> arguments) {
        if (expr instanceof Argument argument) {
            return arguments.get(argument.index());
        }
        String known = written.get(expr);
        if (known != null) {
            return known;
        }
        CodeBlock value;
        if (expr instanceof Constant constant) {
            return constant(constant.value());
        } else if (expr instanceof Unary unary) {
            value = lanes.unary(unary.op(), emit(unary.x(), arguments));
        } else if (expr instanceof Binary binary) {
            value = lanes.binary(binary.op(), emit(binary.a(), arguments), operand(binary.b(), arguments));
        } else if (expr instanceof Fma fma) {
            value = lanes.fma(emit(fma.a(), arguments), emit(fma.b(), arguments), emit(fma.c(), arguments));
        } else {
            Select select = (Select) expr;
            value = lanes.select(
                    select.comparison(),
                    emit(select.left(), arguments),
                    operand(select.right(), arguments),
                    operand(select.yes(), arguments),
                    emit(select.no(), arguments));
        }
        String name = prefix + next++;
        code.addStatement("$T $L = $L", lanes.type(), name, value);
        written.put(expr, name);
        return name;
    }

    /** Right-hand operands may be plain numbers; the Vector API broadcasts them itself. */
    private String operand(Expr expr, List<String> arguments) {
        return expr instanceof Constant constant ? literal(constant.value()) : emit(expr, arguments);
    }

    private String constant(float value) {
        if (!lanes.isVector()) {
            return literal(value);
        }
        return constants.computeIfAbsent(value, v -> {
            String name = prefix + next++;
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
                : String.valueOf(value);
        return text + "f";
    }
}
