package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
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
public record ChannelShuffle(Shape output, int groups) implements Layer {
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
        return shuffled(l, inputs.get(0), groups);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        return List.of(shuffled(l, gradient, output.size(0) / groups));
    }

    private Value shuffled(Lowering l, Value value, int rows) {
        int columns = output.size(0) / rows;
        Value split = l.reshape(value, Shape.of(rows, columns, output.elements() / output.size(0)));
        return l.reshape(l.permute(split, TRANSPOSED), output);
    }
}
