package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.checkpoint.Better;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.metrics.Metrics;
import dev.netwright.training.trainer.Evaluation;
import dev.netwright.training.trainer.History;
import dev.netwright.training.trainer.LearningRates;
import dev.netwright.training.trainer.Retain;
import dev.netwright.training.trainer.Trainer;
import dev.netwright.training.trainer.TrainingException;
import dev.netwright.training.trainer.TrainingListener;
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

class TrainerTest {
    @TempDir
    private Path folder;

    private final ResumedNetModel net = ResumedNetModel.create(1);

    private static DataLoader pictures(int count, long seed) {
        return DataLoader.of(Pictures.draw(count, seed))
                .batchSize(16)
                .shuffle(true)
                .seed(3);
    }

    @Test
    void fitsValidatesAndTellsItsHistory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<String> told = new ArrayList<>();
        History history = Trainer.of(net)
                .optimizer(Adam.of(0.01f))
                .schedule(CosineAnnealingLR.of(3))
                .validation(pictures(100, 9))
                .metric(Metrics.topK(3))
                .trainingMetrics()
                .progressLines(new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .listener(new TrainingListener() {
                    @Override
                    public void batchEnded(int epoch, int batch, double loss) {
                        told.add(epoch + "." + batch);
                    }

                    @Override
                    public void trainingEnded(History ended) {
                        told.add("end");
                    }
                })
                .fit(pictures(200, 2), 3);
        assertThat(history.epochs()).hasSize(3);
        assertThat(history.last().loss()).isLessThan(history.epochs().get(0).loss());
        assertThat(history.last().validation()).containsOnlyKeys("loss", "accuracy", "top-3");
        assertThat(history.validation("top-3")[2]).isGreaterThan(history.validation("accuracy")[2]);
        assertThat(history.epochs().get(1).learningRate()).isBetween(0.0074, 0.0076);
        assertThat(told).hasSize(3 * 13 + 1).startsWith("1.1").endsWith("3.13", "end");
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(6)
                .anyMatch(line ->
                        line.matches("epoch 1/3  batch 13/13  loss \\d\\.\\d{4}  accuracy .* %  \\d+ samples/s  .* s"))
                .anyMatch(line -> line.matches("epoch 3/3  validation  loss .*  accuracy .* %  top-3 .* %"))
                .allMatch(line -> line.length() <= 80);
        assertThat(history.last().training()).containsOnlyKeys("accuracy", "top-3");
        assertThat(history.toString().lines())
                .hasSize(10)
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.startsWith("best epoch "));
    }

    @Test
    void gradientsOfSeveralBatchesMakeTheStepOfOneLargeBatch() throws IOException {
        // Without dropout and batch normalisation, the mean of means of equal batches is the mean over all.
        CifarNetModel accumulated = CifarNetModel.create(5);
        CifarNetModel whole = CifarNetModel.create(5);
        Trainer.of(accumulated)
                .optimizer(SGD.of(0.05f))
                .accumulate(4)
                .fit(DataLoader.of(Pictures.draw(64, 2)).batchSize(16), 1);
        Trainer.of(whole)
                .optimizer(SGD.of(0.05f))
                .fit(DataLoader.of(Pictures.draw(64, 2)).batchSize(64), 1);
        for (Map.Entry<String, Tensor> entry : whole.stateDict().entrySet()) {
            float[] expected = entry.getValue().toArray();
            float[] actual = accumulated.stateDict().get(entry.getKey()).toArray();
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[i], within(1e-6f));
            }
        }
    }

    @Test
    void clippedGradientsMoveTheWeightsLess() throws IOException {
        CifarNetModel clipped = CifarNetModel.create(5);
        Map<String, Tensor> before = clipped.stateDict();
        Trainer.of(clipped)
                .optimizer(SGD.of(1))
                .clipNorm(1e-3f)
                .fit(DataLoader.of(Pictures.draw(16, 2)).batchSize(16), 1);
        double moved = 0;
        for (Map.Entry<String, Tensor> entry : clipped.stateDict().entrySet()) {
            float[] now = entry.getValue().toArray();
            float[] then = before.get(entry.getKey()).toArray();
            for (int i = 0; i < now.length; i++) {
                moved += Math.pow(now[i] - then[i], 2);
            }
        }
        assertThat(Math.sqrt(moved)).isBetween(0.0009, 0.0011);
    }

    @Test
    void stoppedTrainingGoesOnWithTheSameBits() throws IOException {
        ResumedNetModel whole = ResumedNetModel.create(1);
        trainer(whole, null).fit(pictures(200, 2), 3);

        Trainer first = trainer(net, folder);
        first.listener(new TrainingListener() {
            @Override
            public void batchEnded(int epoch, int batch, double loss) {
                if (epoch == 2 && batch == 5) {
                    first.stop();
                }
            }
        });
        History begun = first.fit(pictures(200, 2), 3);
        assertThat(begun.epochs()).hasSize(1);
        ResumedNetModel resumed = ResumedNetModel.create(77);
        History rest = trainer(resumed, folder).resume().fit(pictures(200, 2), 3);
        assertThat(rest.epochs()).hasSize(2);
        assertThat(rest.epochs().get(0).number()).isEqualTo(2);
        assertThat(rest.epochs().get(0).samples()).isEqualTo(200);
        assertThat(resumed.stateDict()).isEqualTo(whole.stateDict());
    }

    private static Trainer trainer(ResumedNetModel model, Path checkpoints) {
        Trainer trainer = Trainer.of(model)
                .optimizer(Adam.of(0.01f))
                .schedule(CosineAnnealingLR.of(3))
                .ema(0.9f)
                .earlyStopping(5)
                .validation(pictures(50, 9));
        return checkpoints == null ? trainer : trainer.checkpoint(checkpoints, Retain.BEST);
    }

    @Test
    void earlyStoppingRestoresTheBestWeights() throws IOException {
        // in the same order each time, as the last bits of a loss depend on it
        DataLoader validation = DataLoader.of(Pictures.draw(60, 9)).batchSize(16);
        double[] best = {Double.POSITIVE_INFINITY};
        History history = Trainer.of(net)
                // So large a rate that the loss soon rises.
                .optimizer(SGD.of(1.5f))
                .validation(validation)
                .earlyStopping(2)
                .listener(new TrainingListener() {
                    @Override
                    public void epochEnded(History.Epoch epoch) {
                        best[0] = Math.min(best[0], epoch.validation().get(History.LOSS));
                    }
                })
                .fit(pictures(64, 2), 40);
        assertThat(history.epochs()).hasSizeLessThan(40);
        Evaluation restored = Trainer.of(net).evaluate(validation);
        assertThat(restored.loss()).isEqualTo(best[0]);
        assertThat(restored.confusion().orElseThrow().total()).isEqualTo(60);
    }

    @Test
    void aLossThatIsNotFiniteSaysWhere() {
        Trainer trainer = Trainer.of(net).optimizer(SGD.of(1e30f));
        assertThatThrownBy(() -> trainer.fit(pictures(200, 2), 2))
                .isInstanceOf(TrainingException.class)
                .hasCauseInstanceOf(NonFiniteLossException.class)
                .hasMessageMatching("(?s)Epoch 1, batch \\d+: The loss is .*; the first is .* in .*");
    }

    @Test
    void aNetworkOfBytesIsFedBytesAndLearnsTheSameBits() throws IOException {
        float[] mean = {0.5f, 0.5f, 0.5f};
        float[] std = {0.25f, 0.25f, 0.25f};
        ByteNetModel bytes = ByteNetModel.create(1);
        FloatNetModel floats = FloatNetModel.create(1);
        Trainer.of(bytes)
                .optimizer(Adam.of(0.01f))
                .validation(DataLoader.of(Pictures.draw(50, 9).bytes()).batchSize(16))
                .fit(DataLoader.of(Pictures.draw(200, 2).bytes()).batchSize(16).workers(1), 2);
        Trainer.of(floats)
                .optimizer(Adam.of(0.01f))
                .fit(DataLoader.of(Pictures.draw(200, 2).normalize(mean, std)).batchSize(16), 2);
        assertThat(bytes.stateDict()).isEqualTo(floats.stateDict());
    }

    @Test
    void oneBatchIsLearntByHeart() {
        double[] losses =
                Trainer.of(CifarNetModel.create(1)).optimizer(Adam.of(0.001f)).fitOneBatch(pictures(16, 2), 60);
        assertThat(losses).hasSize(60);
        assertThat(losses[59]).isLessThan(0.1 * losses[0]);
    }

    @Test
    void theSearchForARateLeavesEverythingAsItWas() {
        DataLoader loader = pictures(200, 2);
        Adam optimizer = Adam.of(0.01f);
        Map<String, Tensor> before = net.stateDict();
        LearningRates rates = Trainer.of(net).optimizer(optimizer).findLearningRate(loader);
        assertThat(rates.suggestion()).isBetween(1e-5, 1.0);
        assertThat(rates.toString()).contains("suggested rate");
        assertThat(net.stateDict()).isEqualTo(before);
        assertThat(optimizer.learningRate()).isEqualTo(0.01f);
        assertThat(optimizer.steps()).isZero();
    }

    @Test
    void mistakesAreNamed() {
        Trainer none = Trainer.of(net);
        assertThatThrownBy(() -> none.fit(pictures(16, 2), 1)).hasMessageContaining("call optimizer(...) first");
        Trainer other = Trainer.of(net)
                .optimizer(SGD.of(0.1f))
                .watch("f1", Better.HIGHER)
                .validation(pictures(16, 9));
        assertThatThrownBy(() -> other.fit(pictures(16, 2), 1))
                .hasMessageContaining("the figure to watch, f1, is not among those of the validation");
    }
}
