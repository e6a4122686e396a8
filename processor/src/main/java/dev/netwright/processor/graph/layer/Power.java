package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * A constant power of each element.
 *
 * @param output shape of one sample
 */
public record Power(Shape output, double exponent) implements DerivedActivation {
    static Power create(Attributes a, List<Shape> inputs) {
        return new Power(Activation.single(inputs), Reals.finite(a, "exponent"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("exponent", exponent));
    }

    @Override
    public Dual of(Dual x) {
        return x.power(exponent);
    }
}
