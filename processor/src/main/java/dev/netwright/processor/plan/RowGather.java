package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ElementType;
import java.util.List;

/**
 * out[unit] = weight[indices[unit]], row by row. Units are the indices of all samples. Operands: out, weight, indices.
 *
 * @param rows of the weight
 * @param rowLength floats of a row
 * @param positions indices of a sample
 * @param outSample floats of out from a sample to the next
 */
public record RowGather(int rows, int rowLength, int positions, int outSample) implements Kernel {
    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("out", "weight")
                .add("indices", ElementType.INT32)
                .list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        return List.of(
                Access.read("indices").samples(positions).floats(positions),
                Access.read("weight").floats(rows * rowLength),
                Access.write("out").samples(outSample).floats(positions * rowLength));
    }
}
