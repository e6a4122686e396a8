package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.plan.ConvolutionTiles.Phase;
import dev.netwright.processor.plan.Kernel.Tap;
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
        int pooled = fused.pool() == null ? 1 : 2;
        int column = convolution.columns().stride() * x.layout().columns().stride();
        Strides a = new Strides(
                x.sampleStride(),
                fromGroupToGroup(groups, groups.inputs(), x.layout()),
                tiles.lines(x.layout(), window -> pooled * window.stride()),
                column);
        Store store = store(y, weights.pass(), row, column);
        Tile kernel = new Tile(
                        new Extent(
                                convolution.lines().stream().map(this::pooled).toList(),
                                pooled(convolution.columns()),
                                weights.passes()),
                        Samples.SEPARATE,
                        new Sum(sum, a, weights.strides(still(convolution), 0), fused.anchorInputs() > 2)
                                .inGroups(weights.passes().count() / groups.count()),
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
        step(suffix(), kernel, operands, new Work(Unit.SAMPLE, kernel.units()));
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
        Passes passes = groups.inputPasses();
        int pass = passes.width();
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        List<Phase> phases = tiles.phases(weight.size(0));
        if (isInPairs(groups, phases, to)) {
            pairsOfColumns(convolution, weight, phases.get(0), gradient, to);
            return;
        }
        List<PhaseRun> runs = PhaseRun.of(tiles.residues(), phases, weight.size(0));
        BufferView packed = transpose(convolution);
        Layout from = gradient.layout();
        int index = 0;
        for (PhaseRun run : runs) {
            Phase phase = run.first();
            Strides a = new Strides(
                    gradient.sampleStride(),
                    fromGroupToGroup(groups, groups.outputs(), from),
                    run.loops(tiles.lines(from, window -> 1), run.steps(from, run.starts())),
                    from.columns().stride());
            Strides b = Weights.strides(
                    groups.transposedBlock(weight),
                    pass,
                    run.loops(
                            still(convolution),
                            run.offsets().stream()
                                    .map(rows -> rows * Layout.LANES)
                                    .toList()),
                    0);
            Tile kernel = new Tile(
                            new Extent(run.counts(), phase.columns().inputs(), passes),
                            Samples.SEPARATE,
                            new Sum(tiles.backward(phase, from, weight, pass), a, b, fused.anchorInputs() > 2)
                                    .inGroups(passes.count() / groups.count()),
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
                    new Work(Unit.SAMPLE, kernel.units()));
        }
    }

    /** Whether half a vector has an input's channels, and nothing else has to lie as two columns of results in one do. */
    private boolean isInPairs(Groups groups, List<Phase> phases, BufferView to) {
        Layout layout = to.layout();
        int taps = phases.get(0).columns().taps().size();
        return groups.count() == 1
                && phases.get(0).lines().size() == 1
                && phases.size() == 1
                && phases.get(0).columns().step() == 1
                && fused.anchorInputs() == 2
                && furtherViews().isEmpty()
                && fused.epilogue() instanceof Expr.Argument
                && to.batched()
                && layout.hasVectors(0)
                && layout.columns().stride() == Layout.LANES
                && ColumnPairs.fits(groups.inputs(), layout.columns().extent(), taps);
    }

    private void pairsOfColumns(
            Convolution convolution, Shape weight, Phase phase, BufferView gradient, BufferView to) {
        Layout from = gradient.layout();
        int taps = convolution.columns().kernel();
        int kernelRows = convolution.rows().kernel();
        Weights source = parameters.weights(input(1));
        ColumnPairs kernel = new ColumnPairs(
                to.layout().rows().extent(),
                to.layout().columns().extent(),
                kernelRows,
                taps,
                weight.size(0),
                -phase.columns().start(),
                from.columns().extent(),
                image(gradient, 0),
                phase.lines().get(0).step() * from.rows().stride(),
                from.axis(0).stride(),
                image(to, 0));
        List<Tap> places = new ArrayList<>();
        for (int row = 0; row < kernelRows; row++) {
            int start = row * ColumnPairs.tapRow(taps);
            int block = phase.lines().get(0).taps().get(row) * taps * weight.size(1) * source.width();
            for (int column = -1; column <= taps; column++) {
                int tap = block + column * weight.size(1) * source.width();
                boolean zero = column < 0 || column == taps;
                places.add(new Tap(start + (column + 1) * ColumnPairs.HALF, zero ? -1 : tap));
            }
        }
        BufferView packed = planner.prepared(Layout.vector(Math.multiplyExact(weight.size(0), kernel.channelRow())));
        planner.step(
                "Pairs",
                input(1).name() + " for two columns at once",
                new WeightRows(
                        false,
                        weight.size(0),
                        weight.size(0),
                        weight.size(1),
                        ColumnPairs.HALF,
                        kernel.channelRow(),
                        ColumnPairs.HALF,
                        ColumnPairs.HALF,
                        source.width(),
                        source.block(),
                        places),
                List.of(packed, view(input(1))),
                new Work(Unit.STEP, weight.size(0)));
        step(
                suffix(),
                kernel,
                List.of(gradient.shifted(ConvolutionTiles.backwardStart(phase, from)), packed, to),
                new Work(Unit.SAMPLE, kernel.rows()));
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
                new Work(Unit.STEP, groups.inputLanes()));
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
        if (in.isAxis(0)
                && ConvolutionTiles.slides(convolution, weights.passes().isEven() ? pass : width)) {
            SlidingWeightGradient sliding = slidingWeightGradient(convolution, x, gradient);
            if (sliding.isFastest(pass / width)) {
                step(
                        weightSuffix(),
                        sliding,
                        List.of(x.shifted(new ConvolutionTiles(convolution).forwardStart(in)), gradient, to),
                        new Work(Unit.STEP, sliding.units()));
                return;
            }
        }
        boolean blocked = !in.isAxis(0);
        int inColumn =
                in.dimensions().get(0).get(in.dimensions().get(0).size() - 1).stride();
        boolean contiguous =
                !blocked && convolution.columns().dilation() * in.columns().stride() == channels * inColumn;
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        int tapColumn = convolution.columns().dilation() * in.columns().stride();
        int taps = convolution.columns().kernel();
        int columns = contiguous ? taps * channels : blocked ? Weights.CONVOLUTION : channels;
        List<Integer> counts = new ArrayList<>();
        List<Integer> aRows = new ArrayList<>(tiles.lines(in, Window::dilation));
        List<Integer> cRows = new ArrayList<>();
        int line = convolution.taps() * channels * width;
        for (Window window : convolution.lines()) {
            line /= window.kernel();
            counts.add(window.kernel());
            cRows.add(line);
        }
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
        int outColumns = convolution.columns().output();
        List<Integer> results = tiles.lineOutputs();
        List<Integer> inLines = tiles.lines(in, Window::stride);
        GradientBands linesOfBand = GradientBands.of(results, outColumns, weights.size(), inPlace);
        planner.decide(Topic.BANDS, linesOfBand.choice(), linesOfBand.reason());
        List<SumLoop> bands = new ArrayList<>();
        SumLoops loops = new SumLoops();
        for (int i = 0; i < results.size(); i++) {
            int inLine = inLines.get(i);
            int outLine = out.lines().get(i).stride();
            int band = linesOfBand.lines().get(i);
            bands.add(new SumLoop(results.get(i) / band, band * inLine, band * outLine));
            loops.add(band, inLine, outLine);
        }
        List<SumLoop> sum = loops.add(
                        outColumns,
                        convolution.columns().stride() * in.columns().stride(),
                        out.columns().stride())
                .joined();
        Strides a = new Strides(x.sampleStride(), groups.count() == 1 ? 0 : channels * inColumn, aRows, inColumn);
        Strides b =
                new Strides(gradient.sampleStride(), blockStride(out, pass), Collections.nCopies(counts.size(), 0), 0);
        Tile kernel = new Tile(
                new Extent(counts, columns, weights.passes()).inParts(),
                Samples.ACCUMULATED,
                linesOfBand.isWhole() ? null : new Bands(bands),
                new Sum(sum, a, b, false).inGroups(weights.passes().count() / groups.count()),
                Store.added(weights.strides(cRows, width)));
        step(
                weightSuffix(),
                kernel,
                List.of(x.shifted(tiles.forwardStart(in)), gradient, to),
                new Work(Unit.STEP, kernel.units()));
    }

    /** Nothing from a line to the next. */
    static List<Integer> still(Convolution convolution) {
        return Collections.nCopies(convolution.lines().size(), 0);
    }

    /** From one block of channels to the next. */
    private static int blockStride(Layout layout, int width) {
        return layout.isAxis(0) ? width : layout.dimensions().get(0).get(0).stride();
    }

    private SlidingWeightGradient slidingWeightGradient(Convolution convolution, BufferView x, BufferView gradient) {
        Shape weight = node.output().shape();
        Weights weights = weights(node.output());
        int channels = weight.size(1);
        Layout in = x.layout();
        Layout out = gradient.layout();
        int taps = convolution.columns().kernel();
        int tap = channels * weights.width();
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        return new SlidingWeightGradient(
                tiles.lineOutputs(),
                convolution.columns().output(),
                convolution.lines().stream().map(Window::kernel).toList(),
                taps,
                channels,
                weights.blocks(),
                weights.blocks() / Groups.of(convolution, weight).count(),
                new SlidingWeightGradient.Source(
                        x.sampleStride(),
                        tiles.lines(in, Window::stride),
                        convolution.columns().stride() * in.columns().stride(),
                        tiles.lines(in, Window::dilation),
                        in.axis(0).stride(),
                        fromGroupToGroup(Groups.of(convolution, weight), channels, in)),
                new SlidingWeightGradient.Gradient(
                        gradient.sampleStride(),
                        blockStride(out, weights.width()),
                        tiles.lines(out, window -> 1),
                        out.columns().stride()),
                new SlidingWeightGradient.Result(weights.block(), taps * tap, tap));
    }

    final Strides image(BufferView view, int width) {
        Layout layout = view.layout();
        return view.batched()
                ? new Strides(
                        view.sampleStride(),
                        width,
                        layout.lines().stream().map(Axis::stride).toList(),
                        layout.columns().stride())
                : still(width);
    }

    /** Results of an input gradient's phases: every stride-th line and column, from each of them on. */
    final Strides strided(BufferView view, int width, Convolution convolution, PhaseRun run) {
        Strides whole = image(view, width);
        int column = whole.column();
        List<Integer> lines = new ArrayList<>();
        List<Integer> steps = new ArrayList<>(whole.rows());
        steps.add(column);
        for (int i = 0; i < whole.rows().size(); i++) {
            lines.add(convolution.lines().get(i).stride() * whole.rows().get(i));
        }
        return new Strides(
                whole.sample(),
                whole.block(),
                run.loops(lines, steps),
                convolution.columns().stride() * column);
    }
}
