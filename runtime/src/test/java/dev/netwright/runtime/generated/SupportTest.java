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
