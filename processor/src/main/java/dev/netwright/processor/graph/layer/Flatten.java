package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Several dimensions made one, in row-major order.
 *
 * @param input shape of one sample
 * @param first dimension of the sample that is joined
 * @param last dimension of the sample that is joined
 * @param startDim as written, for printing
 * @param endDim as written, for printing
 */
public record Flatten(Shape input, int first, int last, int startDim, int endDim) implements Derived {
    static Flatten create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        int first = Dimensions.ofSample(a, "startDim", input);
        int last = Dimensions.ofSample(a, "endDim", input);
        if (first > last) {
            throw new LayerException(
                            "startDim",
                            "startDim of %s is " + a.integer("startDim") + ", which lies behind endDim, "
                                    + a.integer("endDim"),
                            "Write a startDim of " + (last + 1) + " or less.")
                    .besides("endDim");
        }
        return new Flatten(input, first, last, a.integer("startDim"), a.integer("endDim"));
    }

    @Override
    public String name() {
        return "Flatten";
    }

    @Override
    public Shape output() {
        List<Integer> sizes = new ArrayList<>(input.sizes().subList(0, first));
        sizes.add(new Shape(input.sizes().subList(first, last + 1)).elements());
        sizes.addAll(input.sizes().subList(last + 1, input.rank()));
        return new Shape(sizes);
    }

    @Override
    public String describeOutput() {
        return first == last ? "" : input + ", flattened";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("start_dim", startDim), named("end_dim", endDim));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return l.reshape(inputs.get(0), output());
    }
}
