package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.List;

/** Rows that are read, and added to, by the indices in an input of the caller's. */
final class RowKernels {
    private final StepPlanner planner;
    private final Node node;
    private final Value indices;

    RowKernels(StepPlanner planner, Node node) {
        this.planner = planner;
        this.node = node;
        this.indices = node.inputs().get(0);
    }

    void gather() {
        Value weight = node.inputs().get(1);
        Kernel kernel = new RowGather(
                weight.shape().size(0),
                rowLength(weight.shape()),
                indices.shape().elements(),
                of(node.output()).sampleStride());
        planner.step(
                "",
                node.output().label() + " by " + indices.name(),
                kernel,
                List.of(of(node.output()), of(weight), caller()),
                StepPlanner.perSample(indices.shape().elements()));
    }

    void gradient(Primitive.GatherGradient gradient) {
        Shape weight = node.output().shape();
        Value rows = node.inputs().get(1);
        RowScatter kernel = new RowScatter(
                weight.size(0),
                rowLength(weight),
                indices.shape().elements(),
                gradient.padding(),
                rows.shape().elements() == rowLength(weight),
                gradient.byFrequency(),
                of(rows).sampleStride());
        List<BufferView> operands =
                new ArrayList<>(List.of(planner.buffers().gradient(node.output()), of(rows), caller()));
        if (gradient.byFrequency()) {
            operands.add(Buffer.at(Array.INDEX_COUNTS, input(), Layout.vector(weight.size(0)), false));
        }
        planner.step(
                Planner.suffix(node, node.output()),
                "gradient of " + node.output().name() + " by " + indices.name(),
                kernel,
                operands,
                new Work(Unit.STEP, kernel.units()));
    }

    private static int rowLength(Shape weight) {
        return weight.elements() / weight.size(0);
    }

    private BufferView caller() {
        return Buffer.at(Array.INPUT, input(), Layout.rowMajor(indices.shape()), true);
    }

    private int input() {
        return planner.graph().inputs().indexOf(indices);
    }

    private BufferView of(Value value) {
        return planner.buffers().of(value);
    }
}
