package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * Exponentials divided by their sum along a dimension, the largest value subtracted first. Its gradient is its own: it needs
 * the shares alone, not the exponentials.
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
        return shares(l, arg(0), inputs.get(0), dimension);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        return List.of(gradient(l, arg(0), f.output(), gradient, dimension));
    }

    /** @param score of the input (argument 0), by which an element's share grows */
    static Value shares(Lowering l, Expr score, Value x, int dimension) {
        List<Integer> along = List.of(dimension);
        Value largest = l.reduce(".max", Reduce.Kind.MAX, score, along, x);
        Value exp = l.map(".exp", Functions.exp(score.minus(arg(1))), x, largest);
        Value sum = l.reduce(".sum", Reduce.Kind.SUM, arg(0), along, exp);
        return l.map(arg(0).dividedBy(arg(1)), exp, sum);
    }

    /**
     * The gradient by the input.
     *
     * @param byScore by the input, of that by the score (argument 0)
     */
    static Value gradient(Lowering l, Expr byScore, Value shares, Value gradient, int dimension) {
        Value dot = l.reduce(".dot", Reduce.Kind.SUM, arg(0).times(arg(1)), List.of(dimension), gradient, shares);
        Expr gradientByScore = arg(0).minus(arg(2)).times(arg(1));
        return l.map(".grad", Exprs.substitute(byScore, any -> gradientByScore), gradient, shares, dot);
    }
}
