package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.Primitive.Windows;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/** A pool whose windows are laid so that the output has the given size. */
interface Adaptive extends Layer {
    Shape input();

    /** As written: one value for rows and columns, or two; {@link NamedSizes#KEEP} for the input's. */
    List<Integer> outputSize();

    static List<Integer> outputSize(Attributes a, String layer) {
        for (int size : a.sizes("outputSize", 2)) {
            if (size < 1 && size != NamedSizes.KEEP) {
                throw LayerException.ofValue(
                        "outputSize",
                        "outputSize of %s is " + NamedSizes.text(size) + ", but must be at least 1",
                        "Write outputSize = 1 or more, or " + layer + ".KEEP for the size of the input.");
            }
        }
        return a.integers("outputSize");
    }

    @Override
    default String name() {
        return getClass().getSimpleName();
    }

    @Override
    default Shape output() {
        return Shape.of(input().size(0), size(0), size(1));
    }

    private int size(int side) {
        int size = outputSize().get(outputSize().size() == 1 ? 0 : side);
        return size == NamedSizes.KEEP ? input().size(side + 1) : size;
    }

    default Windows windows(int side) {
        return Windows.adaptive(input().size(side + 1), size(side));
    }

    @Override
    default long flops() {
        return (long) output().elements() * windows(0).kernel() * windows(1).kernel();
    }

    @Override
    default List<LayerAttribute> attributes() {
        List<Integer> sizes = outputSize().stream()
                .map(size -> size == NamedSizes.KEEP ? LayerAttribute.NO_SIZE : size)
                .toList();
        return List.of(named("output_size", single(sizes)));
    }
}
