package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * x times its sigmoid.
 *
 * @param output shape of one sample
 */
public record SiLU(Shape output) implements Activation {
    static SiLU create(Attributes attributes, List<Shape> inputs) {
        return new SiLU(Activation.single(inputs));
    }

    @Override
    public Expr value(Expr x) {
        return x.times(Functions.sigmoid(x));
    }

    @Override
    public Expr gradientFromInput(Expr x, Expr g) {
        Expr sigmoid = Functions.sigmoid(x);
        return g.times(sigmoid.times(x.fma(constant(1).minus(sigmoid), constant(1))));
    }
}
