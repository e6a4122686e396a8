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
 * x above a threshold, else a value; NaN stays NaN.
 *
 * @param output shape of one sample
 * @param threshold the gradient there is 0
 * @param value for what is not above
 */
public record Threshold(Shape output, double threshold, double value) implements DerivedActivation {
    static Threshold create(Attributes a, List<Shape> inputs) {
        return new Threshold(
                Activation.single(inputs), Reals.finite(a, "threshold"), Reals.finiteOrInfinite(a, "value"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("threshold", threshold), named("value", value));
    }

    @Override
    public Dual of(Dual x) {
        return Dual.select(Comparison.LE, x, threshold, Dual.fixed(value), x);
    }
}
