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
 * x above 0, else alpha times e^x - 1.
 *
 * @param output shape of one sample
 * @param alpha what it comes to, negated, far below 0
 */
public record ELU(Shape output, double alpha) implements DerivedActivation {
    static ELU create(Attributes a, List<Shape> inputs) {
        return new ELU(Activation.single(inputs), Reals.finite(a, "alpha"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("alpha", alpha));
    }

    @Override
    public Dual of(Dual x) {
        return Dual.select(Comparison.GT, x, 0, x, x.expm1().times(alpha));
    }
}
