package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Place.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the caller's arrays into the layouts that the network computes in; bytes and ints become floats on the way, and
 * what normalises them is part of it.
 */
final class InputKernels {
    private static final int BYTES = 256;

    private final StepPlanner planner;
    private final Value input;
    private final BufferView from;

    InputKernels(StepPlanner planner, Value input, int index) {
        this.planner = planner;
        this.input = input;
        this.from = Buffer.at(Array.INPUT, index, Layout.rowMajor(input.shape()), true);
    }

    /** The input as it is. */
    void copy(BufferView to) {
        load(input.label() + " from the caller", Expr.arg(0), false, List.of(to, from));
    }

    /** What a node makes of the input and further values. */
    void plan(Node node, Primitive primitive) {
        List<BufferView> operands = new ArrayList<>(List.of(planner.buffers().of(node.output()), from));
        boolean lookup = primitive instanceof Primitive.Lookup;
        if (lookup) {
            BufferView table = planner.buffers().of(node.inputs().get(1));
            operands.add(table.with(rows(node.inputs().get(1).shape().size(0))));
        } else {
            node.inputs().stream()
                    .skip(1)
                    .forEach(value -> operands.add(planner.buffers().of(value)));
        }
        Expr expr = lookup ? Expr.arg(1) : ((Primitive.Load) primitive).expr();
        load(node.output().label() + " from the caller's " + input.name(), expr, lookup, operands);
    }

    /** The table's rows along the input's channels. */
    private Layout rows(int count) {
        List<List<Axis>> dimensions =
                new ArrayList<>(Collections.nCopies(input.shape().rank(), List.of(new Axis(1, 0))));
        if (!dimensions.isEmpty()) {
            dimensions.set(0, List.of(new Axis(count, BYTES)));
        }
        return new Layout(dimensions, 0, BYTES * count, 1);
    }

    private void load(String comment, Expr expr, boolean lookup, List<BufferView> operands) {
        List<Layout> layouts = operands.stream().map(BufferView::layout).toList();
        Nest nest = Nest.over(input.shape(), layouts, 0, false);
        planner.elementwise(
                "",
                comment,
                nest,
                expr,
                false,
                operands,
                loops -> input.type() == ElementType.FLOAT32 ? loops : new Kernel.Load(loops, input.type(), lookup));
    }
}
