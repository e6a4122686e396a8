package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The hyperbolic tangent.
 *
 * @param output shape of one sample
 */
public record Tanh(Shape output) implements Activation {
    static Tanh create(Attributes attributes, List<Shape> inputs) {
        return new Tanh(Activation.single(inputs));
    }

    @Override
    public Expr value(Expr x) {
        return Functions.tanh(x);
    }

    @Override
    public Optional<Expr> gradientFromOutput(Expr y, Expr g) {
        return Optional.of(g.times(y.negated().fma(y, constant(1))));
    }

    @Override
    public Expr gradientFromInput(Expr x, Expr g) {
        return gradientFromOutput(value(x), g).orElseThrow();
    }
}
