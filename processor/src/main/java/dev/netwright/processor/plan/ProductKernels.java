package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.Tile.Bands;
import dev.netwright.processor.plan.Tile.Extent;
import dev.netwright.processor.plan.Tile.Samples;
import dev.netwright.processor.plan.Tile.Sum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Products over the last dimension in register tiles: forward, by their input and by their weight. Columns of a tile are
 * samples, or rows of one sample where it has as many.
 */
final class ProductKernels extends AnchorKernels {
    ProductKernels(StepPlanner planner, Node node) {
        super(planner, node);
    }

    /** Whether rows of one sample are columns of a tile. */
    private boolean areColumns() {
        return Weights.areColumns(rows(result().shape()));
    }

    /** Rows of a sample. */
    private static int rows(Shape shape) {
        return shape.sizes().subList(0, shape.rank() - 1).stream().reduce(1, Math::multiplyExact);
    }

    void forward() {
        BufferView x = view(input(0));
        BufferView y = view(result());
        Weights weights = parameters.weights(input(1));
        Tile kernel = tile(
                x,
                features(x.layout(), weights),
                weights.strides(zeros(), 0),
                weights.passes(),
                fused.anchorInputs() > 2,
                y);
        List<BufferView> operands = new ArrayList<>(List.of(x, view(input(1))));
        if (fused.anchorInputs() > 2) {
            operands.add(view(input(2)));
        }
        operands.add(y);
        operands.addAll(furtherViews());
        step(suffix(), kernel, operands, work(kernel));
    }

    /** The features in the order in which they are stored. */
    private static List<SumLoop> features(Layout x, Weights weights) {
        List<Axis> axes = x.dimensions().get(x.dimensions().size() - 1).stream()
                .sorted(java.util.Comparator.comparingInt(Axis::stride).reversed())
                .toList();
        SumLoops loops = new SumLoops();
        int rows = weights.rows();
        for (Axis axis : axes) {
            rows /= axis.extent();
            loops.add(axis.extent(), axis.stride(), rows * weights.width());
        }
        return loops.joined();
    }

    void inputGradient() {
        BufferView gradient = view(input(0));
        BufferView to = view(result());
        Weights weights = parameters.weights(input(1));
        if (isInPlace(gradient.layout(), weights)) {
            inPlace(gradient, to, weights);
            return;
        }
        TransposedWeight transposed = TransposedWeight.of(planner, input(1));
        Passes passes = transposed.passes();
        int last = gradient.layout().dimensions().size() - 1;
        List<SumLoop> outputs = new SumLoops()
                .add(weights.outputs(), gradient.layout().axis(last).stride(), Layout.LANES)
                .joined();
        Tile kernel = tile(gradient, outputs, transposed.strides(zeros().size()), passes, false, to);
        List<BufferView> operands = new ArrayList<>(List.of(gradient, transposed.view(), to));
        operands.addAll(furtherViews());
        step(suffix(), kernel, operands, work(kernel));
    }

    /** Whether the gradient is summed from the weight as it is stored; otherwise from a transposed copy. */
    private boolean isInPlace(Layout gradient, Weights weights) {
        return !fused.keepsAnchor() && LaneSums.suits(weights, gradient);
    }

    /** A transposed copy of a large weight would cost as much memory, and more time than the sums. */
    private void inPlace(BufferView gradient, BufferView to, Weights weights) {
        List<BufferView> further = furtherViews();
        Kernel kernel = new LaneSums(
                weights.rows(), weights.blocks(), gradient.sampleStride(), store(to, ProductKernels::vector));
        List<BufferView> operands =
                new ArrayList<>(List.of(to, planner.local(LaneSums.LANES), gradient, view(input(1))));
        operands.addAll(further);
        step(suffix(), kernel, operands, new Work(Unit.STEP, weights.rows() / LaneSums.ROWS));
    }

    private static Strides vector(BufferView view) {
        return new Strides(view.sampleStride(), 0, List.of(), 1);
    }

