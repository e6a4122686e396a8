package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The product of its inputs, from the first to the last; sizes of 1 are stretched.
 *
 * @param inputs shapes of one sample of each
 */
public record Mul(List<Shape> inputs) implements Derived {
    public Mul {
        inputs = List.copyOf(inputs);
    }

    static Mul create(Attributes attributes, List<Shape> inputs) {
        Joins.checkBroadcast(inputs);
        return new Mul(inputs);
    }

    @Override
    public String name() {
        return "Mul";
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
        Dual product = Dual.variable(0);
        for (int i = 1; i < inputs.size(); i++) {
            product = product.times(Dual.variable(i));
        }
        return l.map(product, values.toArray(Value[]::new));
    }
}
