package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.join;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The largest value of each window; the gradient goes to the first of equals.
 *
 * @param input shape of one sample
 * @param pooling the windows
 */
public record MaxPool(Shape input, Pooling pooling) implements Derived {
    static MaxPool create(Attributes a, List<Shape> inputs, int axes) {
        Shape input = Images.single(inputs, "MaxPool" + axes + "d", axes);
        return new MaxPool(input, Pooling.create(a, input, true));
    }

    @Override
    public String name() {
        return "MaxPool" + Images.suffix(input);
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
        return l.maxPool(inputs.get(0), windows(), output()).get(0);
    }

    List<PoolWindow> windows() {
        return pooling.windows(input);
    }
}