    void weightGradient() {
        BufferView x = view(input(0));
        BufferView gradient = new WeightGradientOperands(planner, node).vectors();
        BufferView to = planner.buffers().gradient(node.output());
        Weights weights = weights(node.output());
        List<SumLoop> features = features(x.layout(), weights);
        SumLoop inner = features.get(features.size() - 1);
        List<SumLoop> outer = features.subList(0, features.size() - 1);
        List<Integer> counts = outer.isEmpty()
                ? List.of(1)
                : outer.stream().map(SumLoop::count).toList();
        Strides a = new Strides(
                x.sampleStride(),
                0,
                outer.isEmpty() ? List.of(0) : outer.stream().map(SumLoop::a).toList(),
                inner.a());
        Strides b = new Strides(gradient.sampleStride(), weights.pass(), Collections.nCopies(counts.size(), 0), 0);
        Strides c = weights.strides(
                outer.isEmpty() ? List.of(0) : outer.stream().map(SumLoop::b).toList(), inner.b());
        Extent extent = new Extent(counts, inner.count(), weights.passes());
        if (input(0).shape().rank() > 1) {
            Tile kernel = overRows(x, gradient, extent, a, b, Store.added(c));
            step(weightSuffix(), kernel, List.of(x, gradient, to), new Work(Unit.STEP, kernel.units()));
            return;
        }
        Tile kernel = new Tile(extent, Samples.SUMMED, new Sum(List.of(), a, b, false), Store.added(c));
        // the columns of one row are the units, a few registers at a time: a product has one row, and threads want more
        // to
        // share
        int parts = (inner.count() + Planner.GROUP - 1) / Planner.GROUP;
        step(weightSuffix(), kernel, List.of(x, gradient, to), new Work(Unit.STEP, kernel.units() * parts));
    }

    /** The weight gradient of products of several rows of each sample. */
    private Tile overRows(BufferView x, BufferView gradient, Extent extent, Strides a, Strides b, Store store) {
        List<SumLoop> rows = new ArrayList<>();
        for (int d = 0; d < input(0).shape().rank() - 1; d++) {
            rows.add(new SumLoop(
                    input(0).shape().size(d),
                    x.layout().axis(d).stride(),
                    gradient.layout().axis(d).stride()));
        }
        GradientBands chosen = GradientBands.ofRows(
                rows.stream().map(SumLoop::count).toList(),
                weights(node.output()).size());
        planner.decide(Topic.BANDS, chosen.choice(), chosen.reason());
        List<SumLoop> bands = new ArrayList<>();
        SumLoops sum = new SumLoops();
        for (int d = 0; d < rows.size(); d++) {
            SumLoop row = rows.get(d);
            int band = chosen.lines().get(d);
            bands.add(new SumLoop(row.count() / band, band * row.a(), band * row.b()));
            sum.add(band, row.a(), row.b());
        }
        return new Tile(
                extent.inParts(),
                Samples.ACCUMULATED,
                chosen.isWhole() ? null : new Bands(bands),
                new Sum(sum.joined(), a, b, false),
                store);
    }

    /** Of each row of the result the sum of its products, whichever of rows and samples are the columns. */
    private Tile tile(
            BufferView from, List<SumLoop> sum, Strides weights, Passes passes, boolean biased, BufferView to) {
        Store store = store(to, view -> rows(view, passes.width()));
        List<Integer> counts =
                loops() == 0 ? List.of(1) : result().shape().sizes().subList(0, loops());
        List<Integer> rows = strides(from.layout(), loops());
        if (!areColumns()) {
            Sum products = new Sum(sum, new Strides(0, 0, rows, from.sampleStride()), weights, biased);
            return new Tile(new Extent(counts, 0, passes), Samples.COLUMNS, products, store);
        }
        int columns = result().shape().size(loops());
        Strides a = new Strides(
                from.sampleStride(), 0, rows, from.layout().axis(loops()).stride());
        return new Tile(new Extent(counts, columns, passes), Samples.SEPARATE, new Sum(sum, a, weights, biased), store)
                .joined()
                .inEvenParts();
    }

    private static Work work(Tile tile) {
        return new Work(tile.samples() == Samples.SEPARATE ? Unit.SAMPLE : Unit.GROUP, tile.units());
    }

    /** Leading dimensions that tiles loop over; the next one are their columns, where samples are not. */
    private int loops() {
        return result().shape().rank() - (areColumns() ? 2 : 1);
    }

    private static List<Integer> strides(Layout layout, int dimensions) {
        return dimensions == 0
                ? List.of(0)
                : IntStream.range(0, dimensions)
                        .mapToObj(d -> layout.axis(d).stride())
                        .toList();
    }

    /** Of what is the same for each row. */
    private List<Integer> zeros() {
        return Collections.nCopies(Math.max(1, loops()), 0);
    }

    /** Of what lies as the result, or is the same for each of its rows, however many dimensions it has itself. */
    private Strides rows(BufferView view, int width) {
        if (!view.batched()) {
            return new Strides(0, width, zeros(), 0);
        }
        List<Integer> rows = strides(view.layout(), loops());
        return areColumns()
                ? new Strides(
                        view.sampleStride(),
                        width,
                        rows,
                        view.layout().axis(loops()).stride())
                : new Strides(0, width, rows, view.sampleStride());
    }
}
