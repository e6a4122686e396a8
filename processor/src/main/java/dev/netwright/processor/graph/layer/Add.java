package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Collections;
import java.util.List;

/**
 * The sum of its inputs, from the first to the last.
 *
 * @param output shape of one sample, as of every input
 * @param count number of inputs
 */
public record Add(Shape output, int count) implements Layer {
    static Add create(Attributes attributes, List<Shape> inputs) {
        return new Add(Joins.equal(inputs), inputs.size());
    }

    @Override
    public String name() {
        return "Add";
    }

    @Override
    public long flops() {
        return (count - 1L) * output.elements();
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Expr sum = arg(0);
        for (int i = 1; i < count; i++) {
            sum = sum.plus(arg(i));
        }
        return l.map(sum, inputs.toArray(Value[]::new));
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        return Collections.nCopies(count, gradient);
    }
}
