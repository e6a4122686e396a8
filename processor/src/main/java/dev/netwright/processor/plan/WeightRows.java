package dev.netwright.processor.plan;

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
}
