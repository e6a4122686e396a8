package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.join;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.MaxPoolGradient;
import dev.netwright.processor.graph.Primitive.Windows;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The largest value of each window; the gradient goes to the first of equals.
 *
 * @param input shape of one sample
 * @param pooling the windows
 */
public record MaxPool2d(Shape input, Pooling pooling) implements Layer {
    static MaxPool2d create(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "MaxPool2d");
        return new MaxPool2d(input, Pooling.create(a, input, true));
    }

    @Override
    public String name() {
        return "MaxPool2d";
    }

    @Override
    public Shape output() {
        return pooling.output(input);
    }

    @Override
    public long flops() {
        return pooling.flops(input);
    }

    @Override
    public List<LayerAttribute> attributes() {
        return join(
                pooling.attributes(),
                named("dilation", single(pooling.dilation())),
                named("ceil_mode", pooling.ceilMode()));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        List<Value> pooled = l.maxPool(inputs.get(0), rows(), columns(), output());
        l.save(pooled.get(1));
        return pooled.get(0);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        return List.of(
                l.apply(new MaxPoolGradient(rows(), columns()), ".grad", input, true, List.of(gradient, f.saved(0))));
    }

    private Windows rows() {
        return pooling.windows(input, 0);
    }

    private Windows columns() {
        return pooling.windows(input, 1);
    }
}
