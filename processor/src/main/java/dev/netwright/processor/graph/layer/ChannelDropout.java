package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Each channel of a sample is dropped as a whole.
 *
 * @param output shape of one sample
 * @param p probability of a channel of zeros
 */
public record ChannelDropout(Shape output, double p) implements Dropping {
    static ChannelDropout create(Attributes a, List<Shape> inputs, int axes) {
        return new ChannelDropout(Images.single(inputs, "Dropout" + axes + "d", axes), Reals.probability(a, "p"));
    }

    @Override
    public String name() {
        return "Dropout" + Images.suffix(output);
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("p", p), named("inplace", false));
    }

    @Override
    public Shape decisions() {
        return Dropping.byChannel(output);
    }
}
