package dev.netwright.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void medianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Statistics.median(new double[] {5, 1, 3})).isEqualTo(3);
    }

    @Test
    void medianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> Statistics.median(new double[0])).hasMessage("No value was measured.");
    }

    @Test
    void aSeriesIsTheMedianOfItsForksAndSpansAllBursts() {
        Series series = new Series(new Series.Key("row", "step", 2, "A", ""), true);
        for (double[] fork : new double[][] {{1, 2, 9}, {}, {4, 4}, {3}}) {
            series.fork();
            for (double seconds : fork) {
                series.add(seconds);
            }
        }

        assertThat(series.median()).isEqualTo(3);
        assertThat(series.min()).isEqualTo(1);
        assertThat(series.max()).isEqualTo(9);
    }
}
