package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sum of its inputs, from the first to the last; sizes of 1 are stretched.
 *
 * @param inputs shapes of one sample of each
 */
public record Add(List<Shape> inputs) implements Layer {
    public Add {
        inputs = List.copyOf(inputs);
    }

    static Add create(Attributes attributes, List<Shape> inputs) {
        Joins.checkBroadcast(inputs);
        return new Add(inputs);
    }

    @Override
    public String name() {
        return "Add";
    }

    @Override
    public Shape output() {
        return Joins.broadcast(inputs);
    }

    @Override
    public long flops() {
        return (inputs.size() - 1L) * output().elements();
    }

    @Override
    public Value forward(Lowering l, List<Value> values) {
        Expr sum = arg(0);
        for (int i = 1; i < inputs.size(); i++) {
            sum = sum.plus(arg(i));
        }
        return l.map(sum, values.toArray(Value[]::new));
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Map<Shape, Value> byShape = new HashMap<>(Map.of(gradient.shape(), gradient));
        List<Value> gradients = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            int input = i;
            gradients.add(
                    l.needsGradient(i)
                            ? byShape.computeIfAbsent(
                                    inputs.get(i), shape -> Joins.gradient(l, input, shape, arg(0), gradient))
                            : null);
        }
        return gradients;
    }
}
