package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whole numbers as vectors that are 1 at their place.
 *
 * @param input shape of one sample
 */
public record OneHot(Shape input, int numClasses) implements Derived {
    static OneHot create(Attributes a, List<Shape> inputs) {
        return new OneHot(Activation.single(inputs), a.sizes("numClasses", 1, 1).get(0));
    }

    @Override
    public String name() {
        return "OneHot";
    }

    @Override
    public Shape output() {
        return input.and(List.of(numClasses));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("num_classes", numClasses));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value places = l.reshape(inputs.get(0), input.and(List.of(1)));
        Expr hot = Expr.select(Comparison.EQ, arg(0), arg(1), constant(1), constant(0));
        return l.map(Dual.fixed(hot), places, l.table(IntStream.range(0, numClasses)));
    }
}
