package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Halos.Border;
import dev.netwright.processor.plan.Halos.Halo;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.List;

/** Zeros around values and beyond their elements, as their readers want them. */
final class ZeroKernels {
    private final StepPlanner planner;
    private final Layouts layouts;

    ZeroKernels(StepPlanner planner) {
        this.planner = planner;
        this.layouts = planner.layouts();
    }

    /** Around what a node computes, before it does; not where its kernel writes to the border. */
    void borders(Node node) {
        if (!(Primitive.Fused.anchor(node) instanceof Primitive.SparseInputGradient)) {
            node.outputs().forEach(this::border);
        }
    }

    /** Around a value whose memory others may have written to. */
    void border(Value value) {
        if (value.batched() && layouts.hasHalo(value)) {
            planner.add(cleared(value).restoring());
        }
    }

    /** After a kernel that writes to the border: zeros again, if somebody reads them. */
    void borderAgain(Value value) {
        if (layouts.readsHalo(value)) {
            planner.add(cleared(value));
        }
    }

    private Draft cleared(Value value) {
        BufferView view = planner.buffers().of(value);
        Halo halo = layouts.halo(value);
        Layout layout = view.layout();
        int axes = value.shape().rank() - 1;
        Axis columns = layout.columns();
        Border sides = halo.axis(axes - 1);
        int rowLength = sides.around(columns.extent()) * columns.stride();
        int first = axes == 1 ? 0 : halo.axis(axes - 2).before() * rowLength;
        Kernel kernel = new Kernel.ClearBorder(
                layout.size(),
                layout.rows().extent(),
                rowLength,
                first,
                sides.before() * columns.stride(),
                sides.after() * columns.stride());
        return planner.draft(
                "Border",
                "zeros around " + value.label(),
                kernel,
                List.of(view.shifted(-layout.offset())),
                StepPlanner.perSample(1));
    }

    /** After a kernel that adds whole vectors to a weight's gradient: zeros again beyond the last output. */
    void lanesAgain(Value gradient) {
        Weights weights = planner.weightsOf(gradient);
        if (weights.outputs() % weights.width() == 0) {
            return;
        }
        planner.step(
                "PaddingCleared",
                "zeros beyond the last output of " + gradient.name(),
                new Kernel.ClearLanes(weights.outputs(), weights.rows(), weights.width()),
                List.of(planner.buffers().gradient(gradient)),
                new Work(Unit.STEP, weights.rows()));
    }
}
