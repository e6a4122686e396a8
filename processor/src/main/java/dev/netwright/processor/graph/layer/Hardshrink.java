package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * 0 from -lambd to lambd, else x; NaN stays NaN.
 *
 * @param output shape of one sample
 * @param lambd with a negative one x is never 0
 */
public record Hardshrink(Shape output, double lambd) implements DerivedActivation {
    static Hardshrink create(Attributes a, List<Shape> inputs) {
        return new Hardshrink(Activation.single(inputs), Reals.finite(a, "lambd"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(positional("lambd", lambd));
    }

    @Override
    public Dual of(Dual x) {
        return Dual.select(Comparison.LE, x.abs(), lambd, Dual.fixed(0), x);
    }
}
