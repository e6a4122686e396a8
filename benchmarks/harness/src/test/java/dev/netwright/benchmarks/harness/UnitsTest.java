package dev.netwright.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void timesHaveThreeDigitsAndAUnit() {
        assertThat(Units.time(2.714)).isEqualTo("2.71 s");
        assertThat(Units.time(0.0264)).isEqualTo("26.4 ms");
        assertThat(Units.time(0.0000038)).isEqualTo("3.80 us");
        assertThat(Units.time(0.000115)).isEqualTo("115 us");
    }

    @Test
    void whatIsUnknownIsLeftEmpty() {
        assertThat(Units.percent(Double.NaN)).isEmpty();
        assertThat(Units.ratio(Double.NaN)).isEmpty();
    }
}
