package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * How a convolution's or product's weight is stored: outputs in blocks of lanes, and within a block the inputs in the
 * order in which the forward sum takes them.
 *
 * @param outputs outputs in PyTorch's shape
 * @param width lanes of a block; 0 for PyTorch's own row-major order
 * @param inputs the axes of the inputs in storage order, with their strides in PyTorch's order within an output
 */
public record Weights(int outputs, int width, List<Axis> inputs) {
    /** Lanes of a block of a convolution's outputs where they fill it. */
    static final int CONVOLUTION = 32;

    public Weights {
        inputs = List.copyOf(inputs);
    }

    public static Weights rowMajor(Shape shape) {
        return new Weights(shape.size(0), 0, List.of(new Axis(shape.elements() / shape.size(0), 1)));
    }

    public int rows() {
        return inputs.stream().map(Axis::extent).reduce(1, Math::multiplyExact);
    }

    public int blocks() {
        return (outputs + width - 1) / width;
    }

    public int size() {
        return width == 0
                ? Layout.roundUp(Math.multiplyExact(outputs, rows()))
                : Math.multiplyExact(Math.multiplyExact(blocks(), rows()), width);
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
