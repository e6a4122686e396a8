package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Concatenate;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * Its inputs joined along a dimension.
 *
 * @param inputs shapes of one sample of each
 * @param dimension of the sample
 * @param dim as written, for printing
 */
public record Concat(List<Shape> inputs, int dimension, int dim) implements Derived {
    public Concat {
        inputs = List.copyOf(inputs);
    }

    static Concat create(Attributes a, List<Shape> inputs) {
        Joins.checkCount(inputs);
        Shape first = inputs.get(0);
        int dimension = Dimensions.ofSample(a, "dim", first);
        for (int i = 1; i < inputs.size(); i++) {
            Shape other = inputs.get(i);
            if (other.rank() != first.rank() || !other.with(dimension, 1).equals(first.with(dimension, 1))) {
                throw LayerException.shape(
                        "from",
                        "%s joins along dimension " + (dimension + 1) + ", but input 1 is " + first + " and input "
                                + (i + 1) + " is " + other,
                        "Give it layers whose other dimensions are equal, or another dim.");
            }
        }
        return new Concat(inputs, dimension, a.integer("dim"));
    }

    @Override
    public String name() {
        return "Concat";
    }

    @Override
    public Shape output() {
        int size = inputs.stream().mapToInt(shape -> shape.size(dimension)).reduce(0, Math::addExact);
        return inputs.get(0).with(dimension, size);
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("dim", dim));
    }

    @Override
    public Value forward(Lowering l, List<Value> values) {
        return l.apply(new Concatenate(dimension), "", output(), true, values);
    }
}
