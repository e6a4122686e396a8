package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.Primitive.AveragePool;
import dev.netwright.processor.graph.Primitive.AveragePoolGradient;
import dev.netwright.processor.graph.Primitive.Windows;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The mean over windows laid so that the output has the given size.
 *
 * @param input shape of one sample
 * @param outputSize as written: one value for rows and columns, or two; {@link NamedSizes#KEEP} for the input's
 */
public record AdaptiveAvgPool2d(Shape input, List<Integer> outputSize) implements Layer {
    public AdaptiveAvgPool2d {
        outputSize = List.copyOf(outputSize);
    }

    static AdaptiveAvgPool2d create(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "AdaptiveAvgPool2d");
        for (int size : a.sizes("outputSize", 2)) {
            if (size < 1 && size != NamedSizes.KEEP) {
                throw LayerException.ofValue(
                        "outputSize",
                        "outputSize of %s is " + NamedSizes.text(size) + ", but must be at least 1",
                        "Write outputSize = 1 or more, or AdaptiveAvgPool2d.KEEP for the size of the input.");
            }
        }
        return new AdaptiveAvgPool2d(input, a.integers("outputSize"));
    }

    @Override
    public String name() {
        return "AdaptiveAvgPool2d";
    }

    @Override
    public Shape output() {
        return Shape.of(input.size(0), size(0), size(1));
    }

    private int size(int side) {
        int size = outputSize.get(outputSize.size() == 1 ? 0 : side);
        return size == NamedSizes.KEEP ? input.size(side + 1) : size;
    }

    private Windows windows(int side) {
        return Windows.adaptive(input.size(side + 1), size(side));
    }

    @Override
    public long flops() {
        return (long) output().elements() * windows(0).kernel() * windows(1).kernel();
    }

    @Override
    public String arguments() {
        return "output_size=" + PythonFormat.sizes(outputSize).replace(String.valueOf(NamedSizes.KEEP), "None");
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        AveragePool pool = new AveragePool(windows(0), windows(1), true, 0);
        return l.apply(pool, "", output(), true, List.of(inputs.get(0)));
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        AveragePoolGradient pool = new AveragePoolGradient(windows(0), windows(1), true, 0);
        return List.of(l.apply(pool, ".grad", input, true, List.of(gradient)));
    }
}
