package dev.netwright.processor.graph;

/**
 * An arithmetic expression over one element of each argument. Every operation is exact to the bit in a vector lane and
 * in scalar code, so that both kinds of
 * kernels give the same result.
 */
public sealed interface Expr {
    /** Element of the argument with this index. */
    record Argument(int index) implements Expr {}

    record Constant(float value) implements Expr {}

    record Unary(UnaryOp op, Expr x) implements Expr {}

    record Binary(BinaryOp op, Expr a, Expr b) implements Expr {}

    /** {@code a * b + c}, rounded once. */
    record Fma(Expr a, Expr b, Expr c) implements Expr {}

    /** {@code left (comparison) right ? yes : no}; false where a side is NaN. */
    record Select(Comparison comparison, Expr left, Expr right, Expr yes, Expr no) implements Expr {}

    enum UnaryOp {
        NEG(1),
        ABS(1),
        SQRT(8),
        /** Of {@code n + 1.5 * 2^23} with a whole n: 2^n, from the bits alone. */
        POW2(2),
        /** The whole n of {@code x = m * 2^n} with m in [sqrt(1/2), sqrt(2)), as a float; x positive and normal. */
        EXPONENT(3),
        /** The m of {@link #EXPONENT}. */
        MANTISSA(3);

        final int cost;

        UnaryOp(int cost) {
            this.cost = cost;
        }
    }

    enum BinaryOp {
        ADD(1),
        SUB(1),
        MUL(1),
        DIV(8),
        MAX(1),
        MIN(1);

        final int cost;

        BinaryOp(int cost) {
            this.cost = cost;
        }
    }

    enum Comparison {
        GT,
        GE,
        LT,
        LE,
        EQ
    }

    static Expr arg(int index) {
        return new Argument(index);
    }

    static Expr constant(double value) {
        return new Constant((float) value);
    }

    default Expr plus(Expr other) {
        return new Binary(BinaryOp.ADD, this, other);
    }

    default Expr minus(Expr other) {
        return new Binary(BinaryOp.SUB, this, other);
    }

    default Expr times(Expr other) {
        return new Binary(BinaryOp.MUL, this, other);
    }

    default Expr times(double factor) {
        return times(constant(factor));
    }

    default Expr dividedBy(Expr other) {
        return new Binary(BinaryOp.DIV, this, other);
    }

    default Expr max(Expr other) {
        return new Binary(BinaryOp.MAX, this, other);
    }

    default Expr max(double bound) {
        return max(constant(bound));
    }

    default Expr min(Expr other) {
        return new Binary(BinaryOp.MIN, this, other);
    }

    default Expr min(double bound) {
        return min(constant(bound));
    }

    default Expr negated() {
        return new Unary(UnaryOp.NEG, this);
    }

    default Expr abs() {
        return new Unary(UnaryOp.ABS, this);
    }

    default Expr sqrt() {
        return new Unary(UnaryOp.SQRT, this);
    }

    default Expr fma(Expr factor, Expr summand) {
        return new Fma(this, factor, summand);
    }

    static Expr select(Comparison comparison, Expr left, Expr right, Expr yes, Expr no) {
        return new Select(comparison, left, right, yes, no);
    }
}
