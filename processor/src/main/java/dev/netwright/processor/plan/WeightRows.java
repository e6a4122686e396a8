package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A weight, or its gradient, moved between its own order and rows by output. Operands: rows, weight; or weight, rows
 * where {@code back}.
 *
 * @param back whether from the rows to the weight
 * @param outputs number of outputs
 * @param paddedOutputs rows in all; zeros beyond the outputs
 * @param inputs number of input channels
 * @param paddedInputs places of a row's tap that are written; zeros beyond the inputs
 * @param outputRow floats from an output's row to the next
 * @param width input channels of a block
 * @param block floats from one block to the next
 * @param sourceWidth lanes of a block of the weight
 * @param sourceBlock floats from one block of the weight to the next
 * @param taps where each tap lies in a row and in the weight; with a negative place in the weight it is a zero
 */
public record WeightRows(
        boolean back,
        int outputs,
        int paddedOutputs,
        int inputs,
        int paddedInputs,
        int outputRow,
        int width,
        int block,
        int sourceWidth,
        int sourceBlock,
        List<Tap> taps)
        implements Kernel {
    public WeightRows {
        taps = List.copyOf(taps);
    }

    @Override
    public List<Operand> operands() {
        return back ? Operand.floats("weight", "rows") : Operand.floats("rows", "weight");
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> own = new ArrayList<>();
        List<Access> rows = new ArrayList<>();
        for (Tap tap : taps) {
            if (tap.source() >= 0) {
                own.add(Access.of("weight", back ? Access.Mode.WRITE : Access.Mode.READ, Access.Padding.NONE)
                        .from(tap.source())
                        .loop((outputs + sourceWidth - 1) / sourceWidth, sourceBlock)
                        .floats(inputs * sourceWidth));
            }
            if (tap.source() >= 0 || !back) {
                rows(rows, tap.packed());
            }
        }
        List<Access> accesses = new ArrayList<>(back ? rows : own);
        accesses.addAll(back ? own : rows);
        return accesses;
    }

    /** A tap of all rows: whole blocks of inputs, and the last one where it is not. */
    private void rows(List<Access> accesses, int tap) {
        int rows = back ? outputs : paddedOutputs;
        int count = back ? inputs : paddedInputs;
        Access access = Access.of("rows", back ? Access.Mode.READ : Access.Mode.WRITE, Access.Padding.LANES)
                .from(tap)
                .loop(rows, outputRow);
        int whole = count / width;
        if (whole > 0) {
            accesses.add(access.loop(whole, block).floats(width));
        }
        if (count % width > 0) {
            accesses.add(access.from(whole * block).floats(count % width));
        }
    }
}
