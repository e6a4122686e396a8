package dev.netwright.processor.emit;

import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Expr.UnaryOp;

/**
 * How one lane-wise operation is written: for vectors, or for single floats. Operands and results are names of local
 * variables or literals.
 */
interface Lanes {
    Lanes VECTOR = new VectorLanes(true);

    /** For methods that would be too long for HotSpot otherwise. */
    Lanes SHORT_VECTOR = new VectorLanes(false);

    Lanes SCALAR = new ScalarLanes();

    /** The type of a variable. */
    TypeName type();

    /** How many elements a variable holds, as an expression. */
    String count();

    boolean isVector();

    Code load(String array, String index);

    Code store(String value, String array, String index);

    /** Adds to what is stored. */
    Code add(String value, String array, String index);

    /** The same value in all lanes. */
    Code broadcast(String value);

    Code unary(UnaryOp op, String x);

    Code binary(BinaryOp op, String a, String b);

    /** With the same number in all lanes, never NaN. */
    default Code binary(BinaryOp op, String x, float number) {
        return binary(op, x, ExprEmitter.literal(number));
    }

    Code fma(Code a, Code b, Code c);

    default Code fma(String a, String b, String c) {
        return fma(Code.of("$L", a), Code.of("$L", b), Code.of("$L", c));
    }

    Code select(Comparison comparison, String left, String right, String yes, String no);
}
