package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * x less its hyperbolic tangent.
 *
 * @param output shape of one sample
 */
public record Tanhshrink(Shape output) implements Activation {
    static Tanhshrink create(Attributes a, List<Shape> inputs) {
        return new Tanhshrink(Activation.single(inputs));
    }

    @Override
    public Expr value(Expr x) {
        return x.minus(Functions.tanh(x));
    }

    /** Its own, as it is cheaper, and as good near 0: the square of the tangent. */
    @Override
    public Expr gradientFromInput(Expr x, Expr gradient) {
        Expr tanh = Functions.tanh(x);
        return gradient.times(tanh.times(tanh));
    }
}
