package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.Optional;

/**
 * min(max(x + 3, 0), 6) / 6; the gradient at -3 and at 3 is 0. The one float below 3 that the sum rounds to 6 counts as
 * 3 where the gradient is taken from the output.
 *
 * @param output shape of one sample
 */
public record Hardsigmoid(Shape output) implements Activation {
    static Hardsigmoid create(Attributes attributes, List<Shape> inputs) {
        return new Hardsigmoid(Activation.single(inputs));
    }

    @Override
    public Expr value(Expr x) {
        return x.plus(constant(3)).max(0).min(6).times(1.0 / 6);
    }

    @Override
    public Optional<Expr> gradientFromOutput(Expr y, Expr g) {
        return Optional.of(between(y, 0, 1, g));
    }

    @Override
    public Expr gradientFromInput(Expr x, Expr g) {
        return between(x, -3, 3, g);
    }

    private static Expr between(Expr z, double low, double high, Expr g) {
        Expr below = Expr.select(Comparison.LT, z, constant(high), g.times(1.0 / 6), constant(0));
        return Expr.select(Comparison.GT, z, constant(low), below, constant(0));
    }
}
