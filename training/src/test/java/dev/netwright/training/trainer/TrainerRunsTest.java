package dev.netwright.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Reduction;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.checkpoint.Better;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.runtime.optim.schedule.OneCycleLR;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.TensorDataset;
import dev.netwright.training.metrics.Metric;
import dev.netwright.training.metrics.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Means that do not depend on batches, loaders without any, trainings that end early or are begun again. */
class TrainerRunsTest {
    @Network(input = 2)
    @CrossEntropyLoss(weight = {1, 3})
    static class Weighted {
        @Linear(outFeatures = 2)
        Layer fc;
    }

    @Network(input = 2)
    @CrossEntropyLoss(reduction = Reduction.SUM)
    static class Summed {
        @Linear(outFeatures = 2)
        Layer fc;
    }

    /** The figure of each epoch, one after the other. */
    static final class Given implements Metric {
        private final double[] values;
        private int next;

        Given(double... values) {
            this.values = values;
        }

        @Override
        public String name() {
            return "given";
        }

        @Override
        public Better better() {
            return Better.LOWER;
        }

        @Override
        public void reset() {}

        @Override
        public void add(Predictions predictions) {}

        @Override
        public double value() {
            return values[next++];
        }
    }

    @TempDir
    private Path folder;

    /** Whose scores are its inputs. */
    static <M extends Model> M identity(M model) {
        model.loadStateDict(
                Map.of("fc.weight", Tensor.of(new float[] {1, 0, 0, 1}, 2, 2), "fc.bias", Tensor.of(new float[2], 2)));
        return model;
    }

    static DataLoader loader(int batchSize) {
        float[] scores = {2, 0, 0, 1, 0, 0, 1, 0, 0, 3};
        return DataLoader.of(TensorDataset.of(Tensor.of(scores, 5, 2), Tensor.ofLongs(new long[] {0, 0, 1, 1, 1}, 5)))
                .batchSize(batchSize);
    }

