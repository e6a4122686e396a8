package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.Threads;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SupportTest {
    private static float[] counting(int n) {
        float[] a = new float[n];
        for (int i = 0; i < n; i++) {
            a[i] = i + 1;
        }
        return a;
    }

    @Test
    void fillTouchesItsSamplesOnly() {
        float[] a = counting(10);
        Support.fill(a, 1, 2, 3, 0, 1, 3);
        assertThat(a).containsExactly(1, 2, 3, 4, 0, 0, 7, 0, 0, 10);
    }

    @Test
    void clearingABorderLeavesTheInside() {
        float[] a = counting(20);
        Support.clearBorder(a, 1, 9, 1, 3, 3, 1, 1, 0, 1);
        assertThat(Arrays.copyOf(a, 11)).containsExactly(1, 0, 0, 0, 0, 6, 0, 0, 0, 0, 11);
        Support.clearBorder(a, 1, 9, 2, 3, 2, 0, 1, 1, 2);
        assertThat(Arrays.copyOfRange(a, 10, 20)).containsExactly(0, 0, 13, 14, 0, 16, 17, 0, 0, 20);
    }

    @Test
    void clearingABorderOfPlanesLeavesTheInside() {
        float[] a = counting(20);
        // one float, two planes of two floats and two rows of three each, three floats
        Support.clearBorder(a, 0, 20, 2, 8, 1, 2, 3, 2, 1, 0, 0, 1);
        assertThat(a).containsExactly(0, 0, 0, 0, 5, 6, 0, 8, 9, 0, 0, 0, 13, 14, 0, 16, 17, 0, 0, 0);
    }

    @Test
    void whatIsDrawnIsUniformFromZeroToOne() {
        int size = 100_000;
        float[] drawn = new float[size];
        Support.draw(drawn, 0, size, 3, false, 77, 0, 0, 1);
        for (double p : new double[] {0.1, 0.5, 0.9}) {
            int below = 0;
            for (float number : drawn) {
                below += number < p ? 1 : 0;
            }
            // Five standard deviations.
            assertThat(below / (double) size).isCloseTo(p, Offset.offset(5 * Math.sqrt(p * (1 - p) / size)));
        }
        double sum = 0;
        double squares = 0;
        for (float number : drawn) {
            assertThat(number).isBetween(0f, Math.nextDown(1f));
            sum += number;
            squares += (double) number * number;
        }
        assertThat(sum / size).isCloseTo(0.5, Offset.offset(5 * Math.sqrt(1 / 12.0 / size)));
        assertThat(squares / size).isCloseTo(1 / 3.0, Offset.offset(5 * Math.sqrt(4 / 45.0 / size)));
    }

    @Test
    void drawsDependOnKeyStreamSampleAndElementOnly() {
        float[] together = new float[3 * 64];
        Support.draw(together, 0, 64, 1, false, 5, 0, 0, 3);
        float[] alone = new float[3 * 64];
        Support.draw(alone, 0, 64, 1, false, 5, 0, 2, 3);
        assertThat(Arrays.copyOfRange(alone, 128, 192)).isEqualTo(Arrays.copyOfRange(together, 128, 192));
        assertThat(Arrays.copyOfRange(together, 0, 64)).isNotEqualTo(Arrays.copyOfRange(together, 64, 128));
        float[] other = new float[64];
        Support.draw(other, 0, 64, 2, false, 5, 0, 0, 1);
        assertThat(other).isNotEqualTo(Arrays.copyOf(together, 64));
        Support.draw(other, 0, 64, 1, false, 6, 0, 0, 1);
        assertThat(other).isNotEqualTo(Arrays.copyOf(together, 64));
    }

    @Test
    void sharedDrawsAreTheSameForAllSamplesOfAPassAndNoOneSamples() {
        float[] shared = new float[3 * 64];
        Support.draw(shared, 0, 64, 1, true, 5, 7, 0, 3);
        assertThat(Arrays.copyOfRange(shared, 64, 128)).isEqualTo(Arrays.copyOf(shared, 64));
        assertThat(Arrays.copyOfRange(shared, 128, 192)).isEqualTo(Arrays.copyOf(shared, 64));
        float[] apart = new float[3 * 64];
        Support.draw(apart, 0, 64, 1, false, 5, 0, 0, 3);
        assertThat(Arrays.copyOf(apart, 64)).isNotEqualTo(Arrays.copyOf(shared, 64));
        Support.draw(apart, 0, 64, 1, true, 6, 7, 0, 3);
        assertThat(apart).isNotEqualTo(shared);
    }

    @Test
    void combiningLosesNothingToLargeSamples() {
        float[] partial = {0, 1e8f, 3, 1, 1, 7, 1, 1, 3, 2, 1, 7, -1e8f, -1e8f, 3, 3, 1, 7};
        float[] out = new float[7];
        Support.combine(out, 1, partial, 0, 6, 3, 0);
        assertThat(out).containsExactly(0, 1 - 1e8f, 1, 9, 6, 3, 21);
        Support.combine(out, 1, partial, 0, 6, 3, 2);
        assertThat(out).containsExactly(0, (float) ((1 - 1e8) / 6), 1 / 6f, 1.5f, 1, 0.5f, 3.5f);
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
        Support.transposeGroups(
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
        Support.transpose(
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
        Support.toRows(rows, 1, weight, 0, outputs, inputs, 4, row, 2, 2, 4, 2 * inputs * 4, taps, 0, 3);
        Support.toRows(rows, 1, weight, 0, outputs, inputs, 4, row, 2, 2, 4, 2 * inputs * 4, taps, 3, 7);
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
        Support.fromRows(back, 0, rows, 1, outputs, inputs, row, 2, 2, 4, 2 * inputs * 4, tapsBack, 0, outputs);
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
        Support.clearLanes(gradient, 1, 5, 2, 4, 0, 2);
        for (int i = 0; i < gradient.length; i++) {
            boolean padding = i > 8 && (i - 1) % 4 > 0;
            assertThat(gradient[i]).as("float %d", i).isEqualTo(padding ? 0f : -1f);
        }
    }

    @Test
    void scalingMultipliesEachOutput() {
        float[] out = new float[8];
        Support.scaleBlocks(out, 0, counting(8), 0, new float[] {1, 10, 100, 1000}, 0, 2, 2, 2);
        assertThat(out).containsExactly(1, 20, 3, 40, 500, 6000, 700, 8000);
    }

    /** torch.nn.BatchNorm1d(1) on [1, 2, 6]: mean 3, unbiased variance 7. */
    @Test
    void runningStatisticsFollowPyTorch() {
        float[] source = {3, 14 / 3f};
        float[] buffers = {0, 1};
        long[] counters = new long[1];
        Support.updateStatistics(source, 0, 1, buffers, 0, 1, counters, 0, 1, 3, 1, 0.1);
        assertThat(buffers).containsExactly(new float[] {0.3f, 1.6f}, Offset.offset(1e-6f));
        Support.updateStatistics(source, 0, 1, buffers, 0, 1, counters, 0, 1, 3, 1, Double.NaN);
        assertThat(buffers).containsExactly(new float[] {1.65f, 4.3f}, Offset.offset(1e-6f));
        assertThat(counters[0]).isEqualTo(2);
    }

    @Test
    void viewsReadStridedSamples() {
        float[] arena = counting(40);
        float[] view = new StridedView(3, new int[] {2, 3}, new int[] {1, 4}, 1, 12).read(arena, 2, 2);
        assertThat(view).containsExactly(8, 12, 16, 9, 13, 17, 20, 24, 28, 21, 25, 29);
    }

    @Test
    void sharesOfWorkersCoverEverythingOnce() {
        for (int count = 1; count <= 5; count++) {
            Worker[] workers = Worker.of(Threads.of(count));
            for (int units : new int[] {0, 1, 4, 17, 1_000_000_000}) {
                int at = 0;
                for (Worker worker : workers) {
                    assertThat(worker.begin(units)).isEqualTo(at);
                    at = worker.end(units);
                }
                assertThat(at).isEqualTo(units);
            }
        }
    }
}
