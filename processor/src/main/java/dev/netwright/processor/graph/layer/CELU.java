package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * x above 0, else alpha times e^(x / alpha) - 1.
 *
 * @param output shape of one sample
 * @param alpha not 0
 */
public record CELU(Shape output, double alpha) implements DerivedActivation {
    static CELU create(Attributes a, List<Shape> inputs) {
        return new CELU(Activation.single(inputs), Reals.divisor(a, "alpha"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("alpha", alpha));
    }

    @Override
    public Dual of(Dual x) {
        return Dual.select(Comparison.GT, x, 0, x, x.times(1 / alpha).expm1().times(alpha));
    }
}