    /** Losses of ln(1 + exp(-d)): 0.126928, 1.313262, 0.693147, 1.313262, 0.048587, the last three with weight 3. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void weightedLossesAreOneQuotientOfSums(int batchSize) throws IOException {
        double expected = (0.126928 + 1.313262 + 3 * (0.693147 + 1.313262 + 0.048587)) / (2 + 3 * 3);
        Trainer trainer = Trainer.of(identity(TrainerRunsTest_WeightedModel.create(1)))
                .optimizer(SGD.of(0))
                .validation(loader(batchSize));
        History.Epoch epoch = trainer.fit(loader(batchSize), 1).last();
        assertThat(epoch.validation().get(History.LOSS)).isCloseTo(expected, within(1e-6));
        assertThat(epoch.loss()).isCloseTo(expected, within(1e-6));
        assertThat(trainer.evaluate(loader(batchSize)).loss()).isCloseTo(expected, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void summedLossesAreMeansOverTheSamples(int batchSize) throws IOException {
        double expected = (0.126928 + 1.313262 + 0.693147 + 1.313262 + 0.048587) / 5;
        Trainer trainer = Trainer.of(identity(TrainerRunsTest_SummedModel.create(1)))
                .optimizer(SGD.of(0))
                .validation(loader(batchSize));
        History.Epoch epoch = trainer.fit(loader(batchSize), 1).last();
        assertThat(epoch.validation().get(History.LOSS)).isCloseTo(expected, within(1e-6));
        assertThat(epoch.loss()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void aLoaderWithoutABatchIsToldBeforeAnythingStarts() {
        Path checkpoints = folder.resolve("checkpoints");
        List<Integer> begun = new ArrayList<>();
        Trainer trainer = Trainer.of(TrainerRunsTest_WeightedModel.create(1))
                .optimizer(SGD.of(0.1f))
                .checkpoint(checkpoints, Retain.LAST)
                .listener(new TrainingListener() {
                    @Override
                    public void epochStarted(int epoch) {
                        begun.add(epoch);
                    }
                });
        DataLoader none = loader(8).dropLast(true);
        String message = "dropLast(true) leaves out a last batch that is not full, and 5 samples do not fill one of 8."
                + " Call dropLast(false), or batchSize(5) at most.";
        assertThatThrownBy(() -> trainer.fit(none, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no batch in the training loader: " + message);
        assertThatThrownBy(() -> trainer.evaluate(none)).hasMessage("There is no batch in the loader: " + message);
        assertThatThrownBy(() -> trainer.findLearningRate(none)).hasMessageEndingWith(message);
        assertThatThrownBy(() -> trainer.fitOneBatch(none, 1)).hasMessageEndingWith(message);
        trainer.validation(none);
        assertThatThrownBy(() -> trainer.fit(loader(2), 3))
                .hasMessage("There is no batch in the validation loader: " + message);
        assertThat(begun).isEmpty();
        assertThat(checkpoints).doesNotExist();
    }

    private static Trainer watching(double... figures) {
        return Trainer.of(TrainerRunsTest_WeightedModel.create(1))
                .optimizer(SGD.of(0.1f))
                .validation(loader(5))
                .metric(new Given(figures))
                .watch("given", Better.LOWER)
                .earlyStopping(2);
    }

    @Test
    void whatIsNoNumberIsNeverBetter() throws IOException {
        double nan = Double.NaN;
        assertThat(watching(nan, nan, nan, nan).fit(loader(2), 4).epochs()).hasSize(2);
        assertThat(watching(nan, 3, nan, nan, 1).fit(loader(2), 5).epochs()).hasSize(4);
        assertThat(watching(nan, 3, nan, 2, nan, nan, 1).fit(loader(2), 7).epochs())
                .hasSize(6);
    }

    @Test
    void aTrainingThatStoppedEarlyStaysStoppedWhenItIsResumed() throws IOException {
        Trainer trainer = watching(1, 2, 3, 4, 5, 6).checkpoint(folder, Retain.LAST);
        assertThat(trainer.fit(loader(2), 6).epochs()).hasSize(3);
        assertThat(trainer.resume().fit(loader(2), 6).epochs()).isEmpty();
    }

    private static double[] rates(History history) {
        return history.epochs().stream()
                .mapToDouble(History.Epoch::learningRate)
                .toArray();
    }

    @Test
    void anotherFitBeginsTheSchedulesAnew() throws IOException {
        Trainer cosine = Trainer.of(TrainerRunsTest_WeightedModel.create(1))
                .optimizer(SGD.of(0.1f))
                .schedule(CosineAnnealingLR.of(3));
        // 0.1 * (1 + cos(pi * i / 3)) / 2
        double[] expected = {0.1, 0.075, 0.025};
        assertThat(rates(cosine.fit(loader(2), 3))).containsExactly(expected, within(1e-8));
        assertThat(rates(cosine.fit(loader(2), 3))).containsExactly(expected, within(1e-8));

        SGD optimizer = SGD.of(0.1f).momentum(0.9f);
        Trainer cycle = Trainer.of(TrainerRunsTest_WeightedModel.create(1))
                .optimizer(optimizer)
                .scheduleEachBatch(OneCycleLR.of(0.5, 7));
        double[] first = rates(cycle.fit(loader(2), 2));
        assertThat(rates(cycle.fit(loader(2), 2))).containsExactly(first);
    }

    @Test
    void theSameTrainerGoesOnWhereItWasStopped() throws IOException {
        TrainerRunsTest_WeightedModel whole = TrainerRunsTest_WeightedModel.create(1);
        Trainer.of(whole)
                .optimizer(SGD.of(0.1f).momentum(0.9f))
                .schedule(CosineAnnealingLR.of(4))
                .fit(loader(2), 4);

        TrainerRunsTest_WeightedModel parts = TrainerRunsTest_WeightedModel.create(1);
        Trainer trainer = Trainer.of(parts)
                .optimizer(SGD.of(0.1f).momentum(0.9f))
                .schedule(CosineAnnealingLR.of(4))
                .checkpoint(folder, Retain.LAST);
        trainer.listener(new TrainingListener() {
            @Override
            public void batchEnded(int epoch, int batch, double loss) {
                if (epoch == 2 && batch == 1) {
                    trainer.stop();
                }
            }
        });
        DataLoader loader = loader(2);
        assertThat(trainer.fit(loader, 4).epochs()).hasSize(1);
        assertThat(trainer.resume().fit(loader, 4).epochs()).hasSize(3);
        assertThat(parts.stateDict()).isEqualTo(whole.stateDict());
    }
}
