package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Halos.Border;
import dev.netwright.processor.plan.Halos.Halo;
import dev.netwright.processor.plan.Kernel.ClearBorder.Span;
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
        Span rows = new Span(layout.rows().extent(), rowLength, first);
        Kernel kernel = new Kernel.ClearBorder(
                layout.size(),
                planes(layout, halo),
                rows,
                sides.before() * columns.stride(),
                sides.after() * columns.stride());
        return planner.draft(
                "Border",
                "zeros around " + value.label(),
                kernel,
                List.of(view.shifted(-layout.offset())),
                StepPlanner.perSample(1));
    }

    private static Span planes(Layout layout, Halo halo) {
        if (layout.lines().size() == 1) {
            return new Span(1, layout.size(), 0);
        }
        Axis planes = layout.lines().get(0);
        return new Span(planes.extent(), planes.stride(), halo.axis(0).before() * planes.stride());
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
