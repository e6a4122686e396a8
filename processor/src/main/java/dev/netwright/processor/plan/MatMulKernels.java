package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Fused;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.Tile.Extent;
import dev.netwright.processor.plan.Tile.Samples;
import dev.netwright.processor.plan.Tile.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Products of matrices in register tiles: rows of the first are the tile's columns, broadcast from wherever they lie;
 * columns of the second fill its vectors. Each sample and each matrix has units of work of its own, and every sum goes over
 * its terms in order.
 */
final class MatMulKernels extends AnchorKernels {
    /** With so many floats from one row of the second matrix to the next, its rows fall into few sets of the cache. */
    private static final int THRASHING = 128;

    /** Rows of the first matrix that are worth a copy of the second. */
    private static final int FEWEST_ROWS = 16;

    MatMulKernels(StepPlanner planner, Node node) {
        super(planner, node);
    }

    /**
     * How the second matrix is copied, if it is: in panels of as many columns as a tile takes at a time, each row of one
     * beside the next; empty where it is read as it lies, or its columns are one panel or no whole number of them.
     *
     * @param suits whether it can be read as it lies
     */
    static Optional<Layout> panels(Node node, int operand, Layout layout, boolean suits) {
        if (!(Fused.anchor(node) instanceof Primitive.MatMul) || operand != 1) {
            return Optional.empty();
        }
        Shape shape = node.inputs().get(operand).shape();
        int rank = shape.rank();
        int columns = shape.size(rank - 1);
        int width = width(columns);
        boolean several = columns > width && columns % width == 0;
        boolean thrashes = !suits
                || layout.axis(rank - 2).stride() % THRASHING == 0
                        && node.inputs().get(0).shape().size(rank - 2) >= FEWEST_ROWS;
        if (!several || !thrashes) {
            return Optional.empty();
        }
        int panel = Math.multiplyExact(shape.size(rank - 2), width);
        List<List<Axis>> dimensions = new ArrayList<>(List.of(
                List.of(new Axis(shape.size(rank - 2), width)),
                List.of(new Axis(columns / width, panel), new Axis(width, 1))));
        int stride = Math.multiplyExact(panel, columns / width);
        for (int d = rank - 3; d >= 0; d--) {
            dimensions.add(0, List.of(new Axis(shape.size(d), stride)));
            stride = Math.multiplyExact(stride, shape.size(d));
        }
        return Optional.of(new Layout(dimensions, 0, stride, width));
    }

    /** Lanes that a tile goes over at a time. */
    private static int width(int columns) {
        return Passes.even(columns, Weights.CONVOLUTION).width();
    }

    void plan() {
        int columns = result().shape().size(rank() - 1);
        int lanes = Layout.roundUp(columns);
        int width = width(columns);
        if (width == Layout.LANES && lanes > width) {
            // a tile of one vector is bound by its broadcasts
            int whole = lanes / Weights.CONVOLUTION * Weights.CONVOLUTION;
            part("", 0, whole / Weights.CONVOLUTION, Weights.CONVOLUTION);
            part("Remainder", whole, 1, Layout.LANES);
        } else {
            part("", 0, lanes / width, width);
        }
    }

    private int rank() {
        return result().shape().rank();
    }

    private void part(String suffix, int first, int blocks, int width) {
        BufferView x = view(input(0));
        BufferView y = view(input(1));
        List<BufferView> operands = new ArrayList<>(List.of(x, from(y, first), from(view(result()), first)));
        furtherViews().forEach(further -> operands.add(from(further, first)));
        Tile tile = new Tile(
                        new Extent(rows(), result().shape().size(rank() - 2), blocks, width),
                        Samples.SEPARATE,
                        new Sum(
                                sum(x.layout(), y.layout()),
                                new Strides(x.sampleStride(), 0, leading(x), stride(x, rank() - 2)),
                                new Strides(y.sampleStride(), panel(y.layout(), width), leading(y), 0),
                                false),
                        store(view(result()), view -> results(view, width)))
                .joined();
        boolean batched = view(result()).batched();
        step(
                suffix() + suffix,
                tile,
                operands,
                new Work(batched ? Unit.SAMPLE : Unit.STEP, tile.rows() * tile.blocks()));
    }

    private static BufferView from(BufferView view, int lane) {
        return lane == 0 ? view : view.with(view.layout().shifted(lane));
    }

    /** The leading dimensions that the result has. */
    private List<Integer> kept() {
        return IntStream.range(0, rank() - 2)
                .filter(d -> result().shape().size(d) > 1)
                .boxed()
                .toList();
    }

    private List<Integer> rows() {
        List<Integer> counts = kept().stream().map(result().shape()::size).toList();
        return counts.isEmpty() ? List.of(1) : counts;
    }

    private List<Integer> leading(BufferView view) {
        List<Integer> strides = kept().stream().map(d -> stride(view, d)).toList();
        return strides.isEmpty() ? List.of(0) : strides;
    }

    private List<SumLoop> sum(Layout x, Layout y) {
        SumLoops loops = new SumLoops();
        for (int d = 0; d < rank() - 2; d++) {
            int size = Math.max(input(0).shape().size(d), input(1).shape().size(d));
            if (result().shape().size(d) < size) {
                loops.add(size, stride(x, d), stride(y, d));
            }
        }
        return loops.add(input(0).shape().size(rank() - 1), stride(x, rank() - 1), stride(y, rank() - 2))
                .joined();
    }

    private static int stride(BufferView view, int dimension) {
        return stride(view.layout(), dimension);
    }

    /** What is stretched along a dimension, or has one element there, stands still. */
    private static int stride(Layout layout, int dimension) {
        Axis axis = layout.axis(dimension);
        return axis.extent() == 1 ? 0 : axis.stride();
    }

    /** Floats from the first column of a block to that of the next. */
    private static int panel(Layout y, int width) {
        List<Axis> columns = Axis.joined(y.dimensions().get(y.dimensions().size() - 1));
        return columns.size() > 1 ? columns.get(0).stride() : width;
    }

    /** Of what lies as the result, or is the same for each of its rows, however many dimensions it has itself. */
    private Strides results(BufferView view, int width) {
        return view.layout().dimensions().size() == rank() && isOfRows(view.layout())
                ? new Strides(view.sampleStride(), width, leading(view), stride(view, rank() - 2))
                : new Strides(0, width, rows().stream().map(any -> 0).toList(), 0);
    }

    private boolean isOfRows(Layout layout) {
        return IntStream.range(0, rank() - 1)
                .allMatch(d -> layout.axis(d).extent() == result().shape().size(d));
    }
}
