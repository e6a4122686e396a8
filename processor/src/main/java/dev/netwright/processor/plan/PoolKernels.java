package dev.netwright.processor.plan;

import dev.netwright.processor.graph.FractionalWindow;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
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
        Nest.Loop channels = channels(node.output(), layouts);
        PoolIndex places = index ? strides(indices, null) : null;
        Pool kernel = new Pool(
                axes,
                channels,
                out.sampleStride(),
                in.sampleStride(),
                max,
                places,
                countIncludePad,
                divisor,
                shifts(axes, shifts),
                shifts.isEmpty() ? ends(axes.get(axes.size() - 1), channels, places) : 0);
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
        List<PoolAxis> axes = PoolAxis.of(windows, out.layout(), in.layout());
        Nest.Loop channels = channels(node.output(), out.layout(), in.layout(), indices.layout());
        PoolIndex places =
                max ? strides(indices, planner.maximaOffsets(node.inputs().get(1))) : null;
        int ends = max && places.offsets() == null && PoolGradient.collects(windows)
                ? collectedEnds(axes.get(axes.size() - 1), channels)
                : 0;
        PoolGradient kernel = new PoolGradient(
                axes, channels, out.sampleStride(), in.sampleStride(), places, countIncludePad, divisor, ends);
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
                StepPlanner.perSample(kernel.isStored() ? kernel.lines() : 1));
    }

    /** See {@link NarrowLines}: of a line of windows. */
    private static int ends(PoolAxis columns, Nest.Loop channels, PoolIndex index) {
        if (!(columns.windows() instanceof Window windows)) {
            return 0;
        }
        List<Axis> written = new ArrayList<>(List.of(columns.out()));
        if (index != null) {
            written.add(index.axes().get(index.axes().size() - 1));
        }
        int reach = (windows.kernel() - 1) * windows.dilation();
        Axis read = new Axis(windows.extent(), columns.in().stride());
        return NarrowLines.ends(
                windows.output(),
                channels,
                written,
                read,
                i -> Math.max(i * windows.stride() - windows.before(), 0),
                i -> Math.min(i * windows.stride() - windows.before() + reach, windows.extent() - 1));
    }

    /** The same of a line of elements that collect. */
    private static int collectedEnds(PoolAxis columns, Nest.Loop channels) {
        Window windows = (Window) columns.windows();
        Axis read = new Axis(windows.output(), columns.out().stride());
        return NarrowLines.ends(
                windows.extent(),
                channels,
                List.of(columns.in()),
                read,
                i -> Math.min(
                        Math.max((i + windows.before() - windows.kernel()) / windows.stride(), 0),
                        windows.output() - 1),
                i -> Math.min((i + windows.before()) / windows.stride(), windows.output() - 1));
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
