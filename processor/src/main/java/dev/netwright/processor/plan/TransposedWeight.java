package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.Collections;
import java.util.List;

/**
 * A product's weight in the order in which the gradient by its input sums it: a copy that is made once for all samples.
 *
 * @param view of the copy
 * @param weights as they are stored
 * @param passes over the features
 */
record TransposedWeight(BufferView view, Weights weights, Passes passes) {
    /** Plans the copy. */
    static TransposedWeight of(StepPlanner planner, Value weight) {
        Weights weights = planner.parameters().weights(weight);
        BufferView packed =
                planner.prepared(Layout.vector(Math.multiplyExact(Layout.roundUp(weights.rows()), weights.outputs())));
        Passes passes = Passes.of(weights.rows(), Weights.PRODUCT);
        TransposedWeight transposed = new TransposedWeight(packed, weights, passes);
        Kernel kernel = new Kernel.Transpose(
                1,
                weights.outputs(),
                weights.rows(),
                Layout.LANES,
                transposed.block(),
                weights.width(),
                weights.block(),
                List.of(new Kernel.Tap(0, 0)));
        planner.step(
                "Transposed",
                weight.name() + " transposed",
                kernel,
                List.of(packed, planner.buffers().of(weight)),
                new Work(Unit.STEP, passes.lanes()));
        return transposed;
    }

    private int block() {
        return weights.outputs() * Layout.LANES;
    }

    /** @param rows loops around a tile */
    Strides strides(int rows) {
        return Weights.strides(block(), passes.width(), Collections.nCopies(rows, 0), 0);
    }
}
