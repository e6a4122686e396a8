package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.AveragePool;
import dev.netwright.processor.graph.Primitive.AveragePoolGradient;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The mean of each window.
 *
 * @param input shape of one sample
 * @param outputSize as written
 */
public record AdaptiveAvgPool2d(Shape input, List<Integer> outputSize) implements Adaptive {
    public AdaptiveAvgPool2d {
        outputSize = List.copyOf(outputSize);
    }

    static AdaptiveAvgPool2d create(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "AdaptiveAvgPool2d");
        return new AdaptiveAvgPool2d(input, Adaptive.outputSize(a, "AdaptiveAvgPool2d"));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        AveragePool pool = new AveragePool(windows(0), windows(1), true, 0);
        return l.apply(pool, "", output(), true, List.of(inputs.get(0)));
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        AveragePoolGradient pool = new AveragePoolGradient(windows(0), windows(1), true, 0);
        return List.of(l.apply(pool, ".grad", input, true, List.of(gradient)));
    }
}
