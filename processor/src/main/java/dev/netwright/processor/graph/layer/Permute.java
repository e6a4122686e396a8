package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Dimensions in another order.
 *
 * @param input shape of one sample
 * @param order for each dimension of the output, which of the sample's it is
 */
public record Permute(Shape input, List<Integer> order) implements Derived {
    public Permute {
        order = List.copyOf(order);
    }

    static Permute create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        return new Permute(input, Dimensions.permutation(a, "dims", input));
    }

    @Override
    public String name() {
        return "Permute";
    }

    @Override
    public Shape output() {
        return input.permuted(order);
    }

    /** torchvision's module prints nothing. */
    @Override
    public List<LayerAttribute> attributes() {
        List<Integer> dims = IntStream.rangeClosed(0, order.size())
                .map(i -> i == 0 ? 0 : order.get(i - 1) + 1)
                .boxed()
                .toList();
        return List.of(unprinted("dims", dims));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return l.permute(inputs.get(0), order);
    }
}
