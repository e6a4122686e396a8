package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.implied;
import static dev.netwright.processor.graph.LayerAttribute.join;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive.AveragePool;
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
public record AvgPool(Shape input, Pooling pooling, boolean countIncludePad, int divisor) implements Derived {
    static AvgPool create(Attributes a, List<Shape> inputs, int axes) {
        Shape input = Images.single(inputs, "AvgPool" + axes + "d", axes);
        boolean overrides = axes > 1; // PyTorch's over one axis knows no divisor
        if (overrides && a.isWritten("divisorOverride") && a.integer("divisorOverride") == 0) {
            throw LayerException.ofValue(
                    "divisorOverride",
                    "divisorOverride of %s is 0, but sums are divided by it",
                    "Write another number, or leave it out to divide by the number of cells.");
        }
        return new AvgPool(
                input,
                Pooling.create(a, input, false),
                a.flag("countIncludePad"),
                overrides ? a.integer("divisorOverride") : 0);
    }

    @Override
    public String name() {
        return "AvgPool" + Images.suffix(input);
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
                input.rank() == 2 ? pooling.tuples() : pooling.attributes(),
                implied("ceil_mode", pooling.ceilMode()),
                unprinted("divisor_override", divisor == 0 ? null : divisor).unless(null),
                counts ? implied("count_include_pad", countIncludePad) : unprinted("count_include_pad", false));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        AveragePool pool = new AveragePool(windows(), countIncludePad, divisor);
        return l.apply(pool, "", output(), true, List.of(inputs.get(0)));
    }

    private List<PoolWindow> windows() {
        return pooling.windows(input);
    }
}
