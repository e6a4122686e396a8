package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The patches of an image as columns.
 *
 * @param input shape of one sample
 * @param patches how they lie
 */
public record Unfold(Shape input, Patches patches) implements Derived {
    static Unfold create(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "Unfold");
        return new Unfold(input, Patches.create(a, input));
    }

    @Override
    public String name() {
        return "Unfold";
    }

    @Override
    public Shape output() {
        return patches.matrix(input);
    }

    @Override
    public List<LayerAttribute> attributes() {
        return patches.attributes();
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return patches.cut(l, inputs.get(0));
    }
}
