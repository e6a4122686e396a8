package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Normalisation of the last dimensions of each sample.
 *
 * @param output shape of one sample
 * @param parameter their sizes
 */
public record LayerNorm(Shape output, Shape parameter, double eps, boolean affine, boolean bias)
        implements Normalising {
    static LayerNorm create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        Shape parameter = last(a, input);
        Normalising.checkSeveral("normalizedShape", parameter.elements(), input);
        boolean affine = a.flag("elementwiseAffine");
        return new LayerNorm(input, parameter, Reals.positive(a, "eps"), affine, affine && a.flag("bias"));
    }

    /** The sizes of the last dimensions, as written. */
    static Shape last(Attributes a, Shape input) {
        List<Integer> sizes = a.integers("normalizedShape");
        int rest = input.rank() - sizes.size();
        if (sizes.isEmpty()
                || rest < 0
                || !input.sizes().subList(Math.max(rest, 0), input.rank()).equals(sizes)) {
            throw LayerException.shape(
                    "normalizedShape",
                    "%s normalises the last dimensions, of " + a.sizesText("normalizedShape") + ", but receives "
                            + input,
                    input.rank() == 0
                            ? "Give it a vector."
                            : "Write normalizedShape = " + input.size(input.rank() - 1)
                                    + ", or more of the last sizes of " + input + ".");
        }
        return new Shape(sizes);
    }

    @Override
    public String name() {
        return "LayerNorm";
    }

    @Override
    public Shape space() {
        return output;
    }

    private int rest() {
        return output.rank() - parameter.rank();
    }

    @Override
    public List<Integer> within() {
        return Dimensions.last(output, parameter.rank());
    }

    @Override
    public Shape broadcast() {
        return Dimensions.made(1, output, IntStream.range(0, rest()).boxed().toList());
    }

    @Override
    public List<LayerAttribute> attributes() {
        return Normalising.ofShape(parameter, eps, affine, bias);
    }
}
