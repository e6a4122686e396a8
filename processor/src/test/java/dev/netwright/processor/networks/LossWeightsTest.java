package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.files.checkpoint.Checkpoint;
import dev.netwright.runtime.files.checkpoint.Progress;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights given at run time are those of an annotation, to the bit; what is wrong with them changes nothing. */
class LossWeightsTest {
    private static final String LINEAR = "@Linear(outFeatures = 3) Layer fc;";
    private static final String WEIGHTS = "{0.5, 2, 0.25}";
    private static final float[] GIVEN = {0.5f, 2, 0.25f};

    /** Losses of three elements, each plain and with weights in its annotation. */
    private static NetworkText network(String name, String loss, String attributes) {
        return NetworkText.of(name, "@Network(input = 4) @" + loss + "(" + attributes + ")", LINEAR);
    }

    private static final List<String> LOSSES = List.of(
            "CrossEntropyLoss",
            "CrossEntropyLoss labelSmoothing = 0.25",
            "CrossEntropyLoss probabilities = true",
            "NLLLoss",
            "MultiMarginLoss",
            "MultiLabelSoftMarginLoss",
            "BCEWithLogitsLoss");

    private static final NetworkText TWO = NetworkText.of("TwoNet", """
            @Network(input = 4)
            @CrossEntropyLoss(of = "first")
            @CrossEntropyLoss(of = "second")
            @BCEWithLogitsLoss(of = "second")
            """, """
            @Linear(outFeatures = 3) @Output Layer first;
            @Linear(outFeatures = 2) @Output Layer second;
            """);

    private static final List<NetworkText> TEXTS = texts();
    private static final CompiledNetworks BUILT = CompiledNetworks.of(TEXTS.toArray(new NetworkText[0]));
    private static final int SAMPLES = 5;
    private static final float[] INPUTS = new float[4 * SAMPLES];

    static {
        for (int i = 0; i < INPUTS.length; i++) {
            INPUTS[i] = i * 7919 % 23 / 11f - 1;
        }
    }

    private static List<NetworkText> texts() {
        List<NetworkText> texts = new ArrayList<>();
        for (int i = 0; i < LOSSES.size(); i++) {
            String[] loss = LOSSES.get(i).split(" ", 2);
            String attributes = loss.length == 1 ? "" : loss[1];
            String own = loss[0].startsWith("BCE") ? "posWeight" : "weight";
            texts.add(network("Plain" + i, loss[0], attributes));
            texts.add(network(
                    "Weighted" + i, loss[0], attributes + (attributes.isEmpty() ? "" : ", ") + own + " = " + WEIGHTS));
        }
        texts.add(TWO);
        return texts;
    }

    private static GeneratedModel model(int network) {
        return BUILT.network(TEXTS.get(network), CompiledNetworks.SCALAR).create(4, Options.defaults());
    }

    private static void give(GeneratedModel model, String method, Object... arguments) {
        Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class[]::new);
        try {
            Method found = model.model().getClass().getMethod(method, types);
            found.invoke(model.model(), arguments);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String method(int loss) {
        return LOSSES.get(loss).startsWith("BCE") ? "posWeight" : "classWeights";
    }

    private static List<Object> targets(GeneratedModel model) {
        int[] classes = {0, 1, 2, 1, 1};
        if (model.network().losses().get(0).loss().indices()) {
            return List.of(classes);
        }
        float[] shares = new float[3 * SAMPLES];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = i % 4 / 3f;
        }
        return List.of(shares);
    }

