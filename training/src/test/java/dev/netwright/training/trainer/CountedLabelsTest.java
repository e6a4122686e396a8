package dev.netwright.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Identity;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.TensorDataset;
import dev.netwright.training.metrics.ConfusionMatrix;
import dev.netwright.training.metrics.Metrics;
import dev.netwright.training.metrics.Predictions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which labels count where some are ignored and where there are several for each sample. */
class CountedLabelsTest {
    /** Its outputs are its inputs, so that scores can be written down. */
    @Network(input = 3)
    @CrossEntropyLoss
    static class Scores {
        @Identity
        Layer scores;
    }

    /** Two classes at three places. */
    @Network(input = {2, 3})
    @CrossEntropyLoss
    static class Places {
        @Identity
        Layer scores;
    }

    /** The same at as many of them as a sample has. */
    @Network
    @Input(
            name = "scores",
            shape = {2, 3})
    @Input(name = "length", type = InputType.INT32)
    @CrossEntropyLoss(lengths = "length")
    static class Steps {
        @Identity(from = "scores")
        Layer given;
    }

    @Network(input = 3)
    @CrossEntropyLoss
    static class Learning {
        @Linear(outFeatures = 3)
        Layer fc;
    }

    private static final int IGNORED = -100;

    private static TensorDataset scores() {
        float[] scores = {2, 1, 0, 0, 3, 1, 1, 0, 2, 0, 1, 5, 9, 0, 0};
        return TensorDataset.of(Tensor.of(scores, 5, 3), Tensor.ofLongs(new long[] {0, IGNORED, 1, 2, IGNORED}, 5))
                .classNames(List.of("a", "b", "c"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void labelsToBeIgnoredAreLeftOut(int batchSize) {
        Evaluation evaluation = Trainer.of(CountedLabelsTest_ScoresModel.create(1))
                .metric(Metrics.topK(2))
                .metric(Metrics.f1(List.of("a", "b", "c")))
                .evaluate(DataLoader.of(scores()).batchSize(batchSize));
        assertThat(evaluation.metrics().get("accuracy")).isEqualTo(2 / 3.0);
        assertThat(evaluation.metrics().get("top-2")).isEqualTo(2 / 3.0);
        // a: 1; b: never right; c: one right, predicted twice, there once.
        assertThat(evaluation.metrics().get("f1")).isCloseTo((1 + 0 + 2 / 3.0) / 3, within(1e-12));
        ConfusionMatrix confusion = evaluation.confusion().orElseThrow();
        assertThat(confusion.total()).isEqualTo(3);
        assertThat(confusion.count(1, 2)).isEqualTo(1);
    }

    @Test
    void trainingShowsProgressOverTheLabelsThatCount() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        History history = Trainer.of(CountedLabelsTest_LearningModel.create(1))
                .optimizer(SGD.of(0.1f))
                .validation(DataLoader.of(scores()).batchSize(5))
                .progressLines(new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .fit(DataLoader.of(scores()).batchSize(5), 1);
        assertThat(3 * history.last().validation().get("accuracy")).isIn(0.0, 1.0, 2.0, 3.0);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("batch 1/1", "validation", "accuracy");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyPlaceWithALabelCounts(int batchSize) {
        float[] scores = {1, 0, 5, 0, 2, 3, 0, 0, 0, 1, 1, -1};
        TensorDataset places = TensorDataset.of(
                        Tensor.of(scores, 2, 2, 3), Tensor.ofLongs(new long[] {0, 1, 1, IGNORED, 0, 0}, 2, 3))
                .classNames(List.of("ground", "tree"));
        Evaluation evaluation = Trainer.of(CountedLabelsTest_PlacesModel.create(1))
                .evaluate(DataLoader.of(places).batchSize(batchSize));
        assertThat(evaluation.metrics().get("accuracy")).isEqualTo(3 / 5.0);
        ConfusionMatrix confusion = evaluation.confusion().orElseThrow();
        assertThat(confusion.count(0, 0)).isEqualTo(2);
        assertThat(confusion.count(0, 1)).isEqualTo(1);
        assertThat(confusion.count(1, 0)).isEqualTo(1);
        assertThat(confusion.count(1, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stepsBeyondASamplesLengthDoNotCount(int batchSize) {
        float[] scores = {1, 0, 5, 0, 2, 3, 0, 0, 0, 1, 1, -1};
        TensorDataset steps = TensorDataset.of(
                        List.of(Tensor.of(scores, 2, 2, 3), Tensor.ofLongs(new long[] {2, 1}, 2)),
                        List.of(Tensor.ofLongs(new long[] {0, 1, 0, 0, 0, 0}, 2, 3)))
                .classNames(List.of("ground", "tree"));
        Evaluation evaluation = Trainer.of(CountedLabelsTest_StepsModel.create(1))
                .evaluate(DataLoader.of(steps).batchSize(batchSize));
        // right at the first two steps; of the second sample only one step counts, which is wrong
        assertThat(evaluation.metrics().get("accuracy")).isEqualTo(2 / 3.0);
        assertThat(evaluation.confusion().orElseThrow().total()).isEqualTo(3);
    }

    @Test
    void aLabelBeyondTheScoresIsTold() {
        Predictions beyond = new Predictions(new float[4], 2, new int[] {0, 7}, 2);
        assertThatThrownBy(() -> Metrics.accuracy().add(beyond))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "This metric compares 2 scores with one class label for each sample, but the label of sample"
                                + " 1 is 7. Let labels lie from 0 to 1.");
        Predictions three = new Predictions(new float[6], 3, new int[] {0, 1}, 2);
        assertThatThrownBy(() -> Metrics.f1(List.of("a", "b")).add(three))
                .hasMessage("The metric f1 was made for 2 classes, but there are 3 scores for each label.");
    }

    @Test
    void aMetricWithoutTargetsIsTold() {
        DataLoader inputs = DataLoader.of(TensorDataset.of(List.of(Tensor.of(new float[4], 1, 4)), List.of()));
        Trainer trainer = Trainer.of(TrainerLayoutTest_NoLossModel.create(1)).metric(Metrics.meanAbsoluteError());
        assertThatThrownBy(() -> trainer.evaluate(inputs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but these samples have no target");
    }
}
