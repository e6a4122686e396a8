package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a convolution's or product's weight is stored: outputs in blocks of lanes, and within a block the inputs in the
 * order in which the forward sum takes them.
 *
 * @param outputs outputs in PyTorch's shape
 * @param width lanes of a block
 * @param inputs the axes of the inputs in storage order, with their strides in PyTorch's order within an output
 */
public record Weights(int outputs, int width, List<Axis> inputs) {
    /** Lanes of a block of a convolution's outputs where they fill it. */
    static final int CONVOLUTION = 32;

    public Weights {
        inputs = List.copyOf(inputs);
    }

    /**
     * The weight of a product, its features in the order in which they lie in memory.
     *
     * @param operand the layout of what it is multiplied with; its last dimension are the features
     * @param shape of the weight
     */
    static Weights ofProduct(Layout operand, Shape shape) {
        List<Axis> axes = operand.dimensions().get(operand.dimensions().size() - 1);
        record Feature(Axis memory, int inPyTorch) {}
        List<Feature> features = new ArrayList<>();
        int stride = 1;
        for (int i = axes.size() - 1; i >= 0; i--) {
            features.add(new Feature(axes.get(i), stride));
            stride *= axes.get(i).extent();
        }
        List<Axis> inputs = features.stream()
                .sorted(Comparator.comparingInt((Feature f) -> f.memory().stride())
                        .reversed())
                .map(f -> new Axis(f.memory().extent(), f.inPyTorch()))
                .toList();
        return new Weights(shape.size(0), width(shape.size(0), 64), inputs);
    }

    /** A layout, without gaps, of a value whose last dimension are the features in the order of this weight's. */
    Layout operand(Shape shape) {
        int features = shape.rank() - 1;
        Map<Axis, Axis> inMemory = new HashMap<>();
        int stride = 1;
        for (int i = inputs.size() - 1; i >= 0; i--) {
            inMemory.put(inputs.get(i), new Axis(inputs.get(i).extent(), stride));
            stride = Math.multiplyExact(stride, inputs.get(i).extent());
        }
        List<Axis> inPyTorchsOrder = inputs.stream()
                .sorted(Comparator.comparingInt(Axis::stride).reversed())
                .map(inMemory::get)
                .toList();
        List<List<Axis>> dimensions = new ArrayList<>(List.of(inPyTorchsOrder));
        for (int d = features - 1; d >= 0; d--) {
            dimensions.add(0, List.of(new Axis(shape.size(d), stride)));
            stride = Math.multiplyExact(stride, shape.size(d));
        }
        return new Layout(
                dimensions,
                0,
                Layout.roundUp(stride),
                inputs.get(inputs.size() - 1).extent());
    }

    /** Whether another weight's elements lie in the same order, however their axes are split. */
    boolean liesAs(Weights other) {
        return outputs == other.outputs
                && width == other.width
                && Axis.joined(inputs).equals(Axis.joined(other.inputs));
    }

    public int rows() {
        return inputs.stream().map(Axis::extent).reduce(1, Math::multiplyExact);
    }

    public int blocks() {
        return (outputs + width - 1) / width;
    }

    public int size() {
        return Math.multiplyExact(Math.multiplyExact(blocks(), rows()), width);
    }

    /**
     * Lanes of a block for so many outputs: one that leaves no block partly empty beyond the rounding to a vector. Two
     * vectors are best for convolutions (measured: four
     * gain nothing, one loses a quarter), four for products of few samples.
     */
    static int width(int outputs, int preferred) {
        int padded = Layout.roundUp(outputs);
        for (int width : new int[] {preferred, 32, 48}) {
            if (padded % width == 0) {
                return width;
            }
        }
        return Layout.LANES;
    }
}
