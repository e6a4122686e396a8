package dev.netwright.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Expr.UnaryOp;

/**
 * How one lane-wise operation is written: for vectors, or for single floats. Operands and results are names of local
 * variables or literals.
 */
interface Lanes {
    Lanes VECTOR = new VectorLanes();
    Lanes SCALAR = new ScalarLanes();

    /** The type of a variable. */
    TypeName type();

    /** How many elements a variable holds, as an expression. */
    String count();

    boolean isVector();

    CodeBlock load(String array, String index);

    CodeBlock store(String value, String array, String index);

    /** Adds to what is stored. */
    CodeBlock add(String value, String array, String index);

    /** The same value in all lanes. */
    CodeBlock broadcast(String value);

    CodeBlock unary(UnaryOp op, String x);

    CodeBlock binary(BinaryOp op, String a, String b);

    CodeBlock fma(CodeBlock a, CodeBlock b, CodeBlock c);

    default CodeBlock fma(String a, String b, String c) {
        return fma(CodeBlock.of("$L", a), CodeBlock.of("$L", b), CodeBlock.of("$L", c));
    }

    CodeBlock select(Comparison comparison, String left, String right, String yes, String no);
}
