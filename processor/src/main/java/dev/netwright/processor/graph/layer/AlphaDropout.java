package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * What is dropped becomes the value that SELU has far below 0, and all is scaled and shifted so that mean 0 and variance
 * 1 stay so (Klambauer et al., arXiv:1706.02515).
 *
 * @param output shape of one sample
 * @param p probability of being dropped
 * @param byChannel whether channels are dropped as a whole
 */
public record AlphaDropout(Shape output, double p, boolean byChannel) implements Dropping {
    /** SELU's limit: the product of its scale and its alpha, with the digits that PyTorch has here. */
    private static final double SATURATED = -1.7580993408473766;

    static AlphaDropout create(Attributes a, List<Shape> inputs, boolean byChannel) {
        Shape input = Activation.single(inputs);
        return new AlphaDropout(input, Reals.probability(a, "p"), byChannel);
    }

    @Override
    public String name() {
        return byChannel ? "FeatureAlphaDropout" : "AlphaDropout";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("p", p), named("inplace", false));
    }

    @Override
    public Shape decisions() {
        return byChannel ? Dropping.byChannel(output) : output;
    }

    @Override
    public double scale() {
        return 1 / Math.sqrt((1 - p) * (1 + p * SATURATED * SATURATED));
    }

    @Override
    public double ofKept() {
        return -scale() * p * SATURATED;
    }

    @Override
    public double ofDropped() {
        return scale() * (1 - p) * SATURATED;
    }
}
