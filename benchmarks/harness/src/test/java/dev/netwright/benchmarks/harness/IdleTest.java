package dev.netwright.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleTest {
    @Test
    void theMachineIsBusyWithWhatIsNeitherIdleNorWaiting() {
        long[] before = Idle.ticks("cpu  100 0 50 800 50 0 0 0 0 0");
        long[] after = Idle.ticks("cpu  130 0 50 860 60 0 0 0 0 0");

        assertThat(Idle.busy(before, after)).isEqualTo(0.3);
        assertThat(Idle.busy(before, before)).isZero();
    }
}
