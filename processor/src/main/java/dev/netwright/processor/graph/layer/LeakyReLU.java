package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.Optional;

/**
 * x above 0, else the slope times x; the gradient at 0 is the slope.
 *
 * @param output shape of one sample
 * @param negativeSlope may be negative, as in PyTorch
 */
public record LeakyReLU(Shape output, double negativeSlope) implements Activation {
    static LeakyReLU create(Attributes a, List<Shape> inputs) {
        return new LeakyReLU(Activation.single(inputs), Reals.finite(a, "negativeSlope"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("negative_slope", negativeSlope));
    }

    @Override
    public Expr value(Expr x) {
        return Expr.select(Comparison.GT, x, constant(0), x, x.times(negativeSlope));
    }

    /** With a negative slope, the output no longer tells the input's sign. */
    @Override
    public Optional<Expr> gradientFromOutput(Expr y, Expr g) {
        return negativeSlope >= 0 ? Optional.of(gradientFromInput(y, g)) : Optional.empty();
    }

    @Override
    public Expr gradientFromInput(Expr x, Expr g) {
        return Expr.select(Comparison.GT, x, constant(0), g, g.times(negativeSlope));
    }
}
