package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive.Resample;
import dev.netwright.processor.graph.Window;
import java.util.ArrayList;
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
     * does to a gradient, and adding up a block what it does to an image, if nothing is divided. A pool goes through
     * channels that are no whole vectors one by one, though.
     */
    void plan(Resample resample) {
        List<PoolWindow> copied = blocks(resample);
        List<PoolWindow> summed = blocks(resample.transposed());
        if (!hasWholeVectors()) {
            weighted(resample);
        } else if (copied.size() == resample.axes().size()) {
            new PoolKernels(planner, node).scatter(copied);
        } else if (summed.size() == resample.axes().size()) {
            new PoolKernels(planner, node).sum(summed);
        } else {
            weighted(resample);
        }
    }

    private boolean hasWholeVectors() {
        Nest.Loop channels = channels();
        return channels.wholeVectors() == channels.count();
    }

    private Nest.Loop channels() {
        return PoolKernels.channels(
                node.output(),
                planner.buffers().of(node.output()).layout(),
                planner.buffers().of(node.inputs().get(0)).layout());
    }

    /** The blocks along each axis where all are of one size. */
    private static List<PoolWindow> blocks(Resample resample) {
        return resample.axes().stream()
                .filter(taps -> taps.repeats() > 0)
                .<PoolWindow>map(taps -> Window.blocks(taps.size(), taps.repeats()))
                .toList();
    }

    private void weighted(Resample resample) {
        BufferView out = planner.buffers().of(node.output());
        BufferView in = planner.buffers().of(node.inputs().get(0));
        Resampling kernel = new Resampling(
                resample.rows(),
                resample.columns(),
                channels(),
                out.layout().rows(),
                out.layout().columns(),
                in.layout().rows(),
                in.layout().columns(),
                out.sampleStride(),
                in.sampleStride());
        List<BufferView> operands = new ArrayList<>(List.of(out, in));
        if (!kernel.isInPlace()) {
            operands.add(planner.local(kernel.local()));
        }
        planner.step(
                Planner.suffix(node),
                node.output().label(),
                kernel,
                operands,
                StepPlanner.perSample(resample.rows().size()));
    }
}
