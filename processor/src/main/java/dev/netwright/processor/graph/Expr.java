package dev.netwright.processor.graph;

import java.util.List;

/**
 * An arithmetic expression over one element of each argument. Every operation is exact to the bit in a vector lane and
 * in scalar code, so that both kinds of
 * kernels give the same result.
 *
 * <p>Parts may be shared, so an expression can stand for exponentially more operations than it has: whoever goes through
 * one takes its {@link Exprs#inOrder distinct parts}, each once, and without recursion. The hash is computed once.
 */
public abstract sealed class Expr {
    private final List<Expr> parts;
    private final int hash;

    private Expr(int ownHash, List<Expr> parts) {
        this.parts = parts;
        this.hash = 31 * (31 * ownHash + getClass().getName().hashCode()) + parts.hashCode();
    }

    /** What it is made of, in order. */
    public final List<Expr> parts() {
        return parts;
    }

    /** Whether it does the same as another of its class, whatever the parts. */
    abstract boolean hasOperationOf(Expr other);

    @Override
    public final int hashCode() {
        return hash;
    }

    @Override
    public final boolean equals(Object object) {
        return this == object
                || object instanceof Expr other && hash == other.hash && Exprs.isSameExpression(this, other);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " of " + Exprs.size(this) + " operations";
    }

    /** Element of the argument with this index. */
    public static final class Argument extends Expr {
        private final int index;

        public Argument(int index) {
            super(index, List.of());
            this.index = index;
        }

        public int index() {
            return index;
        }

        @Override
        boolean hasOperationOf(Expr other) {
            return other instanceof Argument argument && index == argument.index;
        }
    }

    /** The same number for every element. */
    public static final class Constant extends Expr {
        private final float value;

        public Constant(float value) {
            super(Float.hashCode(value), List.of());
            this.value = value;
        }

        public float value() {
            return value;
        }

        @Override
        boolean hasOperationOf(Expr other) {
            return other instanceof Constant constant && Float.compare(value, constant.value) == 0;
        }
    }

    /** An operation on one number. */
    public static final class Unary extends Expr {
        private final UnaryOp op;

        public Unary(UnaryOp op, Expr x) {
            super(op.ordinal(), List.of(x));
            this.op = op;
        }

        public UnaryOp op() {
            return op;
        }

        public Expr x() {
            return parts().get(0);
        }

        @Override
        boolean hasOperationOf(Expr other) {
            return other instanceof Unary unary && op == unary.op;
        }
    }

    /** An operation on two numbers. */
    public static final class Binary extends Expr {
        private final BinaryOp op;

        public Binary(BinaryOp op, Expr a, Expr b) {
            super(op.ordinal(), List.of(a, b));
            this.op = op;
        }

        public BinaryOp op() {
            return op;
        }

        public Expr a() {
            return parts().get(0);
        }

        public Expr b() {
            return parts().get(1);
        }

        @Override
        boolean hasOperationOf(Expr other) {
            return other instanceof Binary binary && op == binary.op;
        }
    }

    /** {@code a * b + c}, rounded once. */
    public static final class Fma extends Expr {
        public Fma(Expr a, Expr b, Expr c) {
            super(0, List.of(a, b, c));
        }

        public Expr a() {
            return parts().get(0);
        }

        public Expr b() {
            return parts().get(1);
        }

        public Expr c() {
            return parts().get(2);
        }

        @Override
        boolean hasOperationOf(Expr other) {
            return other instanceof Fma;
        }
    }

    /** {@code left (comparison) right ? yes : no}; false where a side is NaN. */
    public static final class Select extends Expr {
        private final Comparison comparison;

        public Select(Comparison comparison, Expr left, Expr right, Expr yes, Expr no) {
            super(comparison.ordinal(), List.of(left, right, yes, no));
            this.comparison = comparison;
        }

        public Comparison comparison() {
            return comparison;
        }

        public Expr left() {
            return parts().get(0);
        }

        public Expr right() {
            return parts().get(1);
        }

        public Expr yes() {
            return parts().get(2);
        }

        public Expr no() {
            return parts().get(3);
        }

        @Override
        boolean hasOperationOf(Expr other) {
            return other instanceof Select select && comparison == select.comparison;
        }
    }

    /** Operations on one number. */
    public enum UnaryOp {
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

    /** Operations on two numbers. */
    public enum BinaryOp {
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

    /** What a {@link Select} asks. */
    public enum Comparison {
        GT,
        GE,
        LT,
        LE,
        EQ
    }

    public static Expr arg(int index) {
        return new Argument(index);
    }

    public static Expr constant(double value) {
        return new Constant((float) value);
    }

    public final Expr plus(Expr other) {
        return new Binary(BinaryOp.ADD, this, other);
    }

    public final Expr minus(Expr other) {
        return new Binary(BinaryOp.SUB, this, other);
    }

    public final Expr times(Expr other) {
        return new Binary(BinaryOp.MUL, this, other);
    }

    public final Expr times(double factor) {
        return times(constant(factor));
    }

    public final Expr dividedBy(Expr other) {
        return new Binary(BinaryOp.DIV, this, other);
    }

    public final Expr max(Expr other) {
        return new Binary(BinaryOp.MAX, this, other);
    }

    public final Expr max(double bound) {
        return max(constant(bound));
    }

    public final Expr min(Expr other) {
        return new Binary(BinaryOp.MIN, this, other);
    }

    public final Expr min(double bound) {
        return min(constant(bound));
    }

    public final Expr negated() {
        return new Unary(UnaryOp.NEG, this);
    }

    public final Expr abs() {
        return new Unary(UnaryOp.ABS, this);
    }

    public final Expr sqrt() {
        return new Unary(UnaryOp.SQRT, this);
    }

    public final Expr fma(Expr factor, Expr summand) {
        return new Fma(this, factor, summand);
    }

    public static Expr select(Comparison comparison, Expr left, Expr right, Expr yes, Expr no) {
        return new Select(comparison, left, right, yes, no);
    }
}
