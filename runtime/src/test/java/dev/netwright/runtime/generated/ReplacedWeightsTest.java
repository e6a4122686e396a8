package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.WeightSet;
import dev.netwright.runtime.files.Safetensors;
import dev.netwright.runtime.files.checkpoint.Checkpoint;
import dev.netwright.runtime.files.checkpoint.Progress;
import dev.netwright.runtime.optim.AveragedModel;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.SGD;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights are exchanged as a whole: a prediction computes with those that it began with. */
class ReplacedWeightsTest {
    /** Several parts of a prediction. */
    private static final int N = 40;

    private static final int SECOND_PART = 16;

    private static final Map<String, Tensor> A = state(1, 2, 3);
    private static final Map<String, Tensor> B = state(-4, 5, -6);

    private final float[] x = LineModel.samples(N);
    private final float[] y = LineModel.targets(N);

    @TempDir
    private Path folder;

    /** A way to give a model the weights B. */
    private interface Replacement {
        /** May throw. */
        interface Call {
            void run() throws Exception;
        }

        void in(LineModel model) throws Exception;

        default void of(LineModel model) {
            unchecked(() -> in(model));
        }

        static void unchecked(Call call) {
            try {
                call.run();
            } catch (RuntimeException unchecked) {
                throw unchecked;
            } catch (Exception checked) {
                throw new IllegalStateException(checked);
            }
        }
    }

    private static Map<String, Tensor> state(float a, float b, float bias) {
        Map<String, Tensor> state = new LinkedHashMap<>(LineModel.create().stateDict());
        state.put("fc.weight", Tensor.of(new float[] {a, b}, 1, 2));
        state.put("fc.bias", Tensor.of(new float[] {bias}, 1));
        return state;
    }

    private static LineModel withA() {
        LineModel model = LineModel.of(LineModel.MSE, Options.defaults().threads(1));
        model.loadStateDict(A);
        return model;
    }

    private static float[] line(Map<String, Tensor> state, float[] x) {
        float[] weight = state.get("fc.weight").toArray();
        float bias = state.get("fc.bias").toArray()[0];
        float[] line = new float[x.length / 2];
        for (int s = 0; s < line.length; s++) {
            line[s] = weight[0] * x[2 * s] + weight[1] * x[2 * s + 1] + bias;
        }
        return line;
    }

    private List<Replacement> replacements() throws IOException {
        LineModel other = LineModel.create();
        other.loadStateDict(B);
        Path file = folder.resolve("b.safetensors");
        other.save(file);
        byte[] bytes = Files.readAllBytes(file);
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        Checkpoint.of(other).save(checkpoint, new Progress(0, 0));
        Map<String, Tensor> some = new LinkedHashMap<>(B);
        some.keySet().removeIf(key -> !key.startsWith("fc."));
        return List.of(
                model -> model.loadStateDict(B),
                model -> model.loadStateDict(some, false),
                model -> model.loadStateDict(file),
                model -> model.loadStateDict(new ByteArrayInputStream(bytes)),
                model -> model.loadStateDict(ByteBuffer.wrap(bytes)),
                model -> model.prepareLoad("b", Safetensors.read(file)).run(),
                model -> model.parameters().load(B, true),
                model -> Checkpoint.of(model).load(checkpoint),
                model -> {
                    AveragedModel average = AveragedModel.of(model);
                    Map<String, Tensor> state = new LinkedHashMap<>(B);
                    state.put("n_averaged", Tensor.ofLongs(new long[] {1}));
                    average.prepareLoad(state).run();
                    average.swap();
                });
    }

    @Test
    void aPredictionThatHasBegunIsComputedWithTheWeightsBefore() throws IOException {
        List<Replacement> replacements = replacements();
        for (int i = 0; i < 2 * replacements.size(); i++) {
            Replacement replacement = replacements.get(i / 2);
            LineModel model = withA();
            LineProgram program = i % 2 == 0 ? model.inference : new LineProgram(false, false, 1);
            LineModel.Predictor predictor = i % 2 == 0 ? model.predictor() : new LineModel.Predictor(model, program);
            program.duringForward = () -> {
                if (program.inputOffset == SECOND_PART) {
                    replacement.of(model);
                    // With weights and what is derived from them, before the first prediction goes on with its own.
                    assertThat(model.newPredictor().predict(x, N)).isEqualTo(line(B, x));
                }
            };
            assertThat(predictor.predict(x, N)).as("replacement %d", i).isEqualTo(line(A, x));
            program.duringForward = () -> {};
            assertThat(predictor.predict(x, N)).isEqualTo(line(B, x));
            assertThat(model.predict(x, N)).isEqualTo(line(B, x));
        }
    }

    @Test
    void oneEntryIsReplacedLikewise() {
        Map<String, Consumer<LineModel>> setters = Map.of(
                "fc.weight", model -> model.fc.weight(B.get("fc.weight")),
                "fc.bias", model -> model.parameters().set("fc.bias", B.get("fc.bias")));
        setters.forEach((key, setter) -> {
            LineModel model = withA();
            Map<String, Tensor> mixed = new LinkedHashMap<>(A);
            mixed.put(key, B.get(key));
            model.inference.duringForward = () -> {
                if (model.inference.inputOffset == SECOND_PART) {
                    setter.accept(model);
                }
            };
            assertThat(model.predict(x, N)).isEqualTo(line(A, x));
            model.inference.duringForward = () -> {};
            assertThat(model.predict(x, N)).isEqualTo(line(mixed, x));
        });
    }

