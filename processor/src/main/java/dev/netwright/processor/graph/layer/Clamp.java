package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Each element within bounds.
 *
 * @param output shape of one sample
 */
public record Clamp(Shape output, double min, double max) implements DerivedActivation {
    static Clamp create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        if (!a.isWritten("min") && !a.isWritten("max")) {
            throw LayerException.ofValue("min", "%s has neither min nor max", "Write one of them, or both.");
        }
        return new Clamp(input, Reals.finiteOrInfinite(a, "min"), Reals.finiteOrInfinite(a, "max"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("min", min), named("max", max));
    }

    @Override
    public Dual of(Dual x) {
        return x.clamp(min, max);
    }
}
