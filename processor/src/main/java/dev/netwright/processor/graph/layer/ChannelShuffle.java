package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * Channels written down in rows, one for each group, and read by columns.
 *
 * @param output shape of one sample
 * @param groups of channels
 */
public record ChannelShuffle(Shape output, int groups) implements Derived {
    private static final List<Integer> TRANSPOSED = List.of(1, 0, 2);

    static ChannelShuffle create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        if (input.rank() < 2) {
            throw LayerException.shape(
                    null,
                    "%s needs channels and a dimension behind them but receives " + input,
                    "Give it an input with two dimensions or more.");
        }
        return new ChannelShuffle(input, Images.groups(a, "groups", input.size(0)));
    }

    @Override
    public String name() {
        return "ChannelShuffle";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("groups", groups));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        int channels = output.size(0);
        Value split = l.reshape(inputs.get(0), Shape.of(groups, channels / groups, output.elements() / channels));
        return l.reshape(l.permute(split, TRANSPOSED), output);
    }
}
