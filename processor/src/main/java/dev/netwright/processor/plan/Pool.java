package dev.netwright.processor.plan;

import dev.netwright.processor.graph.PoolWindow;
import java.util.ArrayList;
import java.util.List;

/** The largest or mean of windows. Operands: out, [index], in. */
public record Pool(
        PoolWindow rows,
        PoolWindow columns,
        Nest.Loop channels,
        Axis outRows,
        Axis outColumns,
        Axis inRows,
        Axis inColumns,
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
        accesses.add(
                PoolAccesses.windows(Access.read("in").samples(inSample), rows, inRows, columns, inColumns, channels));
        accesses.add(PoolAccesses.pooled(
                Access.write("out").samples(outSample), rows, outRows, columns, outColumns, channels, 0));
        if (index != null) {
            accesses.add(PoolAccesses.indices(Access.write("index"), index, rows, columns, channels));
        }
        return accesses;
    }
}
