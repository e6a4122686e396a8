package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.AveragePool;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The mean of each window.
 *
 * @param input shape of one sample
 * @param outputSize as written
 */
public record AdaptiveAvgPool(Shape input, List<Integer> outputSize) implements Adaptive {
    public AdaptiveAvgPool {
        outputSize = List.copyOf(outputSize);
    }

    static AdaptiveAvgPool create(Attributes a, List<Shape> inputs, int axes) {
        Shape input = Adaptive.input(inputs, "AdaptiveAvgPool", axes);
        return new AdaptiveAvgPool(input, Adaptive.outputSize(a, "AdaptiveAvgPool", axes));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        AveragePool pool = new AveragePool(windows(), true, 0);
        return l.apply(pool, "", output(), true, List.of(inputs.get(0)));
    }
}
