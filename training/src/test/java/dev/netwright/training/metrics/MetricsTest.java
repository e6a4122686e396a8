package dev.netwright.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.files.checkpoint.Better;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    /** Labels 0, 1, 2, 2: right, second, right by the first of equals not, third. */
    private static final Predictions CLASSES =
            new Predictions(new float[] {3, 1, 0, 3, 2, 1, 1, 5, 5, 9, 8, 7, 99}, 3, new int[] {0, 1, 2, 2}, 4);

    private static double over(Metric metric, Predictions... parts) {
        for (Predictions part : parts) {
            metric.add(part);
        }
        return metric.value();
    }

    @Test
    void theFirstOfEqualScoresCounts() {
        assertThat(over(Metrics.accuracy(), CLASSES)).isEqualTo(0.25);
        assertThat(over(Metrics.topK(2), CLASSES)).isEqualTo(0.75);
        assertThat(over(Metrics.topK(3), CLASSES)).isEqualTo(1);
        assertThat(Metrics.accuracy().format(0.9153)).isEqualTo("91.53 %");
        assertThat(Metrics.topK(5).name()).isEqualTo("top-5");
        assertThat(Metrics.accuracy().better()).isEqualTo(Better.HIGHER);
    }

    @Test
    void aScoreThatIsNoNumberIsNoHit() {
        Predictions broken = new Predictions(new float[] {Float.NaN, Float.NaN}, 2, new int[] {0}, 1);
        assertThat(over(Metrics.accuracy(), broken)).isZero();
    }

    @Test
    void f1IsTheMeanOverTheClasses() {
        // Class 0: 1 right of 3 predicted, 1 there: 2/4. Class 1: none right. Class 2: none predicted.
        assertThat(over(Metrics.f1(List.of("a", "b", "c")), CLASSES)).isCloseTo(0.5 / 3, within(1e-12));
        assertThat(Metrics.f1(List.of("a")).value()).isNaN();
    }

    @Test
    void differencesAreMeasuredOverAllElements() {
        Predictions values = new Predictions(new float[] {1, 2, 3, 4, 9}, 2, new float[] {1, 4, 0, 4, 7}, 2);
        assertThat(over(Metrics.meanAbsoluteError(), values)).isEqualTo(5 / 4.0);
        assertThat(over(Metrics.rootMeanSquaredError(), values, values)).isCloseTo(Math.sqrt(13 / 4.0), within(1e-12));
        assertThat(Metrics.rootMeanSquaredError().better()).isEqualTo(Better.LOWER);
        Metric forgetful = Metrics.meanAbsoluteError();
        forgetful.add(values);
        forgetful.reset();
        assertThat(forgetful.value()).isNaN();
    }

    @Test
    void metricsOfTheOtherKindOfTargetAreRefused() {
        Predictions values = new Predictions(new float[2], 1, new float[2], 2);
        assertThatThrownBy(() -> Metrics.accuracy().add(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but the targets are values. Use a metric of values");
        assertThatThrownBy(() -> Metrics.meanAbsoluteError().add(CLASSES))
                .hasMessageContaining("but the targets are class labels. Use a metric of classes");
        assertThatThrownBy(() -> Metrics.topK(0)).hasMessageContaining("k must be at least 1");
    }
}
