package dev.netwright.processor.emit;

import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Expr.UnaryOp;

/** The same operations, to the bit, on single floats. */
final class ScalarLanes implements Lanes {
    @Override
    public TypeName type() {
        return TypeName.FLOAT;
    }

    @Override
    public String count() {
        return "1";
    }

    @Override
    public boolean isVector() {
        return false;
    }

    @Override
    public Code load(String array, String index) {
        return Code.of("$L[$L]", array, index);
    }

    @Override
    public Code store(String value, String array, String index) {
        return Code.of("$L[$L] = $L", array, index, value);
    }

    @Override
    public Code add(String value, String array, String index) {
        return Code.of("$L[$L] += $L", array, index, value);
    }

    @Override
    public Code broadcast(String value) {
        return Code.of("$L", value);
    }

    @Override
    public Code unary(UnaryOp op, String x) {
        return switch (op) {
            case NEG -> Code.of("-$L", x);
            case ABS -> Code.of("Math.abs($L)", x);
            case SQRT -> Code.of("(float) Math.sqrt($L)", x);
            case POW2 -> Code.of("Float.intBitsToFloat((Float.floatToRawIntBits($L) << 23) + 0x3F800000)", x);
            case EXPONENT ->
                Code.of(
                        "Float.intBitsToFloat(((Float.floatToRawIntBits($L) - 0x3F3504F3) >> 23) + 0x4B400000) - 12582912f",
                        x);
            case MANTISSA ->
                Code.of(
                        "Float.intBitsToFloat(Float.floatToRawIntBits($1L)"
                                + " - ((Float.floatToRawIntBits($1L) - 0x3F3504F3) & 0xFF800000))",
                        x);
        };
    }

    @Override
    public Code binary(BinaryOp op, String a, String b) {
        return switch (op) {
            case ADD -> Code.of("$L + $L", a, b);
            case SUB -> Code.of("$L - $L", a, b);
            case MUL -> Code.of("$L * $L", a, b);
            case DIV -> Code.of("$L / $L", a, b);
            case MAX -> Code.of("Math.max($L, $L)", a, b);
            case MIN -> Code.of("Math.min($L, $L)", a, b);
        };
    }

    @Override
    public Code fma(Code a, Code b, Code c) {
        return Code.of("$T.fma($L, $L, $L)", RuntimeNames.SUPPORT, a, b, c);
    }

    @Override
    public Code select(Comparison comparison, String left, String right, String yes, String no) {
        return Code.of(
                "$L $L $L ? $L : $L",
                left,
                switch (comparison) {
                    case GT -> ">";
                    case GE -> ">=";
                    case LT -> "<";
                    case LE -> "<=";
                    case EQ -> "==";
                },
                right,
                yes,
                no);
    }
}
