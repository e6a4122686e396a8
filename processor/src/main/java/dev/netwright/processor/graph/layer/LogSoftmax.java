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
 * The logarithm of {@link Softmax}: differences from the largest value, less the logarithm of the sum of their
 * exponentials. Its gradient is its own: it needs the result alone.
 *
 * @param output shape of one sample
 * @param dimension of the sample
 * @param dim as written, for printing
 */
public record LogSoftmax(Shape output, int dimension, int dim) implements AlongDimension {
    static LogSoftmax create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        return new LogSoftmax(input, Dimensions.ofSample(a, "dim", input), a.integer("dim"));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        List<Integer> along = List.of(dimension);
        Value largest = l.reduce(".max", Reduce.Kind.MAX, arg(0), along, x);
        Value sum = l.reduce(".sum", Reduce.Kind.SUM, Functions.exp(arg(0).minus(arg(1))), along, x, largest);
        Value log = l.map(".log", Functions.log(arg(0)), sum);
        return l.map(arg(0).minus(arg(1)).minus(arg(2)), x, largest, log);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Value sum = l.reduce(".grad.sum", Reduce.Kind.SUM, arg(0), List.of(dimension), gradient);
        return List.of(l.map(".grad", Functions.exp(arg(1)).negated().fma(arg(2), arg(0)), gradient, f.output(), sum));
    }
}
