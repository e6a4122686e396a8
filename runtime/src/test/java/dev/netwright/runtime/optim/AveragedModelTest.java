package dev.netwright.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.Trainable;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.generated.Models;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AveragedModelTest {
    private static Trainable model(int threads) {
        return new Models.Bare(Models.small(), Threads.of(threads));
    }

    private static void set(Trainable model, float value) {
        Parameters parameters = model.parameters();
        parameters.set("second.bias", Tensor.of(new float[] {value, -value}, 2));
        parameters.set("norm.running_mean", Tensor.of(new float[] {value, 0, 0, 0, 0}, 5));
        parameters.set("norm.num_batches_tracked", Tensor.ofLongs(new long[] {(long) value}));
    }

    private static float[] bias(AveragedModel average) {
        return average.stateDict().get("module.second.bias").toArray();
    }

    @Test
    void theFirstUpdateCopiesAndLaterOnesAreTheMean() {
        Trainable model = model(2);
        AveragedModel average = AveragedModel.of(model);
        for (float value : new float[] {4, 8, 3}) {
            set(model, value);
            average.update();
        }
        assertThat(bias(average)).containsExactly(new float[] {5, -5}, within(1e-6f));
        Map<String, Tensor> state = average.stateDict();
        assertThat(state.keySet()).first().isEqualTo("n_averaged");
        assertThat(state.get("n_averaged").toLongArray()).containsExactly(3);
        assertThat(state.get("module.norm.running_mean").toArray()[0]).isEqualTo(3);
        assertThat(state.get("module.norm.num_batches_tracked").toLongArray()).containsExactly(3);
    }

    @Test
    void withADecayTheNewestCountsByItsComplement() {
        Trainable model = model(1);
        AveragedModel average = AveragedModel.of(model).decay(0.9f).useBuffers(true);
        for (float value : new float[] {10, 20, 0}) {
            set(model, value);
            average.update();
        }
        assertThat(bias(average)[0]).isEqualTo(9.9f, within(1e-5f));
        assertThat(average.stateDict().get("module.norm.running_mean").toArray()[0])
                .isEqualTo(9.9f, within(1e-5f));
        assertThat(average.stateDict().get("module.norm.num_batches_tracked").toLongArray())
                .containsExactly(10);
    }

    @Test
    void theNumberOfThreadsDoesNotChangeOneBit() {
        float[][] results = new float[2][];
        for (int i = 0; i < 2; i++) {
            Trainable model = model(1 + 2 * i);
            AveragedModel average = AveragedModel.of(model);
            Random random = new Random(1);
            for (int update = 0; update < 4; update++) {
                OptimizerTest.fillGradients(model.parameters(), random);
                SGD.of(1).step(model);
                average.update();
            }
            average.swap();
            results[i] = model.parameters().values();
        }
        assertThat(results[1]).containsExactly(results[0]);
    }

    @Test
    void swappingPutsTheAverageIntoTheModelAndBack() {
        LineModel net = LineModel.create();
        AveragedModel average = AveragedModel.of(net);
        average.update();
        SGD sgd = SGD.of(0.1f);
        for (int i = 0; i < 3; i++) {
            net.trainStep(LineModel.samples(8), LineModel.targets(8), 8, sgd);
            average.update();
        }
        float[] trained = net.predict(LineModel.samples(8), 8);
        Map<String, Tensor> before = net.stateDict();
        Map<String, Tensor> averaged = average.stateDict();
        average.swap();
        assertThat(net.predict(LineModel.samples(8), 8)).isNotEqualTo(trained);
        assertThat(net.stateDict().get("fc.weight")).isEqualTo(averaged.get("module.fc.weight"));
        assertThat(average.stateDict()).isEqualTo(averaged);
        assertThatThrownBy(average::update)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Call swap() again first");
        average.swap();
        assertThat(net.predict(LineModel.samples(8), 8)).containsExactly(trained);
        assertThat(net.stateDict()).isEqualTo(before);
        LineModel other = LineModel.create();
        average.copyTo(other);
        assertThat(other.stateDict().get("fc.weight")).isEqualTo(averaged.get("module.fc.weight"));
    }

    @Test
    void goesOnFromItsStateBitForBit() {
        Trainable model = model(1);
        AveragedModel original = AveragedModel.of(model);
        for (int i = 1; i < 5; i++) {
            set(model, i * 0.37f);
            original.update();
        }
        AveragedModel resumed = AveragedModel.of(model(1));
        Map<String, Tensor> state = original.stateDict();
        resumed.prepareLoad(state).run();
        assertThat(resumed.stateDict()).isEqualTo(state);
        Map<String, Tensor> wrong = new HashMap<>(state);
        wrong.remove("module.second.bias");
        assertThatThrownBy(() -> resumed.prepareLoad(wrong)).hasMessageContaining("second.bias");
        assertThatThrownBy(() -> resumed.prepareLoad(model.parameters().stateDict()))
                .hasMessageContaining("\"n_averaged\"");
        assertThatThrownBy(() -> AveragedModel.of(model).decay(1.1f)).hasMessageContaining("but is 1.1");
    }

    @Test
    void batchNormStatisticsAreTheMeanOfAllBatchesWhateverTheMomentum() {
        LineModel net = LineModel.create();
        net.forward(LineModel.samples(4), 4);
        float[] x = LineModel.samples(12);
        double mean = 0;
        double variance = 0;
        for (int batch = 0; batch < 3; batch++) {
            float[] y = net.predict(Arrays.copyOfRange(x, 8 * batch, 8 * batch + 8), 4);
            double own = 0;
            for (float value : y) {
                own += value / 4;
            }
            for (float value : y) {
                variance += (value - own) * (value - own) / 3 / 3;
            }
            mean += own / 3;
        }
        BatchNormStatistics.update(net, () -> {
            for (int batch = 0; batch < 3; batch++) {
                net.forward(Arrays.copyOfRange(x, 8 * batch, 8 * batch + 8), 4);
            }
        });
        assertThat(net.stateDict().get("norm.running_mean").toArray()[0]).isEqualTo((float) mean, within(1e-6f));
        assertThat(net.stateDict().get("norm.running_var").toArray()[0]).isEqualTo((float) variance, within(1e-6f));
        assertThat(net.stateDict().get("norm.num_batches_tracked").toLongArray())
                .containsExactly(3);
    }

    @Test
    void statisticsStayIfThePassFailsOrComputesNothing() {
        LineModel net = LineModel.create();
        net.forward(LineModel.samples(4), 4);
        Map<String, Tensor> before = net.stateDict();
        assertThatThrownBy(() -> BatchNormStatistics.update(net, () -> {
                    net.forward(LineModel.samples(4), 4);
                    throw new IllegalArgumentException("no file");
                }))
                .hasMessage("no file");
        assertThat(net.stateDict()).isEqualTo(before);
        assertThatThrownBy(() -> BatchNormStatistics.update(net, () -> net.predict(LineModel.samples(4), 4)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The pass computed no batch in training mode");
        assertThat(net.stateDict()).isEqualTo(before);
    }
}
