package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The first half of a dimension times the sigmoid of the second.
 *
 * @param input shape of one sample
 * @param dimension of the sample
 * @param dim as written, for printing
 */
public record GLU(Shape input, int dimension, int dim) implements Derived {
    static GLU create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        int dimension = Dimensions.ofSample(a, "dim", input);
        int size = input.size(dimension);
        if (size % 2 != 0) {
            throw LayerException.shape(
                    "dim",
                    "%s halves dimension " + (dimension + 1) + " of " + input + ", but its size is " + size,
                    "Give it an even number, or name another dimension.");
        }
        return new GLU(input, dimension, a.integer("dim"));
    }

    private int half() {
        return input.size(dimension) / 2;
    }

    @Override
    public String name() {
        return "GLU";
    }

    @Override
    public Shape output() {
        return input.with(dimension, half());
    }

    @Override
    public long flops() {
        return 2L * output().elements();
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("dim", dim));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value a = l.slice(".value", inputs.get(0), dimension, 0, half());
        Value b = l.slice(".gate", inputs.get(0), dimension, half(), half());
        return l.map(Dual.variable(0).times(Dual.variable(1).sigmoid()), a, b);
    }
}
