package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Pad;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Padding and joining: copies between sections of layouts. */
final class CopyKernels {
    /**
     * A run of elements along one dimension of a padded value.
     *
     * @param start first element in the padded value
     * @param count elements
     * @param source first element in the original
     * @param step in the original, from one to the next
     */
    private record Run(int start, int count, int source, int step) {}

    private final StepPlanner planner;
    private final Node node;

    CopyKernels(StepPlanner planner, Node node) {
        this.planner = planner;
        this.node = node;
    }

    void plan(Primitive primitive) {
        if (primitive instanceof Pad pad) {
            pad(pad);
        } else if (primitive instanceof Primitive.PadGradient gradient) {
            padGradient(gradient.pad());
        } else {
            concatenate(((Primitive.Concatenate) primitive).dimension());
        }
    }

    private void pad(Pad pad) {
        BufferView to = view(node.output());
        Value x = node.inputs().get(0);
        if (pad.mode() == Pad.Mode.CONSTANT) {
            fill(to, pad.value());
            if (pad.value() != 0) {
                new ZeroKernels(planner).borderAgain(node.output());
            }
        }
        int region = 0;
        for (List<Run> runs : regions(pad, x.shape())) {
            copy("Region" + region++, runs, to, view(x), false);
        }
    }

    private void padGradient(Pad pad) {
        BufferView to = view(node.output());
        fill(to, 0);
        int region = 0;
        for (List<Run> runs : regions(pad, node.output().shape())) {
            copy("Region" + region++, runs, view(node.inputs().get(0)), to, true);
        }
    }

    private void fill(BufferView to, float value) {
        Layout layout = to.layout();
        planner.step(
                "Fill",
                node.output().label() + " = " + value,
                new Kernel.Fill(layout.size(), to.sampleStride(), value),
                List.of(to.with(layout.shifted(-layout.offset()))),
                StepPlanner.perSample(1));
    }

    /** Copies the runs from the original to the padded, or adds the padded's gradient to the original's. */
    private void copy(String suffix, List<Run> runs, BufferView padded, BufferView original, boolean backward) {
        Layout outer = padded.layout();
        Layout inner = original.layout();
        int[] counts = new int[runs.size()];
        for (int d = 0; d < runs.size(); d++) {
            Run run = runs.get(d);
            outer = outer.section(d, run.start(), run.count(), 1);
            inner = inner.section(d, run.source(), run.count(), run.step());
            counts[d] = run.count();
        }
        Layout to = backward ? inner : outer;
        Layout from = backward ? outer : inner;
        Nest nest = Nest.over(Shape.of(counts), List.of(to, from), backward ? 1 : 0, true);
        List<BufferView> operands = backward
                ? List.of(original.with(to), padded.with(from))
                : List.of(padded.with(to), original.with(from));
        planner.elementwise(suffix, node.output().label(), nest, Expr.arg(0), backward, operands);
    }

    /** Every combination of runs along the dimensions. */
    private static List<List<Run>> regions(Pad pad, Shape shape) {
        List<List<Run>> regions = new ArrayList<>(List.of(List.of()));
        for (int d = 0; d < shape.rank(); d++) {
            List<List<Run>> longer = new ArrayList<>();
            for (List<Run> region : regions) {
                for (Run run : runs(pad.mode(), pad.before().get(d), pad.after().get(d), shape.size(d))) {
                    List<Run> extended = new ArrayList<>(region);
                    extended.add(run);
                    longer.add(extended);
                }
            }
            regions = longer;
        }
        return regions;
    }

    /** Where a dimension of the padded value comes from; nothing does where all of the original is cut. */
    private static List<Run> runs(Pad.Mode mode, int before, int after, int size) {
        List<Run> runs = new ArrayList<>();
        int cutBefore = Math.max(0, -before);
        int cutAfter = Math.max(0, -after);
        if (cutBefore + cutAfter < size) {
            runs.add(new Run(Math.max(0, before), size - cutBefore - cutAfter, cutBefore, 1));
        }
        if (before > 0) {
            switch (mode) {
                case REFLECT -> runs.add(new Run(0, before, before, -1));
                case REPLICATE -> runs.add(new Run(0, before, 0, 0));
                case CIRCULAR -> runs.add(new Run(0, before, size - before, 1));
                default -> {}
            }
        }
        int end = before + size;
        if (after > 0) {
            switch (mode) {
                case REFLECT -> runs.add(new Run(end, after, size - 2, -1));
                case REPLICATE -> runs.add(new Run(end, after, size - 1, 0));
                case CIRCULAR -> runs.add(new Run(end, after, 0, 1));
                default -> {}
            }
        }
        return runs;
    }

    private void concatenate(int dimension) {
        BufferView to = view(node.output());
        int start = 0;
        int index = 0;
        for (Value input : node.inputs()) {
            int size = input.shape().size(dimension);
            Layout section = to.layout().section(dimension, start, size, 1);
            Nest nest = Nest.over(input.shape(), List.of(section, view(input).layout()), 0, true);
            planner.elementwise(
                    "Part" + index++,
                    input.label() + " into " + node.output().label(),
                    nest,
                    Expr.arg(0),
                    false,
                    List.of(to.with(section), view(input)));
            start += size;
        }
    }

    private BufferView view(Value value) {
        return planner.buffers().of(value);
    }
}
