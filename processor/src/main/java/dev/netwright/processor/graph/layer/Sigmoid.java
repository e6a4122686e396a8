package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.Optional;

/**
 * 1 / (1 + e^-x).
 *
 * @param output shape of one sample
 */
public record Sigmoid(Shape output) implements Activation {
    static Sigmoid create(Attributes attributes, List<Shape> inputs) {
        return new Sigmoid(Activation.single(inputs));
    }

    @Override
    public Expr value(Expr x) {
        return Functions.sigmoid(x);
    }

    @Override
    public Optional<Expr> gradientFromOutput(Expr y, Expr g) {
        return Optional.of(g.times(y.times(constant(1).minus(y))));
    }

    @Override
    public Expr gradientFromInput(Expr x, Expr g) {
        return gradientFromOutput(value(x), g).orElseThrow();
    }
}
