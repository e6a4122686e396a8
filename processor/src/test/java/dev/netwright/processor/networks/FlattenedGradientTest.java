package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients that come through a Flatten straight to layers that want borders or whole vectors, against differences of
 * losses.
 */
class FlattenedGradientTest {
    private static final int SAMPLES = 2;

    static List<NetworkText> networks() {
        return List.of(
                flattened("Same", "@Conv2d(outChannels = 11, kernelSize = 3, padding = 1)"),
                flattened("Strided", "@Conv2d(outChannels = 5, kernelSize = 3, stride = 2)"),
                flattened("Pointwise", "@Conv2d(outChannels = 7, kernelSize = 1)"),
                flattened("Grouped", "@Conv2d(outChannels = 6, kernelSize = 3, padding = 1, groups = 3)"),
                flattened("Rows", "@Linear(outFeatures = 5)"),
                flattened("Dropped", "@Conv2d(outChannels = 9, kernelSize = 2) Layer last0; @Dropout(p = 0)"),
                flattened(
                        "Activated",
                        "@Conv2d(outChannels = 11, kernelSize = 2) Layer last0; @Flatten Layer last1; @Tanh"),
                flattened("Added", """
                        @Conv2d(outChannels = 2, kernelSize = 3) Layer last0; @Flatten Layer last1;
                        @Linear(outFeatures = 18) Layer last2; @Add(from = {"last2", "last1"})"""));
    }

    private static NetworkText flattened(String name, String last) {
        return NetworkText.of(
                name + "Net",
                "@Network(input = {3, 7, 7}) @CrossEntropyLoss",
                "@Conv2d(outChannels = 6, kernelSize = 3) Layer first;\n@Tanh Layer tanh;\n" + last
                        + " Layer last;\n@Flatten Layer flatten;\n@Linear(outFeatures = 4) Layer fc;\n");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void areTheSlopesOfTheLoss(NetworkText network) {
        GeneratedModel model = CompiledNetworks.of(network).network(network).create(5, Options.defaults());
        float[] images = Training.images(model, SAMPLES, 1);
        int[] classes = Training.classes(model, SAMPLES, 1);
        model.loss(List.of(images), List.of(classes), SAMPLES);
        model.model().backward();
        Map<String, Tensor> state = model.model().stateDict();
        model.model().gradients().forEach((key, gradients) -> {
            float[] values = state.get(key).toArray();
            for (int i = 0; i < values.length; i += Math.max(1, values.length / 20)) {
                float above = loss(model, state, key, i, 1e-2f, images, classes);
                float below = loss(model, state, key, i, -1e-2f, images, classes);
                assertThat(gradients.toArray()[i])
                        .as("gradient of element %d of %s", i, key)
                        .isCloseTo((above - below) / 2e-2f, within(1e-3f));
            }
        });
    }

    private static float loss(
            GeneratedModel model,
            Map<String, Tensor> state,
            String key,
            int element,
            float change,
            float[] images,
            int[] classes) {
        Map<String, Tensor> changed = new LinkedHashMap<>(state);
        float[] values = state.get(key).toArray();
        values[element] += change;
        changed.put(key, Tensor.of(values, state.get(key).shape()));
        model.model().loadStateDict(changed);
        return model.evaluate(List.of(images), List.of(classes), SAMPLES);
    }
}
