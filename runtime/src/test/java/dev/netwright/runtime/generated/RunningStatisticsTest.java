package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RunningStatisticsTest {
    @Test
    void runningStatisticsFollowPyTorch() {
        float[] source = {3, 14 / 3f};
        float[] buffers = {0, 1};
        long[] counters = new long[1];
        RunningStatistics.update(source, 0, 1, buffers, 0, 1, counters, 0, 1, 3, 1, 0.1);
        assertThat(buffers).containsExactly(new float[] {0.3f, 1.6f}, Offset.offset(1e-6f));
        RunningStatistics.update(source, 0, 1, buffers, 0, 1, counters, 0, 1, 3, 1, Double.NaN);
        assertThat(buffers).containsExactly(new float[] {1.65f, 4.3f}, Offset.offset(1e-6f));
        assertThat(counters[0]).isEqualTo(2);
    }
}
