package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.RowGradient;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Adagrad;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.runtime.optim.SparseAdam;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows that are read by indices: which of them steps touch, and what is refused. */
class EmbeddingTest {
    private static final int ROWS = 90;
    private static final int PADDING = 4;
    private static final int LENGTH = 20;
    /** More than a step takes at a time. */
    private static final int SAMPLES = 6000;

    private static final NetworkText DENSE = network("RowsNet", "");
    private static final NetworkText SPARSE = network("SparseRowsNet", ", sparse = true");
    private static final NetworkText FREQUENT = network("FrequentRowsNet", ", scaleGradByFreq = true");
    private static final NetworkText WEIGHTED = NetworkText.of("WeightedBagsNet", """
            @Network
            @Input(name = "words", shape = 3, type = InputType.INT32)
            @Input(name = "others", shape = 3, type = InputType.INT32)
            @CrossEntropyLoss
            """, """
            @Parameter(shape = 3) Layer factors;
            @EmbeddingBag(numEmbeddings = 90, embeddingDim = 20, mode = EmbeddingBag.Mode.SUM, paddingIdx = 4,
                    scaleGradByFreq = true, perSampleWeights = "factors", from = "words") Layer bag;
            @Shared(value = "bag", from = {"others", "factors"}) Layer again;
            @Concat(from = {"bag", "again"}) Layer both;
            @Linear(outFeatures = 4) Layer scores;
            """);
    private static final CompiledNetworks BUILT = CompiledNetworks.of(DENSE, SPARSE, FREQUENT, WEIGHTED);

    /** A frozen weight first, so that gradients do not lie as values do. */
    private static NetworkText network(String name, String sparse) {
        return NetworkText.of(name, """
                @Network
                @Input(name = "words", shape = 3, type = InputType.INT32)
                @Input(name = "others", shape = {3, 1}, type = InputType.INT32)
                @CrossEntropyLoss
                @Frozen("first.*")
                """, """
                @Embedding(numEmbeddings = 90, embeddingDim = 20, from = "others") Layer first;
                @Embedding(numEmbeddings = 90, embeddingDim = 20, paddingIdx = 4, from = "words"%s) Layer rows;
                @Shared(value = "rows", from = "others") Layer again;
                @Flatten(from = "first") Layer flatFirst;
                @Flatten(from = "rows") Layer flat;
                @Flatten(from = "again") Layer flatAgain;
                @Concat(from = {"flatFirst", "flat", "flatAgain"}) Layer both;
                @Linear(outFeatures = 4) Layer scores;
                """.formatted(sparse));
    }

    private static int[] ints(int length, int from, int to, long seed) {
        return new Random(seed).ints(length, from, to).toArray();
    }

    private static GeneratedModel model(NetworkText network, int bits, int threads) {
        return BUILT.network(network, bits)
                .create(3, Options.defaults().threads(threads).predictionThreads(threads));
    }

    /** The state after steps on some of the rows, each step on others. */
    private static Map<String, Tensor> trained(
            GeneratedModel model, Optimizer optimizer, int samples, boolean exposed) {
        for (int step = 0; step < 5; step++) {
            if (exposed) {
                Arrays.fill(model.model().parameters().gradients(), Float.NaN);
            }
            int[] words = ints(3 * samples, 10 * step, 10 * step + 30, step);
            words[0] = PADDING;
            int[] others = ints(3 * samples, 5 * step, 5 * step + 8, step);
            model.trainStep(List.of(words, others), List.of(ints(samples, 0, 4, step)), samples, optimizer);
        }
        return model.model().stateDict();
    }

