package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.FLOAT_VECTOR;
import static dev.netwright.processor.emit.RuntimeNames.VECTOR_OPERATORS;

import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Expr.UnaryOp;

/**
 * Operations of the Vector API that JDK 17 makes single instructions of: no masks but compare-and-blend, no
 * conversions, no gathers.
 */
final class VectorLanes implements Lanes {
    private final boolean blending;

    /** @param blending whether bounds are blended, which is faster and has twice the bytecodes */
    VectorLanes(boolean blending) {
        this.blending = blending;
    }

    @Override
    public TypeName type() {
        return FLOAT_VECTOR;
    }

    @Override
    public String count() {
        return "L";
    }

    @Override
    public boolean isVector() {
        return true;
    }

    @Override
    public Code load(String array, String index) {
        return Code.of("$T.fromArray(S, $L, $L)", FLOAT_VECTOR, array, index);
    }

    @Override
    public Code store(String value, String array, String index) {
        return Code.of("$L.intoArray($L, $L)", value, array, index);
    }

    @Override
    public Code add(String value, String array, String index) {
        return Code.of("$L.add($L).intoArray($L, $L)", value, load(array, index), array, index);
    }

    @Override
    public Code broadcast(String value) {
        return Code.of("$T.broadcast(S, $L)", FLOAT_VECTOR, value);
    }

    @Override
    public Code unary(UnaryOp op, String x) {
        return switch (op) {
            case NEG -> Code.of("$L.neg()", x);
            case ABS -> Code.of("$L.abs()", x);
            case SQRT -> Code.of("$L.sqrt()", x);
            case POW2 ->
                Code.of(
                        "$L.reinterpretAsInts().lanewise($T.LSHL, 23).add(0x3F800000).reinterpretAsFloats()",
                        x,
                        VECTOR_OPERATORS);
            case EXPONENT ->
                Code.of(
                        "$L.reinterpretAsInts().sub(0x3F3504F3).lanewise($T.ASHR, 23).add(0x4B400000)"
                                + ".reinterpretAsFloats().sub(12582912f)",
                        x,
                        VECTOR_OPERATORS);
            case MANTISSA ->
                Code.of(
                        "$1L.reinterpretAsInts().sub($1L.reinterpretAsInts().sub(0x3F3504F3).and(0xFF800000))"
                                + ".reinterpretAsFloats()",
                        x);
        };
    }

    @Override
    public Code binary(BinaryOp op, String a, String b) {
        return Code.of(
                "$L.$L($L)",
                a,
                switch (op) {
                    case ADD -> "add";
                    case SUB -> "sub";
                    case MUL -> "mul";
                    case DIV -> "div";
                    case MAX -> "max";
                    case MIN -> "min";
                },
                b);
    }

    /**
     * A comparison and a blend, bit for bit {@link Math#max} and {@link Math#min}. C2 makes five or six instructions of a
     * vector's own max and min, as no processor has those of Java. (In a method of its own C2 does not always inline it,
     * and MobileNetV2 takes ten times as long.)
     */
    private Code bounded(BinaryOp op, String x, float bound) {
        String literal = ExprEmitter.literal(bound);
        return select(op == BinaryOp.MAX ? Comparison.LE : Comparison.GE, x, literal, literal, x);
    }

    /** Where the bound and x are zeros, a comparison cannot tell which of them is the smaller. */
    private static boolean isBounded(BinaryOp op, float bound) {
        return op == BinaryOp.MAX && (bound != 0 || Float.floatToRawIntBits(bound) == 0)
                || op == BinaryOp.MIN && bound != 0;
    }

    @Override
    public Code binary(BinaryOp op, String x, float number) {
        return blending && isBounded(op, number) ? bounded(op, x, number) : Lanes.super.binary(op, x, number);
    }

    @Override
    public Code fma(Code a, Code b, Code c) {
        return Code.of("$L.fma($L, $L)", a, b, c);
    }

    @Override
    public Code select(Comparison comparison, String left, String right, String yes, String no) {
        return Code.of("$L.blend($L, $L.compare($T.$L, $L))", no, yes, left, VECTOR_OPERATORS, comparison, right);
    }
}
