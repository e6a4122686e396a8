package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;

/** The largest or mean of windows. Operands: out, [index], in. */
public record Pool(
        List<PoolAxis> axes,
        Nest.Loop channels,
        int outSample,
        int inSample,
        boolean max,
        PoolIndex index,
        boolean countIncludePad,
        int divisor)
        implements Kernel {
    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("out")
                .floatsIf(index != null, "index")
                .floats("in")
                .list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        accesses.add(PoolAccesses.windows(Access.read("in").samples(inSample), axes, channels));
        accesses.add(PoolAccesses.pooled(Access.write("out").samples(outSample), axes, channels));
        if (index != null) {
            accesses.add(PoolAccesses.indices(Access.write("index"), index, axes, channels));
        }
        return accesses;
    }
}
