package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.Optional;

/** max(0, x); the gradient at 0 is 0. */
public record ReLU(Shape output) implements Activation {
    static ReLU create(Attributes attributes, List<Shape> inputs) {
        return new ReLU(Activation.single(inputs));
    }

    @Override
    public Expr value(Expr x) {
        return x.max(0);
    }

    @Override
    public Optional<Expr> gradientFromOutput(Expr y, Expr g) {
        return Optional.of(Expr.select(Comparison.GT, y, constant(0), g, constant(0)));
    }

    @Override
    public Expr gradientFromInput(Expr x, Expr g) {
        return gradientFromOutput(x, g).orElseThrow();
    }
}
