package dev.netwright.runtime.generated;

import java.util.Arrays;

/**
 * Weights as kernels want them: in other blocks, exchanged, scaled, with zeros where they are padded. All sizes and
 * positions are in floats; ranges of inputs and outputs are half open.
 */
public final class WeightBlocks {
    private WeightBlocks() {}

    /**
     * Exchanges outputs and inputs of a weight, for the gradient by a layer's input: for input i and output o,
     * {@code packed[packedBase + (i / width) * blockSize + packedTap + o * width + i % width]} becomes
     * {@code weight[weightBase + (o / sourceWidth) * sourceBlock + sourceTap + i * sourceWidth + o % sourceWidth]}.
     * Inputs that are padding become zero.
     *
     * @param packed receives the blocks of inputs
     * @param packedBase where they start
     * @param weight blocks of outputs
     * @param weightBase where they start
     * @param outputs number of outputs
     * @param width inputs in a block of the result
     * @param blockSize floats of a block of the result
     * @param sourceWidth outputs in a block of the source
     * @param sourceBlock floats of a block of the source
     * @param taps pairs of packedTap and sourceTap
     * @param inputs number of inputs
     * @param fromInput the first input
     * @param toInput one past the last input; beyond {@code inputs} lies padding
     */
    public static void transpose(
            float[] packed,
            int packedBase,
            float[] weight,
            int weightBase,
            int outputs,
            int width,
            int blockSize,
            int sourceWidth,
            int sourceBlock,
            int[] taps,
            int inputs,
            int fromInput,
            int toInput) {
        int last;
        for (int first = fromInput; first < toInput; first = last) {
            last = Math.min(toInput, first - first % width + width);
            int block = packedBase + (first / width) * blockSize - (first - first % width);
            for (int tap = 0; tap < taps.length; tap += 2) {
                int to = block + taps[tap];
                int from = weightBase + taps[tap + 1];
                for (int o = 0; o < outputs; o += sourceWidth) {
                    int source = from + (o / sourceWidth) * sourceBlock;
                    int count = Math.min(sourceWidth, outputs - o);
                    for (int i = first; i < last; i++) {
                        int row = source + i * sourceWidth;
                        int target = to + i + o * width;
                        for (int lane = 0; lane < count; lane++) {
                            packed[target + lane * width] = i < inputs ? weight[row + lane] : 0f;
                        }
                    }
                }
            }
        }
    }

    /**
     * As {@link #transpose}, of a weight whose outputs have inputs of their own group alone: for the input i of a group
     * g and its output o, with q = g * inputs + i and p = g * outputs + o,
     * {@code packed[packedBase + (q / width) * blockSize + packedTap + o * width + q % width]} becomes
     * {@code weight[weightBase + (p / sourceWidth) * sourceBlock + sourceTap + i * sourceWidth + p % sourceWidth]}.
     *
     * @param packed receives the blocks of inputs
     * @param packedBase where they start
     * @param weight blocks of outputs
     * @param weightBase where they start
     * @param groups number of groups
     * @param outputs number of outputs of a group
     * @param width inputs in a block of the result
     * @param blockSize floats of a block of the result
     * @param sourceWidth outputs in a block of the source
     * @param sourceBlock floats of a block of the source
     * @param taps pairs of packedTap and sourceTap
     * @param inputs number of inputs of a group
     * @param fromInput the first input, counted through all groups
     * @param toInput one past the last input; beyond those of the last group lies padding
     */
    public static void transposeGroups(
            float[] packed,
            int packedBase,
            float[] weight,
            int weightBase,
            int groups,
            int outputs,
            int width,
            int blockSize,
            int sourceWidth,
            int sourceBlock,
            int[] taps,
            int inputs,
            int fromInput,
            int toInput) {
        for (int q = fromInput; q < toInput; q++) {
            int to = packedBase + (q / width) * blockSize + q % width;
            int group = q / inputs;
            int from = weightBase + (q % inputs) * sourceWidth;
            for (int o = 0; o < outputs; o++) {
                int p = group * outputs + o;
                int source = from + (p / sourceWidth) * sourceBlock + p % sourceWidth;
                int target = to + o * width;
                for (int tap = 0; tap < taps.length; tap += 2) {
                    packed[target + taps[tap]] = group < groups ? weight[source + taps[tap + 1]] : 0f;
                }
            }
        }
    }

