package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * {@code @Sub}, {@code @Div}, {@code @Maximum} and {@code @Minimum}: a function of the elements of two inputs; sizes of 1
 * are stretched.
 *
 * @param inputs shapes of one sample of each
 */
public record ElementPair(Kind kind, List<Shape> inputs) implements Derived {
    /** The function. */
    public enum Kind {
        SUB("Sub", Dual::minus),
        DIV("Div", Dual::dividedBy),
        MAXIMUM("Maximum", Dual::max),
        MINIMUM("Minimum", Dual::min);

        private final String layer;
        private final BinaryOperator<Dual> function;

        Kind(String layer, BinaryOperator<Dual> function) {
            this.layer = layer;
            this.function = function;
        }
    }

    public ElementPair {
        inputs = List.copyOf(inputs);
    }

    static ElementPair create(Attributes attributes, List<Shape> inputs, Kind kind) {
        Joins.checkTwo(inputs);
        return new ElementPair(kind, inputs);
    }

    @Override
    public String name() {
        return kind.layer;
    }

    @Override
    public Shape output() {
        return Joins.broadcast(inputs);
    }

    @Override
    public long flops() {
        return output().elements();
    }

    @Override
    public Value forward(Lowering l, List<Value> values) {
        return l.map(kind.function.apply(Dual.variable(0), Dual.variable(1)), values.get(0), values.get(1));
    }
}
