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
 * Dimensions of size 1 repeated.
 *
 * @param input shape of one sample
 * @param output with the sizes that are repeated
 */
public record Expand(Shape input, Shape output) implements Derived {
    private static final int KEEP = -1;

    static Expand create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        List<Integer> written = a.integers("sizes");
        if (written.size() != input.rank()) {
            throw LayerException.shape(
                    "sizes",
                    "sizes of %s are " + written.size() + ", but the sample (" + input + ") has " + input.rank()
                            + " dimensions",
                    "Write one size for each; -1 keeps what arrives. @Unflatten makes further ones.");
        }
        List<Integer> sizes = new ArrayList<>();
        for (int d = 0; d < input.rank(); d++) {
            int size = written.get(d) == KEEP ? input.size(d) : written.get(d);
            if (size < 1 || input.size(d) != 1 && size != input.size(d)) {
                throw LayerException.shape(
                        "sizes",
                        "%s makes dimension " + (d + 1) + " of the sample (" + input + ") " + written.get(d)
                                + ", but it has the size " + input.size(d),
                        input.size(d) == 1
                                ? "Write 1 or more, or -1 to keep it."
                                : "Write -1 or " + input.size(d) + ": only a size of 1 is repeated.");
            }
            sizes.add(size);
        }
        return new Expand(input, new Shape(sizes));
    }

    @Override
    public String name() {
        return "Expand";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("sizes", output.sizes()));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return l.expand(inputs.get(0), output);
    }
}
