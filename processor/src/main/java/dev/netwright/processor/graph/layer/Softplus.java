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
 * log(1 + e^(beta x)) / beta, and x itself where beta x is above a threshold.
 *
 * @param output shape of one sample
 * @param beta not 0
 * @param threshold from where on it is x
 */
public record Softplus(Shape output, double beta, double threshold) implements DerivedActivation {
    static Softplus create(Attributes a, List<Shape> inputs) {
        return new Softplus(
                Activation.single(inputs), Reals.divisor(a, "beta"), Reals.finiteOrInfinite(a, "threshold"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("beta", beta), named("threshold", threshold));
    }

    @Override
    public Dual of(Dual x) {
        Dual scaled = x.times(beta);
        return Dual.select(
                Comparison.GT, scaled, threshold, x, scaled.softplus().times(1 / beta));
    }
}
