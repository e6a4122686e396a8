package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Patches, which are columns, added up to an image.
 *
 * @param output shape of one sample's image
 * @param outputSize as written: one value for rows and columns, or two
 * @param patches how they lie
 */
public record Fold(Shape output, List<Integer> outputSize, Patches patches) implements Derived {
    public Fold {
        outputSize = List.copyOf(outputSize);
    }

    static Fold create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        if (input.rank() != 2) {
            throw LayerException.shape(
                    null,
                    "%s (Fold) needs cells x patches but receives " + input,
                    "Give it an input with two dimensions.");
        }
        Shape size = new Shape(a.sizes("outputSize", 2, 1));
        Patches patches = Patches.create(a, Shape.of(1).and(size.sizes()));
        int cells = patches.cells();
        if (input.size(0) % cells != 0) {
            throw LayerException.shape(
                    "kernelSize",
                    "patches of %s have " + cells + " cells, which do not divide the " + input.size(0) + " of " + input,
                    "Give it a multiple of " + cells + " cells, or write another kernelSize.");
        }
        Shape output = Shape.of(input.size(0) / cells).and(size.sizes());
        if (input.size(1) != patches.count(output)) {
            throw LayerException.shape(
                            "outputSize",
                            "%s makes " + size + " of " + patches.count(output) + " patches but receives " + input,
                            "Write the outputSize, or the windows, that these patches were made with.")
                    .besides("kernelSize", "dilation", "padding", "stride");
        }
        return new Fold(output, a.integers("outputSize"), patches);
    }

    @Override
    public String name() {
        return "Fold";
    }

    @Override
    public long flops() {
        return patches.matrix(output).elements();
    }

    @Override
    public List<LayerAttribute> attributes() {
        List<LayerAttribute> all = new ArrayList<>(List.of(named("output_size", single(outputSize))));
        all.addAll(patches.attributes());
        return all;
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return patches.add(l, inputs.get(0), output);
    }
}
