package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Normalisation of the channels of each pixel.
 *
 * @param output shape of one sample
 */
public record LayerNorm2d(Shape output, double eps, boolean affine, boolean bias) implements Normalising {
    static LayerNorm2d create(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "LayerNorm2d");
        Images.checkChannels(a, "normalizedShape", input.size(0));
        Normalising.checkSeveral(null, input.size(0), input);
        boolean affine = a.flag("elementwiseAffine");
        return new LayerNorm2d(input, Reals.positive(a, "eps"), affine, affine && a.flag("bias"));
    }

    @Override
    public String name() {
        return "LayerNorm2d";
    }

    @Override
    public Shape space() {
        return output;
    }

    @Override
    public List<Integer> within() {
        return List.of(0);
    }

    @Override
    public Shape broadcast() {
        return Shape.of(output.size(0), 1, 1);
    }

    @Override
    public Shape parameter() {
        return Shape.of(output.size(0));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return Normalising.ofShape(parameter(), eps, affine, bias);
    }
}