    private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        expected.forEach(
                (key, tensor) -> assertThat(actual.get(key).toArray()).as(key).isEqualTo(tensor.toArray()));
    }

    /** A gradient that is known outside is cleared and stepped as a whole. */
    @Test
    void steppingTheRowsThatAreNamedGivesTheBitsOfSteppingAll() {
        List<Supplier<Optimizer>> optimizers = List.of(
                () -> SGD.of(0.1f),
                () -> Adagrad.of(0.1f),
                () -> SGD.of(0.1f).momentum(0.9f),
                () -> Adam.of(0.1f),
                () -> Adagrad.of(0.1f).initialAccumulatorValue(0.5f).lrDecay(0.1f));
        for (Supplier<Optimizer> optimizer : optimizers) {
            for (int samples : new int[] {5, SAMPLES}) {
                Map<String, Tensor> whole = trained(model(DENSE, 256, 1), optimizer.get(), samples, true);
                for (int threads : new int[] {1, 4}) {
                    assertSame(trained(model(DENSE, 256, threads), optimizer.get(), samples, false), whole);
                    assertSame(
                            trained(model(DENSE, CompiledNetworks.SCALAR, threads), optimizer.get(), samples, false),
                            whole);
                }
            }
        }
    }

    @Test
    void onlyRowsThatAreNamedAreNotedAndThePaddingIsNot() {
        GeneratedModel model = model(DENSE, 256, 1);
        float[] before = model.model().stateDict().get("rows.weight").toArray();
        model.trainStep(
                List.of(new int[] {7, PADDING, 7}, new int[] {8, 9, 7}), List.of(new int[] {1}), 1, SGD.of(0.5f));
        RowGradient rows = model.model().parameters().rowGradients().get(0);
        assertThat(model.model().parameters().rowGradients()).hasSize(1);
        assertThat(rows.isWhole()).isFalse();
        assertThat(rows.count()).isEqualTo(3);
        float[] after = model.model().stateDict().get("rows.weight").toArray();
        for (int row = 0; row < ROWS; row++) {
            boolean same =
                    Arrays.equals(before, row * LENGTH, (row + 1) * LENGTH, after, row * LENGTH, (row + 1) * LENGTH);
            assertThat(same).as("row " + row).isEqualTo(row < 7 || row > 9);
        }
    }

    @Test
    void gradientsByHandAddUpUntilTheyAreCleared() {
        GeneratedModel model = model(DENSE, 256, 4);
        List<int[]> first = List.of(new int[] {1, 2, 3}, new int[] {4, 5, 6});
        List<int[]> second = List.of(new int[] {1, 80, 81}, new int[] {82, 1, 6});
        float[] ofFirst = gradient(model, first, true);
        float[] ofSecond = gradient(model, second, true);
        gradient(model, first, true);
        float[] ofBoth = gradient(model, second, false);
        for (int i = 0; i < ofBoth.length; i++) {
            assertThat(ofBoth[i]).isCloseTo(ofFirst[i] + ofSecond[i], within(1e-6f));
        }
        model.trainStep(first, List.of(new int[] {2}), 1, SGD.of(0));
        assertThat(gradient(model, second, true)).isEqualTo(ofSecond);
    }

    /** The whole batch's counts, though a step takes its samples in parts; each reader of a row has counts of its own. */
    @Test
    void gradientsAreDividedByHowOftenTheBatchNamesARow() {
        int[] words = ints(3 * SAMPLES, 0, 30, 1);
        int[] others = ints(3 * SAMPLES, 50, 60, 2);
        List<int[]> inputs = List.of(words, others);
        List<int[]> targets = List.of(ints(SAMPLES, 0, 4, 3));
        float[] whole = gradient(model(DENSE, 256, 1), inputs, targets, SAMPLES);
        float[] divided = gradient(model(FREQUENT, 256, 4), inputs, targets, SAMPLES);
        assertThat(gradient(model(FREQUENT, CompiledNetworks.SCALAR, 1), inputs, targets, SAMPLES))
                .isEqualTo(divided);
        GeneratedModel stepped = model(FREQUENT, 256, 1);
        float[] before = stepped.model().stateDict().get("rows.weight").toArray();
        stepped.trainStep(inputs, targets, SAMPLES, SGD.of(1024));
        float[] after = stepped.model().stateDict().get("rows.weight").toArray();
        for (int i = 0; i < whole.length; i++) {
            int row = i / LENGTH;
            long count = IntStream.of(row < 50 ? words : others)
                    .filter(index -> index == row)
                    .count();
            float expected = whole[i] / Math.max(1, count);
            assertThat(divided[i]).isCloseTo(expected, within(1e-9f));
            assertThat((before[i] - after[i]) / 1024).isCloseTo(expected, within(1e-9f));
        }
    }

    @Test
    void aSharedBagIsGivenItsWeightsByFromAndTheyGetGradients() {
        List<int[]> inputs = List.of(new int[] {7, PADDING, 7}, new int[] {8, 9, 7});
        GeneratedModel model = model(WEIGHTED, 256, 1);
        float loss = model.loss(inputs, List.of(new int[] {2}), 1);
        model.model().backward();
        float[] gradient = model.model().gradients().get("factors").toArray();
        for (int i = 0; i < gradient.length; i++) {
            Map<String, Tensor> state = new LinkedHashMap<>(model.model().stateDict());
            float[] moved = state.get("factors").toArray();
            moved[i] += 1 / 128f;
            state.put("factors", Tensor.of(moved, 3));
            GeneratedModel other = model(WEIGHTED, 256, 1);
            other.model().loadStateDict(state);
            assertThat((other.loss(inputs, List.of(new int[] {2}), 1) - loss) * 128)
                    .isCloseTo(gradient[i], within(0.05f * Math.abs(gradient[i]) + 0.01f));
        }
        assertSame(
                trained(model(WEIGHTED, 256, 4), SGD.of(0.1f), SAMPLES, false),
                trained(model(WEIGHTED, 256, 1), SGD.of(0.1f), SAMPLES, true));
    }

    private static float[] gradient(GeneratedModel model, List<int[]> inputs, List<int[]> targets, int n) {
        model.model().zeroGrad();
        model.loss(inputs, targets, n);
        model.model().backward();
        return model.model().gradients().get("rows.weight").toArray();
    }

    private static float[] gradient(GeneratedModel model, List<int[]> inputs, boolean fresh) {
        if (fresh) {
            model.model().zeroGrad();
        }
        model.loss(inputs, List.of(new int[] {2}), 1);
        model.model().backward();
        return model.model().gradients().get("rows.weight").toArray();
    }

    @Test
    void anIndexOfNoRowIsRefusedBeforeAnythingChanges() {
        GeneratedModel model = model(DENSE, 256, 2);
        Map<String, Tensor> before = model.model().stateDict();
        int[] words = ints(3 * 4, 0, ROWS, 1);
        int[] others = ints(3 * 4, 0, ROWS, 2);
        others[7] = ROWS;
        SGD optimizer = SGD.of(0.1f);
        String message = "Element [2, 1, 0] of input others is 90, but first has 90 rows, so indices are from 0 to 89."
                + " Nothing was changed.";
        assertThatThrownBy(() -> model.trainStep(List.of(words, others), List.of(new int[4]), 4, optimizer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> model.predict(List.of(words, others), 4)).hasMessage(message);
        assertThatThrownBy(() -> model.loss(List.of(words, others), List.of(new int[4]), 4))
                .hasMessage(message);
        others[7] = 0;
        words[3] = -1;
        assertThatThrownBy(() -> model.predict(List.of(words, others), 4))
                .hasMessageStartingWith("Element [1, 0] of input words is -1, but rows has 90 rows");
        assertSame(model.model().stateDict(), before);
        assertThat(optimizer.steps()).isZero();
        model.predict(List.of(words, others), 1); // the wrong one is behind the first sample
    }

    @Test
    void optimisersOfWholeGradientsRefuseSparseOnesByName() {
        assertThatThrownBy(() -> trained(model(SPARSE, 256, 1), Adam.of(0.1f), 5, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Adam steps whole gradients, but that of rows.weight is declared sparse. Use SGD, Adagrad or"
                                + " SparseAdam, or leave out sparse = true, and Adam steps every row.");
        assertThatThrownBy(() -> trained(model(SPARSE, 256, 1), SGD.of(0.1f).weightDecay(0.1f), 5, false))
                .hasMessageStartingWith(
                        "Weight decay is for whole gradients, but that of rows.weight is declared sparse");
        assertThatThrownBy(() -> trained(model(SPARSE, 256, 1), SparseAdam.of(0.1f), 5, false))
                .hasMessageStartingWith(
                        "SparseAdam steps gradients that are declared sparse, but that of scores.weight");
        // the others' decay is not the rows'
        trained(model(SPARSE, 256, 1), SparseAdam.of(0.1f).others(Adam.of(0.1f).weightDecay(0.5f)), 5, false);
    }

    @Test
    void sparseGradientsAreSteppedByTheSameRulesWhateverTheThreads() {
        List<Supplier<Optimizer>> optimizers = List.of(
                () -> SGD.of(0.1f),
                () -> Adagrad.of(0.1f),
                () -> SparseAdam.of(0.1f).others(Adam.of(0.1f)));
        for (Supplier<Optimizer> optimizer : optimizers) {
            Map<String, Tensor> one = trained(model(SPARSE, 256, 1), optimizer.get(), SAMPLES, false);
            assertSame(trained(model(SPARSE, 256, 4), optimizer.get(), SAMPLES, false), one);
            if (!(optimizer.get() instanceof SparseAdam)) {
                assertSame(trained(model(DENSE, 256, 1), optimizer.get(), SAMPLES, false), one);
            }
        }
    }

    @Test
    void weightsAreDrawnAsPyTorchDoesWithARowOfZeros() {
        float[] weight =
                model(DENSE, 256, 1).model().stateDict().get("rows.weight").toArray();
        for (int k = 0; k < LENGTH; k++) {
            assertThat(weight[PADDING * LENGTH + k]).isZero();
            assertThat(weight[(PADDING + 1) * LENGTH + k]).isNotZero();
        }
        // torch.manual_seed(3); nn.Embedding(90, 20); nn.Embedding(90, 20, padding_idx=4).weight
        assertThat(Arrays.copyOf(weight, 3))
                .containsExactly(new float[] {0.290392935f, -0.767302632f, 0.694265008f}, within(1e-6f));
        assertThat(Arrays.copyOfRange(weight, weight.length - 3, weight.length))
                .containsExactly(new float[] {-0.168091923f, -0.894647717f, 0.589947462f}, within(1e-6f));
    }
}
