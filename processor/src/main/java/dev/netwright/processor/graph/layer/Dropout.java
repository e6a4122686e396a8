package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
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
    public String arguments() {
        return "p=" + PythonFormat.real(p) + ", inplace=False";
    }

    @Override
    public Shape decisions() {
        return output;
    }
}
