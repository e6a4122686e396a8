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
    private final BufferView vectors;
    private final BufferView blocks;

    WeightGradientOperands(StepPlanner planner, Node node) {
        this.planner = planner;
        this.layouts = planner.layouts();
        this.node = node;
        // both before either is copied: of two buffers of one size, the one asked for first lies lower
        this.vectors = asFast(planner.buffers().of(node.inputs().get(1)), layouts.vectors(node));
        this.blocks = asFast(planner.buffers().of(node.inputs().get(0)), layouts.blocked(node));
    }

    private BufferView asFast(BufferView own, Layout fast) {
        return fast.equals(own.layout()) ? own : planner.perSample(fast);
    }

    /** The gradient that is loaded, its lanes in whole vectors. */
    BufferView vectors() {
        Value gradient = node.inputs().get(1);
        BufferView from = planner.buffers().of(gradient);
        if (vectors.equals(from)) {
            return from;
        }
        if (vectors.layout().size() > gradient.shape().elements()) {
            Kernel zeros = new Kernel.Fill(vectors.layout().size(), vectors.sampleStride(), 0f);
            planner.step("Cleared", "", zeros, List.of(vectors), StepPlanner.perSample(1));
        }
        planner.copy("Vectors", from, vectors, gradient, gradient.label() + " in whole vectors");
        return vectors;
    }

    /** What the gradient is multiplied with, by blocks of channels. */
    BufferView blocks() {
        Value x = node.inputs().get(0);
        BufferView from = planner.buffers().of(x);
        if (blocks.equals(from)) {
            return from;
        }
        Layout target = layouts.withBorder(blocks.layout(), x);
        Layout source = layouts.withBorder(from.layout(), x);
        Shape shape = x.shape();
        for (int d = 1; d < shape.rank(); d++) {
            shape = shape.with(d, source.axis(d).extent());
        }
        Nest nest = Nest.over(shape, List.of(target, source), 0, false);
        planner.elementwise(
                "Blocks",
                x.label() + " in blocks of channels",
                nest,
                Expr.arg(0),
                false,
                List.of(blocks.with(target), from.with(source)));
        return blocks;
    }
}
