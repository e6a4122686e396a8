package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The {@link Softmax} of the negated elements.
 *
 * @param output shape of one sample
 * @param dimension of the sample
 * @param dim as written, for printing
 */
public record Softmin(Shape output, int dimension, int dim) implements AlongDimension {
    static Softmin create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        return new Softmin(input, Dimensions.ofSample(a, "dim", input), a.integer("dim"));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return Softmax.shares(l, arg(0).negated(), inputs.get(0), dimension);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        return List.of(Softmax.gradient(l, arg(0).negated(), f.output(), gradient, dimension));
    }
}
