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
 * <p>Blocks have 16 lanes, a cache line: what a register tile of two vectors of 8 reads for one input is one line, and the
 * next input's is the next. With 32 or 64 lanes it reads every second or fourth line, which falls into as small a part of
 * the first cache (Zen 3, one thread: 3 x 3, 512 channels at 7 x 7, 4.3 ms, now 2.6; 256 at 14 x 14, 3.3, now 2.9).
 *
 * @param outputs outputs in PyTorch's shape
 * @param width lanes of a block
 * @param passes over the outputs by which tiles go
 * @param inputs the axes of the inputs in storage order, with their strides in PyTorch's order within an output
 */
public record Weights(int outputs, int width, Passes passes, List<Axis> inputs) {
    /**
     * Lanes that a convolution's tiles go over at a time where outputs fill them. Two vectors are best (measured: four gain
     * nothing, one loses a quarter), four for products of few samples.
     */
    static final int CONVOLUTION = 32;

    /** The same of a product. */
    static final int PRODUCT = 64;

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
        return new Weights(shape.size(0), Layout.LANES, Passes.of(shape.size(0), PRODUCT), inputs);
    }

    /**
     * Whether a product takes so many rows of a sample as the columns of its tiles; else the samples are, row by row. A
     * single sample then fills tiles, too (encoder layer of 192 features and 197 steps, one sample and thread, Zen 4: 8.3 ms,
     * now 3.8; with its gradients 24.2 ms, now 13.0).
     */
    static boolean areColumns(int rows) {
        return rows >= Planner.GROUP;
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

    /** Lanes of a pass. */
    int pass() {
        return passes.width();
    }

    /** Why passes have so many lanes, and what of them is thrown away, as a sentence. */
    String reason() {
        int all = passes.lanes();
        return (outputs == 1 ? "One output is taken " : outputs + " outputs are taken ") + passes.width()
                + " lanes at a time"
                + (passes.isEven() ? "" : ", the last " + passes.last())
                + (all == outputs
                        ? ", which they fill."
                        : "; " + (all - outputs) + " of " + all + " lanes compute padding, as vectors have "
                                + Layout.LANES + ".");
    }

    /** Floats of a block. */
    int block() {
        return Math.multiplyExact(rows(), width);
    }

    /** The operand of a tile that is read, or written, in this order. */
    Strides strides(List<Integer> tileRows, int column) {
        return strides(block(), pass(), tileRows, column);
    }

    /**
     * An operand of a tile in blocks of 16 lanes.
     *
     * @param block floats of such a block
     * @param pass lanes that the tile goes over at a time
     */
    static Strides strides(int block, int pass, List<Integer> tileRows, int column) {
        int blocks = pass / Layout.LANES;
        return new Strides(0, Math.multiplyExact(blocks, block), tileRows, column, blocks == 1 ? Layout.LANES : block);
    }

    public int size() {
        return Math.multiplyExact(blocks(), block());
    }
}