    @Test
    void predictionsUnderLoadAreAllOfTheOneOrAllOfTheOther() throws Exception {
        LineModel model = withA();
        float[] ofA = line(A, x);
        float[] ofB = line(B, x);
        AtomicBoolean loading = new AtomicBoolean(true);
        CountDownLatch began = new CountDownLatch(4);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                LineModel.Predictor predictor = thread % 2 == 0 ? model.predictor() : model.newPredictor();
                all.add(pool.submit(() -> {
                    int predictions = 0;
                    float[] results = new float[N];
                    while (loading.get()) {
                        predictor.predict(x, N, results);
                        if (!Arrays.equals(results, ofA) && !Arrays.equals(results, ofB)) {
                            throw new AssertionError("torn: " + Arrays.toString(results));
                        }
                        if (predictions++ == 0) {
                            began.countDown();
                        }
                    }
                    return predictions;
                }));
            }
            // A thread that fails ends: the load then only takes its turns in vain.
            while (began.getCount() > 0 && all.stream().noneMatch(Future::isDone)) {
                model.loadStateDict(B);
                model.loadStateDict(A);
            }
            for (int i = 0; i < 2000; i++) {
                model.loadStateDict(i % 2 == 0 ? B : A);
            }
            loading.set(false);
            for (Future<Integer> predictions : all) {
                assertThat(predictions.get()).isPositive();
            }
        } finally {
            loading.set(false);
            pool.shutdownNow();
        }
    }

    @Test
    void trainingGoesOnFromTheWeightsThatWereLoaded() {
        LineModel model = withA();
        LineModel fresh = LineModel.of(LineModel.MSE, Options.defaults().threads(2));
        Optimizer optimizer = SGD.of(0.1f);
        model.trainStep(x, y, N, optimizer);
        model.loadStateDict(B);
        fresh.loadStateDict(B);
        float loss = fresh.trainStep(x, y, N, SGD.of(0.1f));
        assertThat(model.trainStep(x, y, N, optimizer)).isEqualTo(loss);
        assertThat(model.stateDict()).isEqualTo(fresh.stateDict()).isNotEqualTo(B);
        assertThat(model.evaluate(x, y, N)).isEqualTo(fresh.evaluate(x, y, N));
    }

    @Test
    void backwardAfterALoadIsRefused() {
        LineModel model = withA();
        model.loss(x, y, N);
        model.loadStateDict(B);
        assertThatThrownBy(model::backward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The weights have changed since the loss(...)");
        model.loss(x, y, N);
        model.backward();
    }

    @Test
    void newWeightsAreRefusedWhileAnotherThreadTrains() throws Exception {
        LineModel model = withA();
        List<Replacement> replacements = new ArrayList<>(replacements());
        replacements.add(one -> one.fc.weight(B.get("fc.weight")));
        replacements.add(one -> one.initialize(7));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        model.training.duringForward = () -> {
            inside.countDown();
            Replacement.unchecked(go::await);
        };
        Thread trainer = new Thread(() -> model.loss(x, y, N), "trainer");
        trainer.start();
        try {
            inside.await();
            for (Replacement replacement : replacements) {
                assertThatThrownBy(() -> replacement.of(model))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("being trained by the thread trainer, so new weights were refused");
            }
            assertThat(model.newPredictor().predict(x, N)).isEqualTo(line(A, x));
        } finally {
            go.countDown();
            trainer.join();
        }
        model.loadStateDict(B);
        assertThat(model.predict(x, N)).isEqualTo(line(B, x));
    }

    @Test
    void whatWasReplacedIsGarbage() {
        LineModel model = withA();
        LineModel.Predictor other = model.newPredictor();
        Optimizer optimizer = SGD.of(0.1f);
        model.trainStep(x, y, N, optimizer);
        model.loss(x, y, N);
        optimizer.step(model);
        model.predict(x, N);
        other.predict(x, N);
        model.evaluate(x, y, N);
        List<WeakReference<Object>> before = parts(model.parameters().weights());
        model.loadStateDict(B);
        for (int i = 0; i < 100 && before.stream().anyMatch(part -> part.get() != null); i++) {
            System.gc();
        }
        assertThat(before).allSatisfy(part -> assertThat(part.get()).isNull());
        assertThat(other.predict(x, N)).isEqualTo(line(B, x));
        assertThat(model.trainStep(x, y, N, optimizer)).isPositive();
    }

    /** The set, its arrays, and what predictions derived from them. */
    private static List<WeakReference<Object>> parts(WeightSet weights) {
        float[] derived = weights.derived(new WeightSet.Derivation() {
            @Override
            public String key() {
                return LineProgram.class.getName();
            }

            @Override
            public float[] allocate() {
                throw new AssertionError("nothing was derived");
            }

            @Override
            public void compute(float[] array) {
                throw new AssertionError("what was derived is not of this set");
            }
        });
        assertThat(derived[0]).isEqualTo(weights.values()[0]);
        return Stream.of(weights, weights.values(), weights.buffers(), weights.counters(), derived)
                .map(part -> new WeakReference<Object>(part))
                .toList();
    }

    @Test
    void weightsOfAnotherNetworkAreNotExchanged() {
        LineModel model = withA();
        WeightSet wide = Models.small().weights();
        assertThatThrownBy(() -> model.parameters().exchange(wide))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arrays of " + wide.values().length + " values")
                .hasMessageContaining("are of 32, 32 and 1");
        WeightSet changed = model.parameters().weights().copy();
        changed.values()[16] = 4;
        WeightSet before = model.parameters().exchange(changed);
        assertThat(before.values()[16]).isEqualTo(3);
        assertThat(model.predict(x, N)).isEqualTo(line(state(1, 2, 4), x));
    }
}
