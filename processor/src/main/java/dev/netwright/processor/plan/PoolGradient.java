package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a pool, added to a cleared result where windows may share elements or leave some out. Operands:
 * gradient of in, gradient of out, [index].
 */
public record PoolGradient(
        List<PoolAxis> axes,
        Nest.Loop channels,
        int outSample,
        int inSample,
        PoolIndex index,
        boolean countIncludePad,
        int divisor)
        implements Kernel {
    public boolean max() {
        return index != null;
    }

    /** Whether each element is written once; rows of windows then are the units of work, else samples. */
    public boolean isStored() {
        return axes.stream().allMatch(axis -> axis.windows().isPartition());
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("image", "pooled")
                .floatsIf(index != null, "index")
                .list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        accesses.add(PoolAccesses.pooled(Access.read("pooled").samples(outSample), axes, channels));
        if (index != null) {
            accesses.add(PoolAccesses.indices(Access.read("index"), index, axes, channels));
        }
        Access in = (isStored() ? Access.write("image") : Access.update("image")).samples(inSample);
        accesses.add(PoolAccesses.windows(in, axes, channels));
        return accesses;
    }
}
