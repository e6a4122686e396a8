package dev.netwright.training.trainer;

import static dev.netwright.training.trainer.TrainerRunsTest.identity;
import static dev.netwright.training.trainer.TrainerRunsTest.loader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.checkpoint.Better;
import dev.netwright.runtime.optim.SGD;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer tells of a training: the best epoch, whose weights the model has, figures of the training samples. */
class TrainerOutcomeTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Model model = TrainerRunsTest_WeightedModel.create(1);

    /** Whose figure is given for each epoch. */
    private Trainer watching(double... figures) {
        return Trainer.of(model)
                .optimizer(SGD.of(0.1f))
                .validation(loader(5))
                .metric(new TrainerRunsTest.Given(figures))
                .watch("given", Better.LOWER)
                .progressLines(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String lastLine() {
        return lines().get(lines().size() - 1);
    }

    @Test
    void earlyStoppingTellsTheEpochAndWhoseWeightsRemain() throws IOException {
        List<Map<String, Tensor>> weights = new ArrayList<>();
        History history = watching(3, 1, 2, 2, 0)
                .earlyStopping(2)
                .listener(new TrainingListener() {
                    @Override
                    public void epochEnded(History.Epoch epoch) {
                        weights.add(model.stateDict());
                    }
                })
                .fit(loader(2), 5);
        assertThat(history.epochs()).hasSize(4);
        assertThat(history.stoppedEarly()).isTrue();
        assertThat(history.best()).contains(new History.Best(2, "given", 1, true));
        assertThat(model.stateDict()).isEqualTo(weights.get(1)).isNotEqualTo(weights.get(3));
        assertThat(lastLine())
                .isEqualTo("Stopped early: no better epoch in the last 2. The weights are those of epoch 2, the best,"
                        + " with given 1.0000.");
        assertThat(history.toString().lines().toList().get(5))
                .isEqualTo("best epoch 2: given 1.0000; the weights are its");
    }

    @Test
    void theBestWeightsAreToldOfWithoutStoppingToo() throws IOException {
        History history = watching(3, 1, 2).earlyStopping(5).fit(loader(2), 3);
        assertThat(history.stoppedEarly()).isFalse();
        assertThat(history.best()).contains(new History.Best(2, "given", 1, true));
        assertThat(lastLine()).isEqualTo("The weights are those of epoch 2, the best, with given 1.0000.");
    }

    @Test
    void figuresThatAreNoNumbersHaveNoBest() throws IOException {
        History history = watching(Double.NaN, Double.NaN, 1).earlyStopping(2).fit(loader(2), 3);
        assertThat(history.stoppedEarly()).isTrue();
        assertThat(history.best()).isEmpty();
        assertThat(lastLine())
                .isEqualTo("Stopped early: no better epoch in the last 2. The weights are those of the last epoch, as"
                        + " no epoch had a figure to compare.");
    }

    @Test
    void theBestEpochIsKnownWithoutEarlyStoppingAndAfterResuming() throws IOException {
        assertThat(watching(2, 1)
                        .checkpoint(folder, Retain.LAST)
                        .fit(loader(2), 2)
                        .best())
                .contains(new History.Best(2, "given", 1, false));
        History rest = watching(4, 3).checkpoint(folder, Retain.LAST).resume().fit(loader(2), 4);
        assertThat(rest.epochs()).extracting(History.Epoch::number).containsExactly(3, 4);
        assertThat(rest.best()).contains(new History.Best(2, "given", 1, false));
        History byLoss =
                Trainer.of(model).optimizer(SGD.of(0)).validation(loader(5)).fit(loader(2), 2);
        assertThat(byLoss.best())
                .contains(new History.Best(
                        1, "loss", byLoss.epochs().get(0).validation().get("loss"), false));
    }

    private Trainer still() {
        return Trainer.of(identity(model))
                .optimizer(SGD.of(0))
                .progressLines(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    /** The first and the last of the five samples are recognised. */
    @Test
    void metricsOfTheTrainingAreOverTheSamplesWhoseLossIsShown() throws IOException {
        History history = still().trainingMetrics().validation(loader(5)).fit(loader(2), 1);
        assertThat(history.training("accuracy")).containsExactly(2 / 5.0);
        assertThat(history.last().training()).containsOnlyKeys("accuracy");
        assertThat(history.loss()[0]).isCloseTo(0.691380, within(1e-6));
        assertThat(lines().get(0))
                .matches("epoch 1/1  batch 3/3  loss 0\\.6914  accuracy 40\\.00 %  \\d+ samples/s  \\d+ s");
        assertThat(history.toString().lines()).hasSize(3).allMatch(line -> line.length() <= 80);
    }

    @Test
    void withoutThemTheProgressShowsTheLossAlone() throws IOException {
        History history = still().fit(loader(2), 1);
        assertThat(history.last().training()).isEmpty();
        assertThat(history.training("accuracy")).containsExactly(Double.NaN);
        assertThat(lines().get(0)).matches("epoch 1/1  batch 3/3  loss 0\\.6914  \\d+ samples/s  \\d+ s");
    }
}
