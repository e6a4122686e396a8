package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** A pool whose windows are laid so that the output has the given size. */
interface Adaptive extends Derived {
    Shape input();

    /** As written: one value for all axes, or one for each; {@link NamedSizes#KEEP} for the input's. */
    List<Integer> outputSize();

    static Shape input(List<Shape> inputs, String layer, int axes) {
        return Images.single(inputs, layer + axes + "d", axes);
    }

    static List<Integer> outputSize(Attributes a, String layer, int axes) {
        for (int size : a.sizes("outputSize", axes)) {
            if (size < 1 && size != NamedSizes.KEEP) {
                throw LayerException.ofValue(
                        "outputSize",
                        "outputSize of %s is " + NamedSizes.text(size) + ", but must be at least 1",
                        "Write outputSize = 1 or more, or " + layer + axes + "d.KEEP for the size of the input.");
            }
        }
        return a.integers("outputSize");
    }

    @Override
    default String name() {
        return getClass().getSimpleName() + Images.suffix(input());
    }

    @Override
    default Shape output() {
        return Pooling.output(input(), windows());
    }

    private PoolWindow window(int axis) {
        int extent = input().size(axis + 1);
        int size = outputSize().get(outputSize().size() == 1 ? 0 : axis);
        return PoolWindow.adaptive(extent, size == NamedSizes.KEEP ? extent : size);
    }

    default List<PoolWindow> windows() {
        return IntStream.range(0, input().rank() - 1).mapToObj(this::window).toList();
    }

    @Override
    default long flops() {
        return Pooling.flops(output(), windows());
    }

    @Override
    default List<LayerAttribute> attributes() {
        List<Integer> sizes = outputSize().stream()
                .map(size -> size == NamedSizes.KEEP ? LayerAttribute.NO_SIZE : size)
                .toList();
        return List.of(named("output_size", single(sizes)));
    }
}
