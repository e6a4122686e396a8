package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.implied;
import static dev.netwright.processor.graph.LayerAttribute.join;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.AveragePool;
import dev.netwright.processor.graph.Primitive.AveragePoolGradient;
import dev.netwright.processor.graph.Primitive.Windows;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The mean of each window.
 *
 * @param input shape of one sample
 * @param pooling the windows
 * @param countIncludePad whether padding counts in the divisor
 * @param divisor instead of the count, if not 0
 */
public record AvgPool2d(Shape input, Pooling pooling, boolean countIncludePad, int divisor) implements Layer {
    static AvgPool2d create(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "AvgPool2d");
        if (a.isWritten("divisorOverride") && a.integer("divisorOverride") == 0) {
            throw LayerException.ofValue(
                    "divisorOverride",
                    "divisorOverride of %s is 0, but sums are divided by it",
                    "Write another number, or leave it out to divide by the number of cells.");
        }
        return new AvgPool2d(
                input, Pooling.create(a, input, false), a.flag("countIncludePad"), a.integer("divisorOverride"));
    }

    @Override
    public String name() {
        return "AvgPool2d";
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
        boolean counts = countIncludePad || divisor != 0;
        return join(
                pooling.attributes(),
                implied("ceil_mode", pooling.ceilMode()),
                unprinted("divisor_override", divisor == 0 ? null : divisor).unless(null),
                counts ? implied("count_include_pad", countIncludePad) : unprinted("count_include_pad", false));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        AveragePool pool = new AveragePool(rows(), columns(), countIncludePad, divisor);
        return l.apply(pool, "", output(), true, List.of(inputs.get(0)));
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        AveragePoolGradient pool = new AveragePoolGradient(rows(), columns(), countIncludePad, divisor);
        return List.of(l.apply(pool, ".grad", input, true, List.of(gradient)));
    }

    private Windows rows() {
        return pooling.windows(input, 0);
    }

    private Windows columns() {
        return pooling.windows(input, 1);
    }
}
