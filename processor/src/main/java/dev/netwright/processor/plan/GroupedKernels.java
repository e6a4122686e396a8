package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.ConvolutionTiles.Phase;
import dev.netwright.processor.plan.ConvolutionTiles.Residue;
import dev.netwright.processor.plan.DepthwiseWeightGradient.Pixels;
import dev.netwright.processor.plan.GroupKernel.Image;
import dev.netwright.processor.plan.GroupKernel.Spread;
import dev.netwright.processor.plan.GroupKernel.Sums;
import dev.netwright.processor.plan.GroupKernel.WeightGradient;
import dev.netwright.processor.plan.GroupKernel.Window;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.Tile.Extent;
import dev.netwright.processor.plan.Tile.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Convolutions in groups that blocks of lanes do not lie within. */
final class GroupedKernels extends ConvolutionKernels {
    /** Floats of the spread rows of a unit: what stays in L2. With half as many, rows of groups of 4 cost a tenth more. */
    private static final int MOST_SPREAD = 1 << 16;

    /** Of one input, which nine sums go over at once. */
    private static final int MOST_SUMMED = 1 << 14;

    GroupedKernels(StepPlanner planner, Node node) {
        super(planner, node);
    }

    /** One sum: what it reads, and where it goes to. */
    private record Part(
            String suffix,
            BufferView from,
            int groupInputs,
            int groupLanes,
            List<Window> lines,
            Window columns,
            BufferView weights,
            int block,
            boolean biased,
            BufferView to,
            Store store,
            List<BufferView> furtherViews) {
        Window rows() {
            return lines.get(lines.size() - 1);
        }

        /** Lines of results. */
        List<Integer> results() {
            return lines.stream().map(Window::results).toList();
        }

        boolean isReached() {
            return columns.taps() > 0 && lines.stream().allMatch(window -> window.taps() > 0);
        }

        /** Floats from a line of results to the next in what is read. */
        List<Integer> steps(Layout layout) {
            return IntStream.range(0, lines.size())
                    .mapToObj(i -> lines.get(i).step() * layout.lines().get(i).stride())
                    .toList();
        }
    }

    @Override
    public void forward(Convolution convolution) {
        BufferView x = view(input(0));
        BufferView y = view(result());
        Groups groups = Groups.of(convolution, input(1).shape());
        Weights weights = parameters.weights(input(1));
        plan(new Part(
                suffix(),
                x.shifted(new ConvolutionTiles(convolution).forwardStart(x.layout())),
                groups.inputs(),
                groups.outputs(),
                lines(convolution),
                window(convolution.columns()),
                view(input(1)),
                weights.block(),
                fused.anchorInputs() > 2,
                y,
                store(y, view -> image(view, Layout.LANES)),
                furtherViews()));
    }

