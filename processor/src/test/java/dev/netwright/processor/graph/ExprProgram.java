package dev.netwright.processor.graph;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * An expression in a form that is evaluated quickly, in float, operation by operation as generated code does it. Not
 * for several threads.
 */
public final class ExprProgram {
    private interface Step {
        float run(float[] slots, float[] arguments);
    }

    private final List<Step> steps = new ArrayList<>();
    private final Map<Expr, Integer> slotOf = new IdentityHashMap<>();
    private final float[] slots;
    private final int result;

    public ExprProgram(Expr expr) {
        result = add(expr);
        slots = new float[steps.size()];
    }

    public float evaluate(float... arguments) {
        for (int i = 0; i < slots.length; i++) {
            slots[i] = steps.get(i).run(slots, arguments);
        }
        return slots[result];
    }

    private int add(Expr expr) {
        Integer known = slotOf.get(expr);
        if (known != null) {
            return known;
        }
        steps.add(step(expr));
        slotOf.put(expr, steps.size() - 1);
        return steps.size() - 1;
    }

    private Step step(Expr expr) {
        if (expr instanceof Expr.Argument argument) {
            return (s, arguments) -> arguments[argument.index()];
        }
        if (expr instanceof Expr.Constant constant) {
            return (s, arguments) -> constant.value();
        }
        if (expr instanceof Expr.Unary unary) {
            int x = add(unary.x());
            return (s, arguments) -> apply(unary.op(), s[x]);
        }
        if (expr instanceof Expr.Binary binary) {
            int a = add(binary.a());
            int b = add(binary.b());
            return (s, arguments) -> apply(binary.op(), s[a], s[b]);
        }
        if (expr instanceof Expr.Fma fma) {
            int a = add(fma.a());
            int b = add(fma.b());
            int c = add(fma.c());
            return (s, arguments) -> Math.fma(s[a], s[b], s[c]);
        }
        Expr.Select select = (Expr.Select) expr;
        int left = add(select.left());
        int right = add(select.right());
        int yes = add(select.yes());
        int no = add(select.no());
        return (s, arguments) -> holds(select.comparison(), s[left], s[right]) ? s[yes] : s[no];
    }

    private static float apply(Expr.UnaryOp op, float x) {
        int bits = Float.floatToRawIntBits(x);
        int exponent = bits - Float.floatToRawIntBits((float) Math.sqrt(0.5)) >> 23;
        return switch (op) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SQRT -> (float) Math.sqrt(x);
            case POW2 -> Float.intBitsToFloat(bits + 127 << 23);
            case EXPONENT -> exponent;
            case MANTISSA -> Float.intBitsToFloat(bits - (exponent << 23));
        };
    }

    private static float apply(Expr.BinaryOp op, float a, float b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }

    private static boolean holds(Expr.Comparison comparison, float a, float b) {
        return switch (comparison) {
            case GT -> a > b;
            case GE -> a >= b;
            case LT -> a < b;
            case LE -> a <= b;
            case EQ -> a == b;
        };
    }
}
