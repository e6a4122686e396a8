package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.plan.ConvolutionTiles.Phase;
import dev.netwright.processor.plan.Pooling.Kind;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.Tile.Bands;
import dev.netwright.processor.plan.Tile.Extent;
import dev.netwright.processor.plan.Tile.Samples;
import dev.netwright.processor.plan.Tile.Sum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Convolutions in register tiles whose lanes read the same input: forward, by their input and by their weight. */
class ConvolutionKernels extends AnchorKernels implements ConvolutionPlanner {
    /** A panel of 32 lanes of each operand then fits L1: measured with 256, twice the time. */
    private static final int POSITIONS_OF_BAND = 128;

    /** The same where operands are read in place and a band stays in the second cache. */
    private static final int POSITIONS_IN_PLACE = 224;

    /** What stays in L2. */
    private static final int LARGE_WEIGHT = 1 << 17;

    ConvolutionKernels(StepPlanner planner, Node node) {
        super(planner, node);
    }

    @Override
    public void forward(Convolution convolution) {
        BufferView x = view(input(0));
        BufferView y = view(result());
        Shape weight = input(1).shape();
        Weights weights = parameters.weights(input(1));
        Groups groups = Groups.of(convolution, weight);
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        List<SumLoop> sum = tiles.forward(x.layout(), weight, weights.pass());
        int row = convolution.rows().stride() * x.layout().rows().stride();
        boolean pools = fused.pool() != null;
        int column = convolution.columns().stride() * x.layout().columns().stride();
        Strides a = new Strides(
                x.sampleStride(),
                fromGroupToGroup(groups, groups.inputs(), x.layout()),
                List.of(pools ? 2 * row : row),
                column);
        Store store = store(y, weights.pass(), row, column);
        Tile kernel = new Tile(
                        new Extent(
                                List.of(pooled(convolution.rows())),
                                pooled(convolution.columns()),
                                weights.passes(),
                                weights.pass()),
                        Samples.SEPARATE,
                        new Sum(sum, a, weights.strides(List.of(0), 0), fused.anchorInputs() > 2)
                                .inGroups(weights.passes() / groups.count()),
                        store)
                .joined();
        List<BufferView> operands = new ArrayList<>();
        operands.add(x.shifted(tiles.forwardStart(x.layout())));
        operands.add(view(input(1)));
        if (fused.anchorInputs() > 2) {
            operands.add(view(input(2)));
        }
        operands.add(y);
        if (store.pooling().storesIndex()) {
            operands.add(view(node.outputs().get(1)));
        }
        operands.addAll(furtherViews());
        step(suffix(), kernel, operands, new Work(Unit.SAMPLE, weights.passes() * kernel.rows()));
    }

    /** Results along an axis, behind the pool. */
    private int pooled(Window window) {
        return fused.pool() == null ? window.output() : window.output() / 2;
    }

    /**
     * The epilogue, and the pool of which it stores the places.
     *
     * @param row floats from a row to the next in the input
     * @param column from a column to the next
     */
    final Store store(BufferView to, int width, int row, int column) {
        Kind kind = kind();
        boolean indexed = kind == Kind.MAX_INDEX || kind == Kind.MAX_PLACE;
        Pooling pooling = kind == Kind.NONE
                ? Pooling.NONE
                : new Pooling(kind, indexed ? image(view(node.outputs().get(1)), width) : null, row, column);
        return new Store(
                image(to, width), false, store(to, view -> image(view, width)).epilogue(), pooling);
    }

    private Kind kind() {
        if (fused.pool() == null) {
            return Kind.NONE;
        } else if (fused.pool() instanceof Primitive.AveragePool) {
            return Kind.AVERAGE;
        }
        Value index = node.outputs().get(1);
        if (planner.maximaOffsets(index) != null) {
            return Kind.MAX_PLACE;
        }
        return planner.buffers().isStored(index) ? Kind.MAX_INDEX : Kind.MAX;
    }

