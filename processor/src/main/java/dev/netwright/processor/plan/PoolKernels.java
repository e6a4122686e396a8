package dev.netwright.processor.plan;

import dev.netwright.processor.graph.FractionalWindow;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pools that are not part of a convolution's tiles, and the gradients of all pools. */
final class PoolKernels {
    private final StepPlanner planner;
    private final Node node;

    PoolKernels(StepPlanner planner, Node node) {
        this.planner = planner;
        this.node = node;
    }

    void plan(Primitive primitive) {
        if (primitive instanceof Primitive.MaxPool pool) {
            forward(pool.windows(), true, true, 0);
        } else if (primitive instanceof Primitive.AveragePool pool) {
            forward(pool.windows(), false, pool.countIncludePad(), pool.divisor());
        } else if (primitive instanceof Primitive.MaxPoolGradient pool) {
            backward(pool.windows(), true, true, 0);
        } else {
            Primitive.AveragePoolGradient pool = (Primitive.AveragePoolGradient) primitive;
            backward(pool.windows(), false, pool.countIncludePad(), pool.divisor());
        }
    }

    /** Each element to all of its window. */
    void scatter(List<PoolWindow> windows) {
        backward(windows, false, true, 1);
    }

    /** The sum of each window. */
    void sum(List<PoolWindow> windows) {
        forward(windows, false, true, 1);
    }

    private void forward(List<PoolWindow> windows, boolean max, boolean countIncludePad, int divisor) {
        BufferView out = planner.buffers().of(node.output());
        BufferView in = planner.buffers().of(node.inputs().get(0));
        boolean index = max && planner.buffers().isStored(node.outputs().get(1));
        List<BufferView> operands = new ArrayList<>(List.of(out));
        if (index) {
            operands.add(planner.buffers().of(node.outputs().get(1)));
        }
        operands.add(in);
        BufferView indices = index ? operands.get(1) : out;
        List<PoolAxis> axes = PoolAxis.of(windows, out.layout(), in.layout());
        List<BufferView> shifts = node.inputs().subList(1, node.inputs().size()).stream()
                .map(planner.buffers()::of)
                .toList();
        operands.addAll(shifts);
        Layout[] layouts = Stream.concat(Stream.of(out, in, indices), shifts.stream())
                .map(BufferView::layout)
                .toArray(Layout[]::new);
        Pool kernel = new Pool(
                axes,
                channels(node.output(), layouts),
                out.sampleStride(),
                in.sampleStride(),
                max,
                index ? strides(indices, null) : null,
                countIncludePad,
                divisor,
                shifts(axes, shifts));
        planner.step(
                Planner.suffix(node),
                node.output().label(),
                kernel,
                operands,
                StepPlanner.perSample(PoolAxis.lines(kernel.axes())));
    }

    private static List<Pool.Shift> shifts(List<PoolAxis> axes, List<BufferView> views) {
        int[] drawn = IntStream.range(0, axes.size())
                .filter(axis -> axes.get(axis).windows() instanceof FractionalWindow)
                .toArray();
        return IntStream.range(0, drawn.length)
                .mapToObj(i -> new Pool.Shift(
                        drawn[i],
                        views.get(i).layout().axis(1).stride(),
                        views.get(i).sampleStride()))
                .toList();
    }

    private void backward(List<PoolWindow> windows, boolean max, boolean countIncludePad, int divisor) {
        BufferView in = planner.buffers().of(node.output());
        BufferView out = planner.buffers().of(node.inputs().get(0));
        List<BufferView> operands = new ArrayList<>(List.of(in, out));
        if (max) {
            operands.add(planner.buffers().of(node.inputs().get(1)));
        }
        BufferView indices = operands.get(operands.size() - 1);
        PoolGradient kernel = new PoolGradient(
                PoolAxis.of(windows, out.layout(), in.layout()),
                channels(node.output(), out.layout(), in.layout(), indices.layout()),
                out.sampleStride(),
                in.sampleStride(),
                max ? strides(indices, planner.maximaOffsets(node.inputs().get(1))) : null,
                countIncludePad,
                divisor);
        Layout layout = in.layout();
        if (!kernel.isStored()) {
            planner.step(
                    "Fill",
                    node.output().label() + " = 0",
                    new Kernel.Fill(layout.size(), in.sampleStride(), 0),
                    List.of(in.shifted(-layout.offset())),
                    StepPlanner.perSample(1));
        }
        planner.step(
                Planner.suffix(node),
                node.output().label(),
                kernel,
                operands,
                StepPlanner.perSample(kernel.isStored() ? PoolAxis.lines(kernel.axes()) : 1));
    }

    private static PoolIndex strides(BufferView indices, PixelSteps offsets) {
        return new PoolIndex(indices.layout().places(), indices.sampleStride(), offsets);
    }

    /**
     * The loop over channels: stride of the pooled, of the unpooled, of the indices, of the shifts; over padding lanes
     * where all have them.
     */
    static Nest.Loop channels(Value value, Layout... layouts) {
        int count = value.shape().size(0);
        int wide = Layout.roundUp(count);
        boolean lanes = Arrays.stream(layouts).allMatch(layout -> layout.axis(0).stride() == 1 && layout.hasVectors(0));
        List<Integer> strides =
                Arrays.stream(layouts).map(layout -> layout.axis(0).stride()).toList();
        return new Nest.Loop(lanes ? wide : count, strides);
    }
}
