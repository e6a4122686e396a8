package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Gradients;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.ASGD;
import dev.netwright.runtime.optim.Adadelta;
import dev.netwright.runtime.optim.Adafactor;
import dev.netwright.runtime.optim.Adagrad;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.AdamW;
import dev.netwright.runtime.optim.Adamax;
import dev.netwright.runtime.optim.LBFGS;
import dev.netwright.runtime.optim.Muon;
import dev.netwright.runtime.optim.NAdam;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.RAdam;
import dev.netwright.runtime.optim.RMSprop;
import dev.netwright.runtime.optim.Rprop;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen parameters have neither gradients nor state, and what is not frozen is trained as without them. */
class FrozenNetworkTest {
    /** Where the first parameter and its gradient lie, so that they begin a line of the cache. */
    private static final int FIRST = 12;

    private static final int SAMPLES = 6;
    private static final String LAYERS = """
            @Conv2d(outChannels = 8, kernelSize = 3, padding = 1) Layer conv1;
            @BatchNorm2d Layer bn1;
            @ReLU Layer relu1;
            @Conv2d(outChannels = 20, kernelSize = 3, padding = 1) Layer conv2;
            @ReLU Layer relu2;
            @MaxPool2d(kernelSize = 2) Layer pool;
            @Flatten Layer flatten;
            @Linear(outFeatures = 9) Layer fc1;
            @ReLU Layer relu3;
            @Linear(outFeatures = 5) Layer fc2;
            """;

    private static final String NETWORK = "@Network(input = {3, 8, 8}) @CrossEntropyLoss ";
    private static final NetworkText WHOLE = NetworkText.of("WholeNet", NETWORK, LAYERS);
    private static final NetworkText FROZEN =
            NetworkText.of("FrozenNet", NETWORK + "@Frozen({\"conv1*\", \"fc1*\"})", LAYERS);
    private static final CompiledNetworks BUILT = CompiledNetworks.of(WHOLE, FROZEN);

    private final List<?> inputs = List.of(images());
    private final List<?> targets = List.of(new int[] {0, 1, 2, 3, 4, 0});

    /** As the golden file's: {@code (flat_index * 7919 % 255) / 255}. */
    private static float[] images() {
        float[] images = new float[SAMPLES * 3 * 8 * 8];
        for (int i = 0; i < images.length; i++) {
            images[i] = i * 7919L % 255 / 255f;
        }
        return images;
    }

    private static GeneratedModel model(NetworkText network) {
        return BUILT.network(network, CompiledNetworks.SCALAR)
                .create(3, Options.defaults().threads(2));
    }

    static List<Supplier<Optimizer>> optimizers() {
        return List.of(
                () -> SGD.of(0.05f),
                () -> SGD.of(0.05f).momentum(0.9f).weightDecay(0.01f),
                () -> SGD.of(0.05f).momentum(0.9f).nesterov(true),
                () -> Adam.of(0.01f),
                () -> Adam.of(0.01f).amsgrad(true),
                () -> AdamW.of(0.01f),
                () -> Adamax.of(0.01f),
                () -> NAdam.of(0.01f),
                () -> RAdam.of(0.01f),
                () -> RMSprop.of(0.01f).momentum(0.5f).centered(true),
                () -> RMSprop.of(0.01f),
                () -> Adagrad.of(0.01f),
                () -> Adadelta.of(1),
                () -> ASGD.of(0.01f),
                () -> Rprop.of(0.01f),
                () -> Adafactor.of(0.01f),
                () -> Muon.of(0.01f).others(AdamW.of(0.01f)));
    }

    @Test
    void whatIsFrozenHasNoGradientAndOthersLieCloser() {
        Model whole = model(WHOLE).model();
        Model frozen = model(FROZEN).model();
        int trained = frozen.parameters().specs().stream()
                .filter(ParameterSpec::trained)
                .mapToInt(spec -> spec.layout().size())
                .sum();
        int without = FIRST + trained;
        assertThat(frozen.parameters().gradientLength()).isEqualTo(without);
        assertThat(frozen.parameters().gradients()).hasSize(without);
        assertThat(whole.parameters().gradients())
                .hasSize(whole.parameters().values().length)
                .hasSizeGreaterThan(without + 20 * 16 * 9);
        assertThat(frozen.parameters().values())
                .hasSameSizeAs(whole.parameters().values());
        assertThat(frozen.parameters().specs())
                .extracting(ParameterSpec::offset)
                .isEqualTo(whole.parameters().specs().stream()
                        .map(ParameterSpec::offset)
                        .toList());
        frozen.loss(inputs.toArray(), targets.toArray(), SAMPLES);
        frozen.backward();
        assertThat(frozen.gradients().keySet())
                .containsExactly("bn1.weight", "bn1.bias", "conv2.weight", "conv2.bias", "fc2.weight", "fc2.bias");
        assertThat(Gradients.norm(frozen)).isPositive();
    }

