package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PredictorTest {
    private final float[] x = LineModel.samples(100);
    private final float[] y = LineModel.targets(100);

    @Test
    void largeBatchesRunInPartsOfSixteenWithTheSameBits() {
        LineModel model = LineModel.create();
        float[] all = model.predict(x, 100);
        assertThat(model.inference.largestPart).isEqualTo(16);
        for (int n : new int[] {1, 15, 16, 17, 33}) {
            assertThat(model.predict(x, n)).isEqualTo(Arrays.copyOf(all, n));
        }
        for (int s = 0; s < 100; s++) {
            assertThat(model.predict(Arrays.copyOfRange(x, 2 * s, 2 * s + 2), 1)[0])
                    .isEqualTo(all[s]);
        }
    }

    @Test
    void aLongerArrayForResultsIsLeftAloneBeyondTheSamples() {
        float[] results = new float[20];
        results[17] = 5;
        LineModel.create().predict(x, 17, results);
        assertThat(results[16]).isNotZero();
        assertThat(results[17]).isEqualTo(5);
    }

    @Test
    void evaluationInPartsIsTheMeanOverAll() {
        LineModel model = LineModel.create();
        float[] predicted = model.predict(x, 100);
        double sum = 0;
        for (int s = 0; s < 100; s++) {
            float difference = predicted[s] - y[s];
            sum += difference * difference;
        }
        assertThat(model.evaluate(x, y, 100)).isEqualTo((float) (sum / 100));
    }

    @Test
    void derivedWeightsAreRenewedOnlyWhenParametersChange() {
        LineModel model = LineModel.create();
        model.predict(x, 1);
        LineModel.Predictor other = model.newPredictor();
        other.predict(x, 40);
        model.predict(x, 40);
        assertThat(model.inference.prepared).isEqualTo(1);
        float before = other.predict(x, 1)[0];
        model.trainStep(x, y, 100, SGD.of(0.1f));
        float after = other.predict(x, 1)[0];
        assertThat(after).isNotEqualTo(before).isEqualTo(model.predict(x, 1)[0]);
        assertThat(model.inference.prepared).isEqualTo(1);
        model.parameters().set("fc.bias", Tensor.of(new float[] {7}, 1));
        model.predict(x, 1);
        assertThat(model.inference.prepared).isEqualTo(2);
    }

    @Test
    void predictionsOfManyThreadsAreRight() throws Exception {
        LineModel model = LineModel.of(LineModel.MSE, Options.defaults().predictionThreads(2));
        float[] expected = model.predict(x, 100);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int n = 10 + 25 * t;
                LineModel.Predictor own = t % 2 == 0 ? model.predictor() : model.newPredictor();
                results.add(pool.submit(() -> {
                    boolean right = true;
                    for (int i = 0; i < 200; i++) {
                        right &= Arrays.equals(own.predict(x, n), Arrays.copyOf(expected, n));
                    }
                    return right;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(10, TimeUnit.MINUTES)).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void theModelsOwnPredictionAndTrainingRefuseEachOther() throws Exception {
        LineModel model = LineModel.of(LineModel.MSE, Options.defaults().threads(1));
        LineModel.Predictor other = model.newPredictor();
        whileBlocked(model.training, () -> model.loss(x, y, 10), () -> {
            assertThatThrownBy(() -> model.predict(x, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the prediction was refused");
            assertThatThrownBy(() -> model.evaluate(x, y, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> model.trainStep(x, y, 10, SGD.of(1f)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("being trained by the thread blocked");
            other.predict(x, 1);
        });
        whileBlocked(model.inference, () -> model.predict(x, 10), () -> {
            assertThatThrownBy(() -> model.trainStep(x, y, 10, SGD.of(1f)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("training it was refused");
            other.predict(x, 1);
        });
        model.predict(x, 10);
        model.trainStep(x, y, 10, SGD.of(0.1f));
    }

    /** Runs a check while another thread is in the middle of a program. */
    private static void whileBlocked(LineProgram program, Runnable use, Runnable check) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        program.duringForward = () -> {
            inside.countDown();
            try {
                go.await(10, TimeUnit.MINUTES);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        };
        Thread thread = new Thread(use, "blocked");
        thread.start();
        try {
            assertThat(inside.await(10, TimeUnit.MINUTES)).isTrue();
            check.run();
        } finally {
            go.countDown();
            thread.join();
            program.duringForward = () -> {};
        }
    }

    @Test
    void aPredictionWithoutTheLockIsRefused() {
        LineModel model = LineModel.create();
        for (LineModel.Predictor predictor : List.of(model.predictor(), model.newPredictor())) {
            assertThatThrownBy(() -> predictor.predictUnlocked(x, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("monitor");
        }
    }

    /** What is compiled belongs to the class, so this is the one test that may warm it up. */
    @Test
    void warmingUpRunsBothSizesOncePerClassAndChangesNothing() {
        LineModel model = LineModel.create();
        var before = model.everything();
        Set<Integer> sizes = new TreeSet<>();
        model.inference.duringForward = () -> sizes.add(model.inference.samples);
        model.warmUp();
        assertThat(sizes).containsExactly(1, 16);
        assertThat(model.everything()).isEqualTo(before);
        LineModel second = LineModel.create();
        AtomicInteger passes = new AtomicInteger();
        second.inference.duringForward = passes::incrementAndGet;
        second.warmUp();
        model.inference.duringForward = passes::incrementAndGet;
        model.warmUp();
        assertThat(passes).hasValue(0);
        assertThat(second.predict(x, 1)).isEqualTo(model.predict(x, 1));
        assertThat(passes).hasValue(2);
    }
}
