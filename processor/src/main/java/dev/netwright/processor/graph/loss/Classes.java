package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/** What the losses over classes in dimension 0 of the sample have in common. */
final class Classes {
    private Classes() {}

    static void check(Shape input) {
        if (input.rank() == 0) {
            throw LayerException.shape(
                    "of", "%s needs a score for each class but receives a single number", "Give it a vector.");
        }
    }

    /** One target for each place. */
    static Shape places(Shape input) {
        return new Shape(input.sizes().subList(1, input.rank()));
    }

    static List<Float> weights(Attributes a, int classes) {
        List<Float> weights = numbers(a, "weight");
        if (!weights.isEmpty() && weights.size() != classes) {
            throw LayerException.shape(
                    "weight",
                    "weight of %s has " + weights.size() + " values, but there are " + classes + " classes",
                    "Write one value for each class.");
        }
        return weights;
    }

    static List<Float> numbers(Attributes a, String name) {
        return Reals.allFinite(a, name).stream().map(Double::floatValue).toList();
    }

    static Reduction reduction(Attributes a) {
        return Reduction.valueOf(a.text("reduction"));
    }
}
