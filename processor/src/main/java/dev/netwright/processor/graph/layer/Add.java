package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The sum of its inputs, from the first to the last; sizes of 1 are stretched.
 *
 * @param inputs shapes of one sample of each
 */
public record Add(List<Shape> inputs) implements Derived {
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
        Dual sum = Dual.variable(0);
        for (int i = 1; i < inputs.size(); i++) {
            sum = sum.plus(Dual.variable(i));
        }
        return l.map(sum, values.toArray(Value[]::new));
    }
}
