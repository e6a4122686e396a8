package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reductions of each sample, and of the batch: those of a row are combined when all have their samples' parts. */
final class ReductionKernels {
    private final StepPlanner planner;
    private final ReductionRuns runs;
    private final List<Draft> combinations = new ArrayList<>();

    ReductionKernels(StepPlanner planner) {
        this.planner = planner;
        this.runs = new ReductionRuns(planner.graph());
    }

    void plan(Node node, Reduce reduce) {
        Value output = node.output();
        Layouts layouts = planner.layouts();
        List<Layout> operands = new ArrayList<>(List.of(layouts.of(output)));
        node.inputs().forEach(value -> operands.add(layouts.of(value)));
        Nest nest = Nest.over(node.space(), operands, 1 + largestInput(node), true);
        Nest kept = nest.where(0, true);
        Nest combined = nest.where(0, false);
        int elements = combined.loops().stream().mapToInt(Nest.Loop::count).reduce(1, Math::multiplyExact);
        boolean mean = reduce.kind() == Reduce.Kind.MEAN;
        Layout layout = layouts.of(output);
        BufferView result = planner.buffers().of(output);
        BufferView to = reduce.overBatch() ? planner.perSample(layout) : result;
        List<BufferView> all = new ArrayList<>(List.of(to));
        node.inputs().forEach(value -> all.add(planner.buffers().of(value)));
        List<Integer> samples = all.stream().map(BufferView::sampleStride).toList();
        int divisor = mean && !reduce.overBatch() ? elements : 1;
        Kernel kernel;
        if (LaneReduction.suits(kept, combined)) {
            kernel = LaneReduction.of(kept, combined, samples, reduce.kind(), reduce.expr(), divisor);
            all.add(LaneReduction.LANES, planner.local(Layout.LANES));
        } else {
            PartialSums sums =
                    reduce.kind() == Reduce.Kind.MAX ? new PartialSums(combined, 0) : PartialSums.of(combined);
            kernel = new Kernel.Reduction(
                    kept, sums.loops(), sums.parts(), samples, reduce.kind(), reduce.expr(), divisor);
        }
        String suffix = Planner.suffix(node, output);
        planner.step(suffix, output.label(), kernel, all, StepPlanner.perSample(1));
        if (reduce.overBatch()) {
            combinations.add(planner.draft(
                    suffix + "Combined",
                    output.label() + " over the batch",
                    new Kernel.Combine(layout.size(), mean ? elements : 0),
                    List.of(result, to),
                    StepPlanner.once()));
        }
    }

    /**
     * Combines what the row of reductions that ends with a node has left to combine.
     *
     * @param position of the node in the program, whose own steps are planned
     */
    void planned(int position) {
        if (runs.isEnd(position)) {
            combinations.forEach(planner::add);
            combinations.clear();
        }
    }

    /** The first input that has an element for each that is gone over; the first of all where none has. */
    private static int largestInput(Node node) {
        return IntStream.range(0, node.inputs().size())
                .filter(i -> node.inputs().get(i).shape().equals(node.space()))
                .findFirst()
                .orElse(0);
    }
}
