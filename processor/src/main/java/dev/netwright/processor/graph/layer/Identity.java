package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * Its input.
 *
 * @param output shape of one sample
 */
public record Identity(Shape output) implements Layer {
    static Identity create(Attributes attributes, List<Shape> inputs) {
        return new Identity(Activation.single(inputs));
    }

    @Override
    public String name() {
        return "Identity";
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return inputs.get(0);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        return List.of(gradient);
    }
}