    private static float evaluate(GeneratedModel model) {
        return model.evaluate(List.of(INPUTS), targets(model), SAMPLES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void theyAreThoseOfTheAnnotationToTheBit(int loss) {
        GeneratedModel plain = model(2 * loss);
        GeneratedModel weighted = model(2 * loss + 1);
        weighted.model().loadStateDict(plain.model().stateDict());
        assertThat(evaluate(plain)).isNotEqualTo(evaluate(weighted));

        give(plain, method(loss), GIVEN);

        assertThat(evaluate(plain)).isEqualTo(evaluate(weighted));
        for (int step = 0; step < 3; step++) {
            assertThat(plain.trainStep(List.of(INPUTS), targets(plain), SAMPLES, SGD.of(0.1f)))
                    .isEqualTo(weighted.trainStep(List.of(INPUTS), targets(plain), SAMPLES, SGD.of(0.1f)));
        }
        assertThat(plain.model().stateDict().get("fc.weight").toArray())
                .isEqualTo(weighted.model().stateDict().get("fc.weight").toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void onesAreAsNoWeights(int loss) {
        GeneratedModel plain = model(2 * loss);
        GeneratedModel weighted = model(2 * loss + 1);
        weighted.model().loadStateDict(plain.model().stateDict());

        give(weighted, method(loss), new float[] {1, 1, 1});

        assertThat(evaluate(weighted)).isEqualTo(evaluate(plain));
    }

    @Test
    void whatIsWrongIsRefusedAndNothingChanged() {
        GeneratedModel model = model(0);
        give(model, "classWeights", GIVEN);
        float before = evaluate(model);

        assertThatThrownBy(() -> give(model, "classWeights", new float[] {1, 2}))
                .hasMessage(
                        "classWeights of CrossEntropyLoss has 2 values, but must have 3, one for each class. Nothing"
                                + " was changed.");
        for (float wrong : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> give(model, "classWeights", new float[] {1, wrong, 1}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("classWeights of CrossEntropyLoss is " + wrong + " at position 1, but each must be a"
                            + " finite number of at least 0. Nothing was changed.");
        }
        assertThat(evaluate(model)).isEqualTo(before);
    }

    @Test
    void weightsOfWhichNoneCountsGiveNoNumberAsInPyTorch() {
        GeneratedModel model = model(0);
        give(model, "classWeights", new float[3]);
        float[] weights = model.model().stateDict().get("fc.weight").toArray();

        assertThat(evaluate(model)).isNaN();
        assertThatThrownBy(() -> model.trainStep(List.of(INPUTS), targets(model), SAMPLES, SGD.of(0.1f)))
                .isInstanceOf(NonFiniteLossException.class)
                .hasMessageContaining("their classes have weight 0");
        assertThat(model.model().stateDict().get("fc.weight").toArray()).isEqualTo(weights);
    }

    @Test
    void ofSeveralLossesTheOutputIsNamed() {
        GeneratedModel model = model(TEXTS.size() - 1);
        List<Object> targets = List.of(new int[SAMPLES], new int[SAMPLES], new float[2 * SAMPLES]);
        float plain = model.evaluate(List.of(INPUTS), targets, SAMPLES);

        give(model, "classWeights", "second", new float[] {0.5f, 3});
        // a mean of one class is divided by its weight
        assertThat(model.evaluate(List.of(INPUTS), targets, SAMPLES)).isEqualTo(plain);
        give(model, "posWeight", "second", new float[] {3});
        assertThat(model.evaluate(List.of(INPUTS), targets, SAMPLES)).isEqualTo(plain);
        Arrays.fill((float[]) targets.get(2), 1);
        float positive = model.evaluate(List.of(INPUTS), targets, SAMPLES);
        give(model, "posWeight", new float[] {1, 1});
        assertThat(model.evaluate(List.of(INPUTS), targets, SAMPLES)).isNotEqualTo(positive);
        assertThatThrownBy(() -> give(model, "posWeight", "first", new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No loss that takes posWeight judges \"first\"; there are such losses of \"second\".");
        assertThat(Arrays.stream(model.model().getClass().getMethods())
                        .filter(method -> method.getName().equals("classWeights")))
                .hasSize(1);
    }

    @Test
    void filesKeepThem(@TempDir Path folder) throws IOException {
        GeneratedModel saved = model(0);
        give(saved, "classWeights", GIVEN);
        saved.model().save(folder.resolve("model.safetensors"));
        Checkpoint.of(saved.model()).save(folder.resolve("checkpoint.safetensors"), new Progress(1, 0));

        for (String file : List.of("model.safetensors", "checkpoint.safetensors")) {
            GeneratedModel loaded = model(0);
            loaded.model().loadStateDict(folder.resolve(file));
            assertThat(evaluate(loaded)).as(file).isEqualTo(evaluate(saved));
        }
        GeneratedModel resumed = model(0);
        Checkpoint.of(resumed.model()).load(folder.resolve("checkpoint.safetensors"));
        assertThat(evaluate(resumed)).isEqualTo(evaluate(saved));
    }

    @Test
    void aFileWithoutLeavesThemAndOneOfOtherLossesIsRefused(@TempDir Path folder) throws IOException {
        GeneratedModel plain = model(0);
        plain.model().save(folder.resolve("plain.safetensors"));
        GeneratedModel weighted = model(0);
        give(weighted, "classWeights", GIVEN);
        float before = evaluate(weighted);
        weighted.model().loadStateDict(folder.resolve("plain.safetensors"));
        assertThat(evaluate(weighted)).isEqualTo(before);

        weighted.model().save(folder.resolve("weighted.safetensors"));
        GeneratedModel other = model(2 * LOSSES.indexOf("BCEWithLogitsLoss"));
        assertThatThrownBy(() -> other.model().loadStateDict(folder.resolve("weighted.safetensors")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 1.classWeights of a loss, which this network has not; nothing was changed");
    }
}
