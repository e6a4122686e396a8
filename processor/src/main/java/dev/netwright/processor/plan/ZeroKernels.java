package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
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
        int rowLength = layout.axis(1).stride();
        int first = halo.top() * rowLength;
        Kernel kernel = new Kernel.ClearBorder(
                layout.size(),
                value.shape().size(1),
                rowLength,
                first,
                halo.left() * layout.axis(2).stride(),
                halo.right() * layout.axis(2).stride());
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
