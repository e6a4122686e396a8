package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * x * min(max(x + 3, 0), 6) / 6; the gradient is 0 at -3 and 1 at 3.
 *
 * @param output shape of one sample
 */
public record Hardswish(Shape output) implements Activation {
    static Hardswish create(Attributes attributes, List<Shape> inputs) {
        return new Hardswish(Activation.single(inputs));
    }

    @Override
    public Expr value(Expr x) {
        return x.times(x.plus(constant(3)).max(0).min(6)).times(1.0 / 6);
    }

    @Override
    public Expr gradientFromInput(Expr x, Expr g) {
        Expr slope = x.fma(constant(1.0 / 3), constant(0.5));
        Expr below3 = Expr.select(Comparison.LT, x, constant(3), g.times(slope), g);
        return Expr.select(Comparison.GT, x, constant(-3), below3, constant(0));
    }
}
