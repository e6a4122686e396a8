package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The largest value of each window; the gradient goes to the first of equals.
 *
 * @param input shape of one sample
 * @param outputSize as written
 */
public record AdaptiveMaxPool(Shape input, List<Integer> outputSize) implements Adaptive {
    public AdaptiveMaxPool {
        outputSize = List.copyOf(outputSize);
    }

    static AdaptiveMaxPool create(Attributes a, List<Shape> inputs, int axes) {
        Shape input = Adaptive.input(inputs, "AdaptiveMaxPool", axes);
        return new AdaptiveMaxPool(input, Adaptive.outputSize(a, "AdaptiveMaxPool", axes));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return l.maxPool(inputs.get(0), windows(), output()).get(0);
    }
}