    @Override
    public void inputGradient(Convolution convolution) {
        BufferView gradient = view(input(0));
        BufferView to = view(result());
        Groups groups = Groups.of(convolution, input(1).shape());
        Shape weight = groups.weight(input(1).shape());
        BufferView packed = transpose(convolution);
        List<Phase> phases = new ConvolutionTiles(convolution).phases(weight.size(0));
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            PhaseRun run = PhaseRun.single(phase);
            plan(new Part(
                    phases.size() == 1 ? suffix() : suffix() + "Phase" + i,
                    gradient.shifted(ConvolutionTiles.backwardStart(phase, gradient.layout())),
                    groups.outputs(),
                    groups.inputs(),
                    phase.lines().stream().map(GroupedKernels::window).toList(),
                    window(phase.columns()),
                    packed.shifted(phase.offset() * Layout.LANES),
                    groups.transposedBlock(weight),
                    fused.anchorInputs() > 2,
                    phase.begin(to),
                    store(to, view -> strided(view, Layout.LANES, convolution, run)),
                    furtherViews().stream().map(phase::begin).toList()));
        }
    }

    private static List<Window> lines(Convolution convolution) {
        return convolution.lines().stream().map(GroupedKernels::window).toList();
    }

    private static Window window(dev.netwright.processor.graph.Window axis) {
        return new Window(axis.output(), axis.stride(), axis.kernel(), axis.dilation());
    }

    private static Window window(Residue residue) {
        return new Window(residue.inputs(), 1, residue.taps().size(), residue.step());
    }

    private void plan(Part part) {
        Layout layout = part.from().layout();
        int channels = layout.axis(0).extent();
        int lanes = channels / part.groupInputs() * part.groupLanes();
        int blocks = (lanes + Layout.LANES - 1) / Layout.LANES;
        List<BufferView> operands = new ArrayList<>(List.of(part.from(), part.weights()));
        if (part.biased()) {
            operands.add(view(input(2)));
        }
        operands.add(part.to());
        operands.addAll(part.furtherViews());
        if (!part.isReached()) {
            Strides unread = new Strides(
                    part.from().sampleStride(),
                    0,
                    part.steps(layout),
                    part.columns().step() * layout.columns().stride());
            Tile epilogue = tile(part, sum(part, List.of(), unread), part.results(), blocks);
            step(part.suffix(), epilogue, operands, new Work(Unit.SAMPLE, blocks * epilogue.rows()));
            return;
        }
        Spread spread = new Spread(
                part.columns().reach(),
                part.groupInputs(),
                part.groupInputs(),
                part.groupLanes(),
                lanes,
                image(layout));
        int planeTaps = planeTaps(part.lines());
        int unitRows = unitRows(part.rows(), planeTaps * spread.row());
        int plane = part.rows().reach(unitRows) * spread.row();
        // a unit has rows of one plane of results
        List<Integer> rows = new ArrayList<>(Collections.nCopies(part.lines().size(), 1));
        List<Integer> steps = new ArrayList<>(Collections.nCopies(part.lines().size(), 0));
        rows.set(rows.size() - 1, unitRows);
        steps.set(steps.size() - 1, part.rows().step() * spread.row());
        Strides a = new Strides(0, 0, steps, part.columns().step() * Layout.LANES);
        Sums sums = new Sums(
                spread,
                tile(part, sum(part, loops(part, spread, plane), a).byLanes(), rows, 1),
                part.lines(),
                blocks,
                part.from().sampleStride());
        operands.add(planner.local(planeTaps * plane));
        step(part.suffix(), sums, operands, new Work(Unit.SAMPLE, blocks * sums.parts() * sums.planes()));
    }

    private static int planeTaps(List<Window> lines) {
        return lines.subList(0, lines.size() - 1).stream().map(Window::taps).reduce(1, Math::multiplyExact);
    }

    /** Planes and rows of taps, then inputs, then the taps of a row, which neighbouring columns share. */
    private static List<SumLoop> loops(Part part, Spread spread, int plane) {
        int taps = part.columns().taps();
        int tap = part.groupInputs() * Layout.LANES;
        SumLoops loops = new SumLoops();
        if (part.lines().size() > 1) {
            loops.add(planeTaps(part.lines()), plane, part.rows().taps() * taps * tap);
        }
        return loops.add(part.rows().taps(), part.rows().tapStep() * spread.row(), taps * tap)
                .add(part.groupInputs(), spread.input(), Layout.LANES)
                .add(taps, part.columns().tapStep() * Layout.LANES, tap)
                .joined();
    }

    private static Tile.Sum sum(Part part, List<SumLoop> loops, Strides a) {
        List<Integer> still = Collections.nCopies(part.lines().size(), 0);
        return new Tile.Sum(loops, a, new Strides(0, part.block(), still, 0), part.biased());
    }

    private static Tile tile(Part part, Tile.Sum sum, List<Integer> rows, int blocks) {
        return new Tile(
                new Extent(rows, part.columns().results(), blocks, Layout.LANES), Samples.SEPARATE, sum, part.store());
    }

    /** Nearly equal parts, small enough for the cache. */
    private static int unitRows(Window rows, int row) {
        int most = rows.results();
        while (most > 1 && (long) rows.reach(most) * row > MOST_SPREAD) {
            most--;
        }
        return Parts.fewest(rows.results(), most).largest();
    }

    @Override
    public void weightGradient(Convolution convolution) {
        WeightGradientOperands operands = new WeightGradientOperands(planner, node);
        BufferView x = operands.blocks();
        BufferView gradient = operands.vectors();
        Shape weight = node.output().shape();
        Groups groups = Groups.of(convolution, weight);
        Weights weights = weights(node.output());
        Layout out = gradient.layout();
        List<Window> lines = lines(convolution);
        Window rows = lines.get(lines.size() - 1);
        Window columns = window(convolution.columns());
        Spread spread =
                new Spread(columns.reach(), 1, groups.inputs(), groups.outputs(), weight.size(0), image(x.layout()));
        int unitRows = divisor(rows, planeTaps(lines) * spread.row());
        int plane = rows.reach(unitRows) * spread.row();
        List<Integer> tapSteps = new ArrayList<>(Collections.nCopies(lines.size(), plane));
        tapSteps.set(tapSteps.size() - 1, rows.tapStep() * spread.row());
        DepthwiseWeightGradient sums = new DepthwiseWeightGradient(
                List.of(unitRows),
                columns.results(),
                Layout.LANES,
                lines.stream().map(Window::taps).toList(),
                columns.taps(),
                new Pixels(0, List.of(rows.step() * spread.row()), columns.step() * Layout.LANES),
                new Pixels(0, List.of(out.rows().stride()), out.columns().stride()),
                tapSteps,
                columns.tapStep() * Layout.LANES,
                groups.inputs() * Layout.LANES);
        WeightGradient kernel = new WeightGradient(
                spread,
                sums,
                lines,
                weights.blocks(),
                groups.inputs(),
                x.sampleStride(),
                gradient.sampleStride(),
                out.lines().get(0).stride(),
                weights.block());
        step(
                weightSuffix(),
                kernel,
                List.of(
                        x.shifted(new ConvolutionTiles(convolution).forwardStart(x.layout())),
                        gradient,
                        planner.buffers().gradient(node.output()),
                        planner.local(planeTaps(lines) * plane)),
                new Work(Unit.STEP, kernel.units()));
    }

    /** As many rows as divide all and are small enough for the cache; all where only a few do, as of a prime number. */
    private static int divisor(Window rows, int row) {
        for (int some = rows.results(); some > 1; some--) {
            if (rows.results() % some == 0 && rows.reach(some) * row <= MOST_SUMMED) {
                return some > rows.taps() ? some : rows.results();
            }
        }
        return rows.results();
    }

    private static Image image(Layout layout) {
        return new Image(
                layout.lines().stream().map(Axis::stride).toList(),
                layout.columns().stride(),
                layout.axis(0).stride());
    }
}
