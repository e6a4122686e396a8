package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Gradients;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users do with a model around its training step, and what they do wrong. */
class LearningTest {
    private static final int N = 6;

    private static final NetworkText KEPT =
            NetworkText.of("KeptNet", "@Network(input = {3, 6, 6}, inputGradient = true) @CrossEntropyLoss", """
            @Conv2d(outChannels = 5, kernelSize = 3) @Key("features.0") Layer conv;
            @ReLU @KeepOutput Layer relu;
            @MaxPool2d(kernelSize = 2) Layer pool;
            @Flatten Layer flatten;
            @Linear(outFeatures = 4) @Key("classifier") Layer fc;
            """);

    private static final NetworkText SEVERAL = NetworkText.of("SeveralNet", """
            @Network
            @Input(name = "left", shape = {4})
            @Input(name = "right", shape = {3})
            @CrossEntropyLoss(of = "classes", scale = 0.5)
            @MSELoss(of = "value", scale = 3)""", """
            @Linear(outFeatures = 8, from = "left") Layer first;
            @Linear(outFeatures = 8, from = "right") Layer second;
            @Add(from = {"first", "second"}) Layer sum;
            @Tanh Layer tanh;
            @Linear(outFeatures = 3) @Output Layer classes;
            @Linear(outFeatures = 2, from = "tanh") @Output Layer value;
            """);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(NetworkText.SMALL, KEPT, SEVERAL);

    private static GeneratedModel create(NetworkText network) {
        return BUILT.network(network, CompiledNetworks.SCALAR)
                .create(1, Options.defaults().threads(2));
    }

    @Test
    void aStepByHandHasTheBitsOfTrainStep() {
        GeneratedModel whole = create(NetworkText.SMALL);
        GeneratedModel byHand = create(NetworkText.SMALL);
        SGD wholeOptimizer = SGD.of(0.05f).momentum(0.9f);
        SGD optimizer = SGD.of(0.05f).momentum(0.9f);
        for (int step = 0; step < 3; step++) {
            List<float[]> images = List.of(Training.images(whole, N, step));
            List<int[]> classes = List.of(Training.classes(whole, N, step));
            float expected = whole.trainStep(images, classes, N, wholeOptimizer);
            assertThat(byHand.loss(images, classes, N)).isEqualTo(expected);
            byHand.model().backward();
            float norm = Gradients.clipNorm(byHand.model(), 1e6f);
            assertThat(norm).isCloseTo(norm(byHand.model()), within(1e-4f * norm));
            optimizer.step(byHand.model());
            byHand.model().zeroGrad();
            assertThat(Training.differences(Training.state(byHand), Training.state(whole)))
                    .isEmpty();
        }
    }

    /** From the gradients as they are shown, without the padding they are stored with. */
    private static float norm(Model model) {
        double sum = 0;
        for (Tensor gradient : model.gradients().values()) {
            for (float each : gradient.toArray()) {
                sum += (double) each * each;
            }
        }
        return (float) Math.sqrt(sum);
    }

    @Test
    void clippingBoundsTheNorm() {
        GeneratedModel model = create(NetworkText.SMALL);
        model.loss(List.of(Training.images(model, N, 1)), List.of(Training.classes(model, N, 1)), N);
        model.model().backward();
        Gradients.clipNorm(model.model(), 0.01f);
        assertThat(norm(model.model())).isCloseTo(0.01f, within(1e-6f));
    }

    @Test
    void keysNameTheState() {
        assertThat(create(KEPT).model().stateDict().keySet())
                .containsExactly("features.0.weight", "features.0.bias", "classifier.weight", "classifier.bias");
    }

