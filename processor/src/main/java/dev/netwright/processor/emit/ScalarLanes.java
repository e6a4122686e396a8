package dev.netwright.processor.emit;

import com.palantir.javapoet.CodeBlock;
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
    public CodeBlock load(String array, String index) {
        return CodeBlock.of("$L[$L]", array, index);
    }

    @Override
    public CodeBlock store(String value, String array, String index) {
        return CodeBlock.of("$L[$L] = $L", array, index, value);
    }

    @Override
    public CodeBlock add(String value, String array, String index) {
        return CodeBlock.of("$L[$L] += $L", array, index, value);
    }

    @Override
    public CodeBlock broadcast(String value) {
        return CodeBlock.of("$L", value);
    }

    @Override
    public CodeBlock unary(UnaryOp op, String x) {
        return switch (op) {
            case NEG -> CodeBlock.of("-$L", x);
            case ABS -> CodeBlock.of("Math.abs($L)", x);
            case SQRT -> CodeBlock.of("(float) Math.sqrt($L)", x);
            case POW2 -> CodeBlock.of("Float.intBitsToFloat((Float.floatToRawIntBits($L) << 23) + 0x3F800000)", x);
            case EXPONENT ->
                CodeBlock.of(
                        "Float.intBitsToFloat(((Float.floatToRawIntBits($L) - 0x3F3504F3) >> 23) + 0x4B400000) - 12582912f",
                        x);
            case MANTISSA ->
                CodeBlock.of(
                        "Float.intBitsToFloat(Float.floatToRawIntBits($1L)"
                                + " - ((Float.floatToRawIntBits($1L) - 0x3F3504F3) & 0xFF800000))",
                        x);
        };
    }

    @Override
    public CodeBlock binary(BinaryOp op, String a, String b) {
        return switch (op) {
            case ADD -> CodeBlock.of("$L + $L", a, b);
            case SUB -> CodeBlock.of("$L - $L", a, b);
            case MUL -> CodeBlock.of("$L * $L", a, b);
            case DIV -> CodeBlock.of("$L / $L", a, b);
            case MAX -> CodeBlock.of("Math.max($L, $L)", a, b);
            case MIN -> CodeBlock.of("Math.min($L, $L)", a, b);
        };
    }

    @Override
    public CodeBlock fma(CodeBlock a, CodeBlock b, CodeBlock c) {
        return CodeBlock.of("$T.fma($L, $L, $L)", RuntimeNames.SUPPORT, a, b, c);
    }

    @Override
    public CodeBlock select(Comparison comparison, String left, String right, String yes, String no) {
        return CodeBlock.of(
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