    @Override
    public void inputGradient(Convolution convolution) {
        Value gx = result();
        BufferView gradient = view(input(0));
        BufferView to = view(gx);
        Groups groups = Groups.of(convolution, input(1).shape());
        Shape weight = groups.weight(input(1).shape());
        int pass = groups.inputPass();
        int passes = groups.inputPasses();
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        List<PhaseRun> runs = PhaseRun.of(tiles.phases(weight.size(0)), weight.size(0));
        BufferView packed = transpose(convolution);
        Layout from = gradient.layout();
        int index = 0;
        for (PhaseRun run : runs) {
            Phase phase = run.first();
            Strides a = new Strides(
                    gradient.sampleStride(),
                    fromGroupToGroup(groups, groups.outputs(), from),
                    run.strides(
                            from.rows().stride(),
                            run.startRows() * from.rows().stride(),
                            run.startColumns() * from.columns().stride()),
                    from.columns().stride());
            Strides b = Weights.strides(
                    groups.transposedBlock(weight),
                    pass,
                    run.strides(0, run.offsetRows() * Layout.LANES, run.offsetColumns() * Layout.LANES),
                    0);
            Tile kernel = new Tile(
                            new Extent(
                                    run.counts(phase.rows().inputs()),
                                    phase.columns().inputs(),
                                    passes,
                                    pass),
                            Samples.SEPARATE,
                            new Sum(tiles.backward(phase, from, weight, pass), a, b, fused.anchorInputs() > 2)
                                    .inGroups(passes / groups.count()),
                            store(to, view -> strided(view, pass, convolution, run)))
                    .joined();
            List<BufferView> operands = new ArrayList<>(List.of(
                    gradient.shifted(ConvolutionTiles.backwardStart(phase, from)),
                    packed.shifted(phase.offset() * Layout.LANES)));
            if (fused.anchorInputs() > 2) {
                operands.add(view(input(2)));
            }
            operands.add(phase.begin(to));
            furtherViews().forEach(further -> operands.add(phase.begin(further)));
            step(
                    runs.size() == 1 ? suffix() : suffix() + "Phase" + index++,
                    kernel,
                    operands,
                    new Work(Unit.SAMPLE, passes * kernel.rows()));
        }
    }

    /** From what a group's lanes read to what the next one's do. */
    private static int fromGroupToGroup(Groups groups, int channels, Layout layout) {
        return groups.count() == 1 ? 0 : channels * layout.axis(0).stride();
    }

    /** The weight flipped and transposed, in blocks of lanes of the input's channels. */
    final BufferView transpose(Convolution convolution) {
        Groups groups = Groups.of(convolution, input(1).shape());
        Shape weight = groups.weight(input(1).shape());
        Weights source = parameters.weights(input(1));
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        BufferView packed = planner.prepared(Layout.vector(groups.transposedSize(weight)));
        Kernel transpose = new Kernel.Transpose(
                groups.count(),
                groups.outputs(),
                groups.inputs(),
                Layout.LANES,
                groups.transposedBlock(weight),
                source.width(),
                source.block(),
                tiles.taps(tiles.phases(weight.size(0)), weight));
        planner.step(
                "Transposed",
                input(1).name() + " flipped and transposed",
                transpose,
                List.of(packed, view(input(1))),
                new Work(Unit.STEP, groups.inputPasses() * groups.inputPass()));
        return packed;
    }

    @Override
    public void weightGradient(Convolution convolution) {
        WeightGradientOperands operands = new WeightGradientOperands(planner, node);
        BufferView x = operands.blocks();
        BufferView gradient = operands.vectors();
        BufferView to = planner.buffers().gradient(node.output());
        Shape weight = node.output().shape();
        boolean inPlace = Layouts.isInPlace(node);
        Weights weights = weights(node.output());
        Groups groups = Groups.of(convolution, weight);
        int channels = weight.size(1);
        int pass = weights.pass();
        int width = weights.width();
        Layout in = x.layout();
        Layout out = gradient.layout();
        if (in.isAxis(0) && ConvolutionTiles.slides(convolution, pass)) {
            slidingWeightGradient(convolution, x, gradient, to);
            return;
        }
        boolean blocked = !in.isAxis(0);
        int inColumn =
                in.dimensions().get(0).get(in.dimensions().get(0).size() - 1).stride();
        boolean contiguous =
                !blocked && convolution.columns().dilation() * in.columns().stride() == channels * inColumn;
        int tapRow = convolution.rows().dilation() * in.rows().stride();
        int tapColumn = convolution.columns().dilation() * in.columns().stride();
        int taps = convolution.columns().kernel();
        int columns = contiguous ? taps * channels : blocked ? Weights.CONVOLUTION : channels;
        int part = columnsOfUnit(columns);
        List<Integer> counts = new ArrayList<>(List.of(convolution.rows().kernel()));
        List<Integer> aRows = new ArrayList<>(List.of(tapRow));
        List<Integer> cRows = new ArrayList<>(List.of(taps * channels * width));
        if (!contiguous) {
            counts.add(taps);
            aRows.add(tapColumn);
            cRows.add(channels * width);
        }
        if (blocked) {
            counts.add(channels / columns);
            aRows.add(blockStride(in, columns));
            cRows.add(columns * width);
        }
        counts.add(columns / part);
        aRows.add(part * inColumn);
        cRows.add(part * width);
        int outRows = convolution.rows().output();
        int outColumns = convolution.columns().output();
        int inRow = convolution.rows().stride() * in.rows().stride();
        int rowsOfBand =
                rowsOfBand(outRows, outColumns, weights.size(), inPlace ? POSITIONS_IN_PLACE : POSITIONS_OF_BAND);
        Bands bands = rowsOfBand == 0
                ? null
                : new Bands(
                        outRows / rowsOfBand,
                        rowsOfBand * inRow,
                        rowsOfBand * out.rows().stride());
        List<SumLoop> sum = new SumLoops()
                .add(bands == null ? outRows : rowsOfBand, inRow, out.rows().stride())
                .add(
                        outColumns,
                        convolution.columns().stride() * in.columns().stride(),
                        out.columns().stride())
                .joined();
        Strides a = new Strides(x.sampleStride(), groups.count() == 1 ? 0 : channels * inColumn, aRows, inColumn);
        Strides b =
                new Strides(gradient.sampleStride(), blockStride(out, pass), Collections.nCopies(counts.size(), 0), 0);
        Kernel kernel = new Tile(
                new Extent(counts, part, weights.passes(), pass),
                Samples.ACCUMULATED,
                bands,
                new Sum(sum, a, b, false).inGroups(weights.passes() / groups.count()),
                Store.added(weights.strides(cRows, width)));
        int rows = counts.stream().reduce(1, Math::multiplyExact);
        step(
                "WeightGradient",
                kernel,
                List.of(x.shifted(new ConvolutionTiles(convolution).forwardStart(in)), gradient, to),
                new Work(Unit.STEP, weights.passes() * rows));
    }

