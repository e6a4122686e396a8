package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The {@link Softmax} over an image's channels.
 *
 * @param output shape of one sample
 */
public record Softmax2d(Shape output) implements AlongDimension {
    private static final int CHANNELS = 0;

    static Softmax2d create(Attributes a, List<Shape> inputs) {
        return new Softmax2d(Images.single(inputs, "Softmax2d"));
    }

    /** As the batch is 0. */
    @Override
    public int dim() {
        return CHANNELS + 1;
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(LayerAttribute.implied("dim", dim()));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return Softmax.shares(l, arg(0), inputs.get(0), CHANNELS);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        return List.of(Softmax.gradient(l, arg(0), f.output(), gradient, CHANNELS));
    }
}
