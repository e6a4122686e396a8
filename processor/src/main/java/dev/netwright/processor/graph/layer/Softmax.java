package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * Exponentials divided by their sum along a dimension, the largest value subtracted first.
 *
 * @param output shape of one sample
 * @param dimension of the sample
 * @param dim as written, for printing
 */
public record Softmax(Shape output, int dimension, int dim) implements AlongDimension {
    static Softmax create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        return new Softmax(input, Dimensions.ofSample(a, "dim", input), a.integer("dim"));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        List<Integer> along = List.of(dimension);
        Value largest = l.reduce(".max", Reduce.Kind.MAX, arg(0), along, x);
        Value exp = l.map(".exp", Functions.exp(arg(0).minus(arg(1))), x, largest);
        Value sum = l.reduce(".sum", Reduce.Kind.SUM, arg(0), along, exp);
        return l.map(arg(0).dividedBy(arg(1)), exp, sum);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Value dot = l.reduce(".dot", Reduce.Kind.SUM, arg(0).times(arg(1)), List.of(dimension), gradient, f.output());
        return List.of(l.map(".grad", arg(0).minus(arg(2)).times(arg(1)), gradient, f.output(), dot));
    }
}
