package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/** What a weight gradient in tiles reads, copied beforehand where it does not lie as that is fast to read. */
final class WeightGradientOperands {
    private final StepPlanner planner;
    private final Layouts layouts;
    private final Node node;

    WeightGradientOperands(StepPlanner planner, Node node) {
        this.planner = planner;
        this.layouts = planner.layouts();
        this.node = node;
    }

    /** The gradient that is loaded, its lanes in whole vectors. */
    BufferView vectors() {
        Value gradient = node.inputs().get(1);
        BufferView from = planner.buffers().of(gradient);
        Layout layout = layouts.vectors(node);
        if (layout.equals(from.layout())) {
            return from;
        }
        BufferView to = planner.perSample(layout);
        Kernel zeros = new Kernel.Fill(layout.size(), layout.size(), 0f);
        planner.step("Cleared", "", zeros, List.of(to), StepPlanner.perSample(1));
        planner.copy("Vectors", from, to, gradient, gradient.label() + " in whole vectors");
        return to;
    }

    /** What the gradient is multiplied with, by blocks of channels. */
    BufferView blocks() {
        Value x = node.inputs().get(0);
        BufferView from = planner.buffers().of(x);
        Layout layout = layouts.blocked(node);
        if (layout.equals(from.layout())) {
            return from;
        }
        BufferView to = planner.perSample(layout);
        Layout target = layouts.withBorder(to.layout(), x);
        Layout source = layouts.withBorder(from.layout(), x);
        Shape shape = Shape.of(
                x.shape().size(0), source.axis(1).extent(), source.axis(2).extent());
        Nest nest = Nest.over(shape, List.of(target, source), 0, false);
        planner.elementwise(
                "Blocks",
                x.label() + " in blocks of channels",
                nest,
                Expr.arg(0),
                false,
                List.of(to.with(target), from.with(source)));
        return to;
    }
}
