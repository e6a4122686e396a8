package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive.Resample;
import dev.netwright.processor.graph.Primitive.Windows;
import dev.netwright.processor.graph.Taps;
import java.util.List;

/** Images with other numbers of rows and columns. */
final class ResampleKernels {
    private final StepPlanner planner;
    private final Node node;

    ResampleKernels(StepPlanner planner, Node node) {
        this.planner = planner;
        this.node = node;
    }

    /**
     * Where every cell is copied to a block of equal size, the blocks are a pool's windows: copying is then what a pool
     * does to a gradient, and adding up a block what it does to an image, if nothing is divided.
     */
    void plan(Resample resample) {
        Windows rows = blocks(resample.rows());
        Windows columns = blocks(resample.columns());
        Windows summedRows = blocks(resample.rows().transposed());
        Windows summedColumns = blocks(resample.columns().transposed());
        if (rows != null && columns != null) {
            new PoolKernels(planner, node).scatter(rows, columns);
        } else if (summedRows != null && summedColumns != null) {
            new PoolKernels(planner, node).sum(summedRows, summedColumns);
        } else {
            weighted(resample);
        }
    }

    /** The blocks along one dimension; null where they differ. */
    private static Windows blocks(Taps taps) {
        int each = taps.repeats();
        return each == 0 ? null : new Windows(taps.size(), taps.inputs(), each, each, 0, 1, false);
    }

    private void weighted(Resample resample) {
        BufferView out = planner.buffers().of(node.output());
        BufferView in = planner.buffers().of(node.inputs().get(0));
        Kernel kernel = new Resampling(
                resample.rows(),
                resample.columns(),
                PoolKernels.channels(node.output(), out.layout(), in.layout()),
                out.layout().axis(1),
                out.layout().axis(2),
                in.layout().axis(1),
                in.layout().axis(2),
                out.sampleStride(),
                in.sampleStride());
        planner.step(
                Planner.suffix(node),
                node.output().label(),
                kernel,
                List.of(out, in),
                StepPlanner.perSample(resample.rows().size()));
    }
}