    @Test
    void theGradientsAreThoseOfTheWholeNetwork() {
        GeneratedModel whole = model(WHOLE);
        GeneratedModel frozen = model(FROZEN);
        for (GeneratedModel each : List.of(whole, frozen)) {
            each.loss(inputs, targets, SAMPLES);
            each.model().backward();
        }
        Map<String, Tensor> expected = new LinkedHashMap<>(whole.model().gradients());
        expected.keySet().removeIf(key -> key.startsWith("conv1") || key.startsWith("fc1"));
        assertThat(frozen.model().gradients()).isEqualTo(expected);
        assertThat(frozen.model().parameters().gradient("fc2.weight")).isEqualTo(expected.get("fc2.weight"));
    }

    /** Whole: what is frozen in the other is put back after each step. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void trainsAsTheWholeNetworkWhoseOtherParametersStay(Supplier<Optimizer> optimizer) {
        GeneratedModel whole = model(WHOLE);
        GeneratedModel frozen = model(FROZEN);
        Map<String, Tensor> first = new LinkedHashMap<>(whole.model().stateDict());
        assertThat(frozen.model().stateDict()).isEqualTo(first);
        first.keySet().removeIf(key -> !key.startsWith("conv1") && !key.startsWith("fc1"));
        Optimizer ofWhole = optimizer.get();
        Optimizer ofFrozen = optimizer.get();
        for (int step = 0; step < 3; step++) {
            float loss = whole.trainStep(inputs, targets, SAMPLES, ofWhole);
            first.forEach(whole.model().parameters()::set);
            assertThat(frozen.trainStep(inputs, targets, SAMPLES, ofFrozen)).isEqualTo(loss);
        }
        assertThat(frozen.model().stateDict()).isEqualTo(whole.model().stateDict());
        Map<String, Tensor> state = ofFrozen.stateDict();
        assertThat(state.keySet()).noneMatch(key -> key.contains("conv1") || key.contains("fc1"));
        Map<String, Tensor> expected = new LinkedHashMap<>(ofWhole.stateDict());
        expected.keySet().removeIf(key -> key.contains("conv1.") || key.contains("fc1."));
        assertThat(state).isEqualTo(expected);

        GeneratedModel other = model(FROZEN);
        other.model().loadStateDict(frozen.model().stateDict());
        Optimizer continued = optimizer.get();
        continued.load(other.model().parameters(), state);
        float loss = frozen.trainStep(inputs, targets, SAMPLES, ofFrozen);
        assertThat(other.trainStep(inputs, targets, SAMPLES, continued)).isEqualTo(loss);
        assertThat(other.model().stateDict()).isEqualTo(frozen.model().stateDict());
    }

    @Test
    void stepsAsPyTorchWithParametersThatRequireNoGradient() throws IOException {
        List<Object> cases = new ArrayList<>();
        try (InputStream in = FrozenNetworkTest.class.getResourceAsStream("frozen_steps.jsonl")) {
            Golden.readAll(in, cases::add);
        }
        assertThat(cases).hasSize(3);
        for (Object each : cases) {
            step(Golden.map(each));
        }
    }

    private void step(Map<?, ?> golden) {
        GeneratedModel model = model(FROZEN);
        List<?> losses = (List<?>) golden.get("losses");
        String name = (String) golden.get("optimizer");
        LBFGS lbfgs = LBFGS.of(0.1f).maxIter(3);
        Optimizer other = name.equals("SGD")
                ? SGD.of(0.05f).momentum(0.9f).weightDecay(0.01f)
                : AdamW.of(0.01f).weightDecay(0.1f);
        for (Object expected : losses) {
            float loss = name.equals("LBFGS")
                    ? lbfgs.step(model.model(), () -> lossAndGradients(model))
                    : model.trainStep(inputs, targets, SAMPLES, other);
            assertThat((double) loss).as(name).isCloseTo((double) expected, within(2e-5));
        }
        Map<String, Tensor> state = model.model().stateDict();
        lossAndGradients(model);
        assertThat(new ArrayList<Object>(model.model().gradients().keySet())).isEqualTo(golden.get("gradients"));
        Golden.map(golden.get("state")).forEach((key, values) -> {
            float[] actual = state.get(key).toFloat().toArray();
            List<?> expected = (List<?>) values;
            for (int i = 0; i < actual.length; i++) {
                assertThat((double) actual[i])
                        .as("%s %s %d", name, key, i)
                        .isCloseTo(((Number) expected.get(i)).doubleValue(), within(5e-4));
            }
        });
    }

    private double lossAndGradients(GeneratedModel model) {
        model.model().zeroGrad();
        float loss = model.loss(inputs, targets, SAMPLES);
        model.model().backward();
        return loss;
    }
}
