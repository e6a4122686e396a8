package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * x / (1 + |x|).
 *
 * @param output shape of one sample
 */
public record Softsign(Shape output) implements Activation {
    static Softsign create(Attributes a, List<Shape> inputs) {
        return new Softsign(Activation.single(inputs));
    }

    @Override
    public Expr value(Expr x) {
        return x.dividedBy(divisor(x));
    }

    /** Its own, as it is cheaper, and as good far from 0. */
    @Override
    public Expr gradientFromInput(Expr x, Expr gradient) {
        return gradient.dividedBy(divisor(x).times(divisor(x)));
    }

    private static Expr divisor(Expr x) {
        return x.abs().plus(Expr.constant(1));
    }
}