    /**
     * Copies a weight to rows by output: for output o and input i,
     * {@code rows[rowsBase + o * outputRow + (i / width) * block + rowTap + i % width]} becomes
     * {@code weight[weightBase + (o / sourceWidth) * sourceBlock + sourceTap + i * sourceWidth + o % sourceWidth]}.
     * Padding becomes zero, and so does a tap whose sourceTap is negative.
     *
     * @param rows receives the rows
     * @param rowsBase where they start
     * @param weight blocks of outputs
     * @param weightBase where they start
     * @param outputs number of outputs
     * @param inputs number of inputs
     * @param paddedInputs inputs with padding
     * @param outputRow floats of a row
     * @param width inputs in a block of a row
     * @param block floats from a block of the rows to the next
     * @param sourceWidth outputs in a block of the weight
     * @param sourceBlock floats of a block of the weight
     * @param taps pairs of rowTap and sourceTap
     * @param fromOutput the first output
     * @param toOutput one past the last output; beyond {@code outputs} lies padding
     */
    public static void toRows(
            float[] rows,
            int rowsBase,
            float[] weight,
            int weightBase,
            int outputs,
            int inputs,
            int paddedInputs,
            int outputRow,
            int width,
            int block,
            int sourceWidth,
            int sourceBlock,
            int[] taps,
            int fromOutput,
            int toOutput) {
        for (int first = fromOutput; first < toOutput; first += sourceWidth - first % sourceWidth) {
            int end = Math.min(toOutput, first + sourceWidth - first % sourceWidth);
            int filled = Math.min(end, outputs);
            int source = weightBase + (first / sourceWidth) * sourceBlock - first / sourceWidth * sourceWidth;
            for (int tap = 0; tap < taps.length; tap += 2) {
                for (int i = 0; i < paddedInputs; i++) {
                    int to = rowsBase + (i / width) * block + taps[tap] + i % width;
                    int from = source + taps[tap + 1] + i * sourceWidth;
                    int o = first;
                    if (i < inputs && taps[tap + 1] >= 0) {
                        for (; o < filled; o++) {
                            rows[to + o * outputRow] = weight[from + o];
                        }
                    }
                    for (; o < end; o++) {
                        rows[to + o * outputRow] = 0f;
                    }
                }
            }
        }
    }

    /**
     * The way back of {@link #toRows}.
     *
     * @param weight receives the blocks of outputs
     * @param weightBase where they start
     * @param rows the rows
     * @param rowsBase where they start
     * @param outputs number of outputs
     * @param inputs number of inputs
     * @param outputRow floats of a row
     * @param width inputs in a block of a row
     * @param block floats from a block of the rows to the next
     * @param sourceWidth outputs in a block of the weight
     * @param sourceBlock floats of a block of the weight
     * @param taps pairs of rowTap and sourceTap
     * @param fromOutput the first output
     * @param toOutput one past the last output
     */
    public static void fromRows(
            float[] weight,
            int weightBase,
            float[] rows,
            int rowsBase,
            int outputs,
            int inputs,
            int outputRow,
            int width,
            int block,
            int sourceWidth,
            int sourceBlock,
            int[] taps,
            int fromOutput,
            int toOutput) {
        int last = Math.min(toOutput, outputs);
        for (int first = fromOutput; first < last; first += sourceWidth - first % sourceWidth) {
            int end = Math.min(last, first + sourceWidth - first % sourceWidth);
            int target = weightBase + (first / sourceWidth) * sourceBlock - first / sourceWidth * sourceWidth;
            for (int tap = 0; tap < taps.length; tap += 2) {
                for (int i = 0; i < inputs; i++) {
                    int from = rowsBase + (i / width) * block + taps[tap] + i % width;
                    int to = target + taps[tap + 1] + i * sourceWidth;
                    for (int o = first; o < end; o++) {
                        weight[to + o] = rows[from + o * outputRow];
                    }
                }
            }
        }
    }

    /**
     * Multiplies each output's weights, stored as [block][row][lane], by a factor.
     *
     * @param out receives the products, stored as the weight
     * @param outBase where they start
     * @param weight blocks of outputs
     * @param weightBase where they start
     * @param factor one per output
     * @param factorBase where they start
     * @param blocks number of blocks
     * @param rows weights of an output
     * @param width outputs in a block
     */
    public static void scaleBlocks(
            float[] out,
            int outBase,
            float[] weight,
            int weightBase,
            float[] factor,
            int factorBase,
            int blocks,
            int rows,
            int width) {
        for (int b = 0; b < blocks; b++) {
            for (int r = 0; r < rows; r++) {
                int row = (b * rows + r) * width;
                for (int lane = 0; lane < width; lane++) {
                    out[outBase + row + lane] = weight[weightBase + row + lane] * factor[factorBase + b * width + lane];
                }
            }
        }
    }

    /**
     * Sets to zero what a weight's gradient has beyond its last output, for those who go over all of it.
     *
     * @param gradient blocks of outputs, stored as [block][row][lane]
     * @param gradientBase where they start
     * @param outputs number of outputs
     * @param rows inputs of an output
     * @param width lanes of a block; the outputs end within the last one
     * @param fromRow the first row
     * @param toRow one past the last row
     */
    public static void clearLanes(
            float[] gradient, int gradientBase, int outputs, int rows, int width, int fromRow, int toRow) {
        int lastBlock = gradientBase + (outputs - 1) / width * rows * width;
        int present = (outputs - 1) % width + 1;
        for (int row = fromRow; row < toRow; row++) {
            int start = lastBlock + row * width;
            Arrays.fill(gradient, start + present, start + width, 0f);
        }
    }
}
