package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.Optional;

/**
 * min(max(0, x), 6); the gradient at 0 and at 6 is 0.
 *
 * @param output shape of one sample
 */
public record ReLU6(Shape output) implements Activation {
    static ReLU6 create(Attributes attributes, List<Shape> inputs) {
        return new ReLU6(Activation.single(inputs));
    }

    @Override
    public Expr value(Expr x) {
        return x.max(0).min(6);
    }

    @Override
    public Optional<Expr> gradientFromOutput(Expr y, Expr g) {
        Expr belowSix = Expr.select(Comparison.LT, y, constant(6), g, constant(0));
        return Optional.of(Expr.select(Comparison.GT, y, constant(0), belowSix, constant(0)));
    }

    @Override
    public Expr gradientFromInput(Expr x, Expr g) {
        return gradientFromOutput(x, g).orElseThrow();
    }
}