    @Test
    void aKeptOutputIsTheLayers() {
        GeneratedModel model = create(KEPT);
        float[] images = Training.images(model, N, 1);
        model.predict(List.of(images), N);
        Tensor kept = model.output("relu");
        assertThat(kept.shape()).containsExactly(N, 5, 4, 4);
        Tensor weight = model.model().stateDict().get("features.0.weight");
        float expected = model.model().stateDict().get("features.0.bias").toArray()[2];
        // sample 3, channel 2, row 1, column 2
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    expected += images[((3 * 3 + c) * 6 + 1 + i) * 6 + 2 + j]
                            * weight.toArray()[((2 * 3 + c) * 3 + i) * 3 + j];
                }
            }
        }
        assertThat(kept.toArray()[((3 * 5 + 2) * 4 + 1) * 4 + 2]).isCloseTo(Math.max(0, expected), within(1e-5f));
        assertThatThrownBy(() -> model.output("conv")).hasMessageContaining("@KeepOutput");
    }

    @Test
    void theInputGradientIsTheLossesSlope() {
        GeneratedModel model = create(KEPT);
        float[] images = Training.images(model, N, 1);
        List<int[]> classes = List.of(Training.classes(model, N, 1));
        model.loss(List.of(images), classes, N);
        model.model().backward();
        Tensor gradient = model.inputGradients().get("input");
        assertThat(gradient.shape()).containsExactly(N, 3, 6, 6);
        for (int i = 0; i < images.length; i += 37) {
            float[] above = images.clone();
            float[] below = images.clone();
            above[i] += 5e-3f;
            below[i] -= 5e-3f;
            float slope =
                    (model.evaluate(List.of(above), classes, N) - model.evaluate(List.of(below), classes, N)) / 1e-2f;
            assertThat(gradient.toArray()[i]).isCloseTo(slope, within(2e-3f));
        }
    }

    @Test
    void predictorsOfTwoThreadsGiveTheSameBitsAtOnce() throws Exception {
        GeneratedModel model = create(NetworkText.SMALL);
        float[] images = Training.images(model, N, 1);
        List<Integer> expected = Training.bits(model.predict(List.of(images), N).get("fc"));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<List<List<Integer>>>> all = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                Object predictor =
                        model.model().getClass().getMethod("newPredictor").invoke(model.model());
                var predict = predictor.getClass().getMethod("predict", float[].class, int.class);
                all.add(pool.submit(() -> {
                    List<List<Integer>> results = new ArrayList<>();
                    for (int i = 0; i < 50; i++) {
                        results.add(Training.bits((float[]) predict.invoke(predictor, images, N)));
                    }
                    return results;
                }));
            }
            for (Future<List<List<Integer>>> results : all) {
                assertThat(results.get()).hasSize(50).containsOnly(expected);
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Batch normalisations are folded into weights that predictions derive: both are exchanged together. */
    @Test
    void predictionsWhileWeightsAreReplacedAreOfTheOneOrTheOther() throws Exception {
        GeneratedModel model = create(NetworkText.SMALL);
        float[] images = Training.images(model, N, 1);
        List<Map<String, Tensor>> states = new ArrayList<>();
        List<List<Integer>> expected = new ArrayList<>();
        for (int seed = 2; seed < 4; seed++) {
            Model other = BUILT.network(NetworkText.SMALL, CompiledNetworks.SCALAR)
                    .create(seed, Options.defaults())
                    .model();
            states.add(other.stateDict());
            model.model().loadStateDict(other.stateDict());
            expected.add(Training.bits(model.predict(List.of(images), N).get("fc")));
        }
        AtomicBoolean loading = new AtomicBoolean(true);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<Set<List<Integer>>>> all = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                Object predictor = thread == 0
                        ? model.model()
                        : model.model().getClass().getMethod("newPredictor").invoke(model.model());
                var predict = predictor.getClass().getMethod("predict", float[].class, int.class);
                all.add(pool.submit(() -> {
                    Set<List<Integer>> results = new HashSet<>();
                    do {
                        results.add(Training.bits((float[]) predict.invoke(predictor, images, N)));
                    } while (loading.get());
                    return results;
                }));
            }
            for (int i = 0; i < 500; i++) {
                model.model().loadStateDict(states.get(i % 2));
            }
            loading.set(false);
            for (Future<Set<List<Integer>>> results : all) {
                assertThat(expected).containsAll(results.get());
            }
        } finally {
            loading.set(false);
            pool.shutdownNow();
        }
    }

    @Test
    void severalInputsOutputsAndLossesAreWeighedTogether() {
        GeneratedModel model = create(SEVERAL);
        float[] left = Training.images(model, N, 1);
        float[] right = Arrays.copyOf(Training.images(model, N, 2), 3 * N);
        int[] classes = {0, 1, 2, 0, 1, 2};
        float[] values = Arrays.copyOf(Training.images(model, N, 3), 2 * N);
        Map<String, float[]> outputs = model.predict(List.of(left, right), N);
        assertThat(outputs.keySet()).containsExactly("classes", "value");
        double entropy = 0;
        double squares = 0;
        for (int s = 0; s < N; s++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += Math.exp(outputs.get("classes")[3 * s + c]);
            }
            entropy += Math.log(sum) - outputs.get("classes")[3 * s + classes[s]];
            for (int v = 0; v < 2; v++) {
                squares += Math.pow(outputs.get("value")[2 * s + v] - values[2 * s + v], 2);
            }
        }
        float expected = (float) (0.5 * entropy / N + 3 * squares / (2 * N));
        List<Object> targets = List.of(classes, values);
        assertThat(model.evaluate(List.of(left, right), targets, N)).isCloseTo(expected, within(1e-5f));
        SGD optimizer = SGD.of(0.05f);
        for (int i = 0; i < 50; i++) {
            model.trainStep(List.of(left, right), targets, N, optimizer);
        }
        assertThat(model.evaluate(List.of(left, right), targets, N)).isLessThan(0.7f * expected);
    }

    @Test
    void badCallsAreRefusedAndChangeNothing() {
        GeneratedModel model = create(NetworkText.SMALL);
        float[] images = Training.images(model, N, 1);
        int[] classes = Training.classes(model, N, 1);
        SGD optimizer = SGD.of(0.05f);
        List<float[]> inputs = List.of(images);
        refused(
                model,
                IllegalArgumentException.class,
                "191",
                () -> model.trainStep(List.of(new float[191]), List.of(classes), N, optimizer));
        refused(
                model,
                IllegalArgumentException.class,
                "5",
                () -> model.trainStep(inputs, List.of(new int[5]), N, optimizer));
        refused(
                model,
                IllegalArgumentException.class,
                "0",
                () -> model.trainStep(inputs, List.of(classes), 0, optimizer));
        refused(model, IllegalArgumentException.class, "-1", () -> model.predict(inputs, -1));
        int[] outside = classes.clone();
        outside[4] = 5;
        refused(
                model,
                IllegalArgumentException.class,
                "5",
                () -> model.trainStep(inputs, List.of(outside), N, optimizer));
        float[] broken = images.clone();
        broken[100] = Float.NaN;
        refused(
                model,
                NonFiniteLossException.class,
                "NaN",
                () -> model.trainStep(List.of(broken), List.of(classes), N, optimizer));
    }

    @Test
    void theFirstLayerThatIsNotFiniteIsNamed() {
        GeneratedModel model = create(KEPT);
        float[] images = Training.images(model, N, 1);
        int[] classes = Training.classes(model, N, 1);
        float[] broken = images.clone();
        broken[200] = Float.NaN;
        refused(
                model,
                NonFiniteLossException.class,
                "the input input has NaN in sample 1",
                () -> model.trainStep(List.of(broken), List.of(classes), N, SGD.of(0.05f)));
        spoil(model, "features.0.weight", 3e38f);
        refused(
                model,
                NonFiniteLossException.class,
                "in the output of relu = ReLU()",
                () -> model.trainStep(List.of(images), List.of(classes), N, SGD.of(0.05f)));
        spoil(model, "classifier.bias", Float.NaN);
        spoil(model, "features.0.weight", Float.NEGATIVE_INFINITY);
        refused(
                model,
                NonFiniteLossException.class,
                "the first is -Infinity in features.0.weight",
                () -> model.trainStep(List.of(images), List.of(classes), N, SGD.of(0.05f)));
    }

    private static void spoil(GeneratedModel model, String key, float value) {
        Map<String, Tensor> state = new java.util.LinkedHashMap<>(model.model().stateDict());
        float[] values = state.get(key).toArray();
        java.util.Arrays.fill(values, value);
        state.put(key, Tensor.of(values, state.get(key).shape()));
        model.model().loadStateDict(state);
    }

    @Test
    void aFileOfAnotherNetworkIsRefusedAndChangesNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("small.safetensors");
        create(NetworkText.SMALL).model().save(file);
        GeneratedModel model = create(KEPT);
        refused(
                model,
                IllegalArgumentException.class,
                "[3, 6, 6]",
                () -> model.model().loadStateDict(file));
        Map<String, Tensor> other = new java.util.LinkedHashMap<>(model.model().stateDict());
        other.put("classifier.bias", Tensor.of(new float[5], 5));
        refused(
                model,
                IllegalArgumentException.class,
                "classifier.bias",
                () -> model.model().loadStateDict(other));
    }

    private static void refused(
            GeneratedModel model, Class<? extends Exception> type, String word, ThrowingCallable call) {
        Map<String, List<Integer>> before = Training.state(model);
        assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(word);
        assertThat(Training.differences(Training.state(model), before)).isEmpty();
    }
}
