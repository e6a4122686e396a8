package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Each value is dropped by itself.
 *
 * @param output shape of one sample
 * @param p probability of a zero
 */
public record Dropout(Shape output, double p) implements Dropping {
    static Dropout create(Attributes a, List<Shape> inputs) {
        return new Dropout(Activation.single(inputs), Reals.probability(a, "p"));
    }

    @Override
    public String name() {
        return "Dropout";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("p", p), named("inplace", false));
    }

    @Override
    public Shape decisions() {
        return output;
    }
}
