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
 * 0 from -lambd to lambd, else x nearer to 0 by lambd; NaN stays NaN.
 *
 * @param output shape of one sample
 * @param lambd 0 or more
 */
public record Softshrink(Shape output, double lambd) implements DerivedActivation {
    static Softshrink create(Attributes a, List<Shape> inputs) {
        return new Softshrink(Activation.single(inputs), Reals.notNegative(a, "lambd"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(positional("lambd", lambd));
    }

    @Override
    public Dual of(Dual x) {
        Dual nearer = Dual.select(Comparison.LT, x, 0, x.plus(lambd), x.minus(lambd));
        return Dual.select(Comparison.LE, x.abs(), lambd, Dual.fixed(0), nearer);
    }
}
