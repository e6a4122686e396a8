package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightBlocksTest {
    private static float[] counting(int n) {
        float[] a = new float[n];
        for (int i = 0; i < n; i++) {
            a[i] = i + 1;
        }
        return a;
    }

    /** Two groups of 3 outputs and 2 inputs, in source blocks of 4 outputs: the second block begins within a group. */
    @Test
    void transposingGroupsExchangesOutputsAndInputsOfEach() {
        int groups = 2;
        int outputs = 3;
        int inputs = 2;
        int taps = 2;
        int sourceBlock = taps * inputs * 4;
        float[] weight = new float[1 + 2 * sourceBlock];
        for (int p = 0; p < groups * outputs; p++) {
            for (int t = 0; t < taps; t++) {
                for (int i = 0; i < inputs; i++) {
                    weight[1 + p / 4 * sourceBlock + t * inputs * 4 + i * 4 + p % 4] = 100 * p + 10 * t + i + 1;
                }
            }
        }
        int width = 3;
        int blockSize = taps * outputs * width;
        float[] packed = new float[2 * blockSize];
        Arrays.fill(packed, -1);
        int[] exchanged = {0, inputs * 4, outputs * width, 0};
        WeightBlocks.transposeGroups(
                packed, 0, weight, 1, groups, outputs, width, blockSize, 4, sourceBlock, exchanged, inputs, 0, 6);
        for (int q = 0; q < 6; q++) {
            for (int t = 0; t < taps; t++) {
                for (int o = 0; o < outputs; o++) {
                    int p = q / inputs * outputs + o;
                    float expected = q < groups * inputs ? 100 * p + 10 * (1 - t) + q % inputs + 1 : 0;
                    assertThat(packed[q / width * blockSize + t * outputs * width + o * width + q % width])
                            .as("input %d, tap %d, output %d", q, t, o)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void transposingExchangesOutputsAndInputs() {
        int outputs = 5;
        int inputs = 3;
        int taps = 2;
        // Source: blocks of 4 outputs; in a block [tap][input][lane], the last block 4 wide as well.
        int sourceBlock = taps * inputs * 4;
        float[] weight = new float[1 + 2 * sourceBlock];
        for (int o = 0; o < outputs; o++) {
            for (int t = 0; t < taps; t++) {
                for (int i = 0; i < inputs; i++) {
                    weight[1 + o / 4 * sourceBlock + t * inputs * 4 + i * 4 + o % 4] = 100 * o + 10 * t + i + 1;
                }
            }
        }
        // Result: blocks of 2 inputs; in a block [tap][output][lane], taps exchanged.
        int blockSize = taps * outputs * 2;
        float[] packed = new float[2 * blockSize];
        Arrays.fill(packed, -1);
        WeightBlocks.transpose(
                packed,
                0,
                weight,
                1,
                outputs,
                2,
                blockSize,
                4,
                sourceBlock,
                new int[] {0, inputs * 4, outputs * 2, 0},
                inputs,
                0,
                4);
        for (int i = 0; i < 4; i++) {
            for (int t = 0; t < taps; t++) {
                for (int o = 0; o < outputs; o++) {
                    float expected = i < inputs ? 100 * o + 10 * (1 - t) + i + 1 : 0;
                    assertThat(packed[i / 2 * blockSize + t * outputs * 2 + o * 2 + i % 2])
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void rowsHoldAWeightByOutputsAndComeBack() {
        int outputs = 6;
        int inputs = 3;
        int row = 16;
        // blocks of four outputs, two taps of three inputs; the row's first tap is a zero
        float[] weight = counting(2 * 2 * inputs * 4);
        float[] rows = new float[1 + 7 * row];
        Arrays.fill(rows, -1);
        int[] taps = {0, -1, 4, 0, 8, inputs * 4};
        WeightBlocks.toRows(rows, 1, weight, 0, outputs, inputs, 4, row, 2, 2, 4, 2 * inputs * 4, taps, 0, 3);
        WeightBlocks.toRows(rows, 1, weight, 0, outputs, inputs, 4, row, 2, 2, 4, 2 * inputs * 4, taps, 3, 7);
        for (int o = 0; o < 7; o++) {
            for (int i = 0; i < 4; i++) {
                boolean padding = o >= outputs || i >= inputs;
                assertThat(rows[1 + o * row + i]).isZero();
                for (int t = 0; t < 2; t++) {
                    float expected = padding ? 0 : weight[o / 4 * 24 + t * 12 + i * 4 + o % 4];
                    assertThat(rows[1 + o * row + 4 * (t + 1) + i]).isEqualTo(expected);
                }
            }
        }
        float[] back = new float[weight.length];
        int[] tapsBack = {4, 0, 8, inputs * 4};
        WeightBlocks.fromRows(back, 0, rows, 1, outputs, inputs, row, 2, 2, 4, 2 * inputs * 4, tapsBack, 0, outputs);
        for (int i = 0; i < weight.length; i++) {
            boolean padding = i >= 24 && i % 4 >= 2;
            assertThat(back[i]).isEqualTo(padding ? 0 : weight[i]);
        }
    }

    @Test
    void clearingLanesKeepsTheOutputs() {
        // five outputs in blocks of four, two rows
        float[] gradient = new float[1 + 2 * 2 * 4];
        Arrays.fill(gradient, -1);
        WeightBlocks.clearLanes(gradient, 1, 5, 2, 4, 0, 2);
        for (int i = 0; i < gradient.length; i++) {
            boolean padding = i > 8 && (i - 1) % 4 > 0;
            assertThat(gradient[i]).as("float %d", i).isEqualTo(padding ? 0f : -1f);
        }
    }

    @Test
    void scalingMultipliesEachOutput() {
        float[] out = new float[8];
        WeightBlocks.scaleBlocks(out, 0, counting(8), 0, new float[] {1, 10, 100, 1000}, 0, 2, 2, 2);
        assertThat(out).containsExactly(1, 20, 3, 40, 500, 6000, 700, 8000);
    }

    /** torch.nn.BatchNorm1d(1) on [1, 2, 6]: mean 3, unbiased variance 7. */
}
