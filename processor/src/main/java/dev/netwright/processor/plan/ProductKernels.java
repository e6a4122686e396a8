package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.Tile.Extent;
import dev.netwright.processor.plan.Tile.Samples;
import dev.netwright.processor.plan.Tile.Sum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Products over the last dimension in register tiles, samples as columns: forward, by their input and by their
 * weight.
 */
final class ProductKernels extends AnchorKernels {
    ProductKernels(StepPlanner planner, Node node) {
        super(planner, node);
    }

    void forward() {
        BufferView x = view(input(0));
        BufferView y = view(result());
        Weights weights = parameters.weights(input(1));
        Kernel kernel = new Tile(
                new Extent(leading(result().shape()), 0, weights.passes()),
                Samples.COLUMNS,
                new Sum(
                        features(x.layout(), weights),
                        new Strides(0, 0, leadingStrides(x.layout()), x.sampleStride()),
                        weights.strides(zeros(x.layout()), 0),
                        fused.anchorInputs() > 2),
                store(y, view -> rows(view, weights.pass())));
        List<BufferView> operands = new ArrayList<>(List.of(x, view(input(1))));
        if (fused.anchorInputs() > 2) {
            operands.add(view(input(2)));
        }
        operands.add(y);
        operands.addAll(furtherViews());
        step("", kernel, operands, groups(weights.passes().count(), result().shape()));
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
        Kernel kernel = new Tile(
                new Extent(leading(result().shape()), 0, passes),
                Samples.COLUMNS,
                new Sum(
                        new SumLoops()
                                .add(
                                        weights.outputs(),
                                        gradient.layout().axis(last).stride(),
                                        Layout.LANES)
                                .joined(),
                        new Strides(0, 0, leadingStrides(gradient.layout()), gradient.sampleStride()),
                        transposed.strides(zeros(gradient.layout()).size()),
                        false),
                store(to, view -> rows(view, passes.width())));
        List<BufferView> operands = new ArrayList<>(List.of(gradient, transposed.view(), to));
        operands.addAll(furtherViews());
        step("Gradient", kernel, operands, groups(passes.count(), result().shape()));
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
        step("Gradient", kernel, operands, new Work(Unit.STEP, weights.rows() / LaneSums.ROWS));
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
        int leading = input(0).shape().rank() - 1;
        SumLoops sum = new SumLoops();
        for (int d = 0; d < leading; d++) {
            sum.add(
                    input(0).shape().size(d),
                    x.layout().axis(d).stride(),
                    gradient.layout().axis(d).stride());
        }
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
        Kernel kernel = new Tile(
                new Extent(counts, inner.count(), weights.passes()),
                leading == 0 ? Samples.SUMMED : Samples.ACCUMULATED,
                new Sum(leading == 0 ? List.of() : sum.joined(), a, b, false),
                Store.added(c));
        int rows = counts.stream().reduce(1, Math::multiplyExact);
        // without leading dimensions the columns of one row are the units, a few registers at a time: a product has one
        // row, and threads want more to share
        int parts = leading == 0 ? (inner.count() + Planner.GROUP - 1) / Planner.GROUP : 1;
        step(
                "WeightGradient",
                kernel,
                List.of(x, gradient, to),
                new Work(Unit.STEP, weights.passes().count() * rows * parts));
    }

    private static Work groups(int blocks, Shape shape) {
        int rows = leading(shape).stream().reduce(1, Math::multiplyExact);
        return new Work(Unit.GROUP, blocks * rows);
    }

    private static List<Integer> leading(Shape shape) {
        return shape.rank() == 1 ? List.of(1) : shape.sizes().subList(0, shape.rank() - 1);
    }

    private static List<Integer> leadingStrides(Layout layout) {
        int rank = layout.dimensions().size();
        return rank == 1
                ? List.of(0)
                : java.util.stream.IntStream.range(0, rank - 1)
                        .mapToObj(d -> layout.axis(d).stride())
                        .toList();
    }

    private static List<Integer> zeros(Layout layout) {
        return Collections.nCopies(Math.max(1, layout.dimensions().size() - 1), 0);
    }

    /** Of what lies as the result, or is the same for each of its rows, however many dimensions it has itself. */
    private Strides rows(BufferView view, int width) {
        return view.batched()
                ? new Strides(0, width, leadingStrides(view.layout()), view.sampleStride())
                : new Strides(0, width, zeros(view(result()).layout()), 0);
    }
}