    /**
     * Rows of a band whose share of the gradient, a block of 32 lanes, stays in L1 while a unit's tiles go over it; 0
     * where a sample has so few positions that adding to a large weight would cost more than reading all samples.
     */
    private static int rowsOfBand(int rows, int columns, int weight, int positions) {
        if (rows * columns < 64 && weight > LARGE_WEIGHT) {
            return 0;
        }
        for (int band = rows; band > 1; band--) {
            if (rows % band == 0 && band * columns <= positions) {
                return band;
            }
        }
        return 1;
    }

    /** From one block of channels to the next. */
    private static int blockStride(Layout layout, int width) {
        return layout.isAxis(0) ? width : layout.dimensions().get(0).get(0).stride();
    }

    private void slidingWeightGradient(Convolution convolution, BufferView x, BufferView gradient, BufferView to) {
        Shape weight = node.output().shape();
        Weights weights = weights(node.output());
        int channels = weight.size(1);
        Layout in = x.layout();
        Layout out = gradient.layout();
        int taps = convolution.columns().kernel();
        int tap = channels * weights.width();
        SlidingWeightGradient kernel = new SlidingWeightGradient(
                convolution.rows().output(),
                convolution.columns().output(),
                convolution.rows().kernel(),
                taps,
                channels,
                weights.blocks(),
                weights.blocks() / Groups.of(convolution, weight).count(),
                new SlidingWeightGradient.Source(
                        x.sampleStride(),
                        convolution.rows().stride() * in.rows().stride(),
                        convolution.columns().stride() * in.columns().stride(),
                        convolution.rows().dilation() * in.rows().stride(),
                        in.axis(0).stride(),
                        fromGroupToGroup(Groups.of(convolution, weight), channels, in)),
                new SlidingWeightGradient.Gradient(
                        gradient.sampleStride(),
                        blockStride(out, weights.width()),
                        out.rows().stride(),
                        out.columns().stride()),
                new SlidingWeightGradient.Result(weights.block(), taps * tap, tap));
        step(
                "WeightGradient",
                kernel,
                List.of(x.shifted(new ConvolutionTiles(convolution).forwardStart(in)), gradient, to),
                new Work(Unit.STEP, kernel.units()));
    }

    /** A part of the columns that one tile fills, or two: small enough for all threads to have the same work. */
    private static int columnsOfUnit(int columns) {
        for (int part : new int[] {8, 16, 7, 15, 6, 12, 14, 9, 10, 5, 20}) {
            if (columns % part == 0) {
                return part;
            }
        }
        return columns;
    }

    static Strides image(BufferView view, int width) {
        Layout layout = view.layout();
        return view.batched()
                ? new Strides(
                        view.sampleStride(),
                        width,
                        List.of(layout.rows().stride()),
                        layout.columns().stride())
                : new Strides(0, width, List.of(0), 0);
    }

    /** Results of an input gradient's phases: every stride-th row and column, from each of them on. */
    static Strides strided(BufferView view, int width, Convolution convolution, PhaseRun run) {
        Strides whole = image(view, width);
        int row = whole.rows().get(0);
        int column = whole.column();
        return new Strides(
                whole.sample(),
                whole.block(),
                run.strides(convolution.rows().stride() * row, row, column),
                convolution.columns().stride() * column);
    }
}
