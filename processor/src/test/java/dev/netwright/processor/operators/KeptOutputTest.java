package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The network's outputs can be read as layers' after every kind of pass, without a mark. */
class KeptOutputTest {
    private static final NetworkSource ONE = NetworkSource.of(List.of(List.of(3, 6, 6)))
            .named("OneOutput")
            .loss("@CrossEntropyLoss")
            .layer("@Conv2d(outChannels = 4, kernelSize = 3, padding = 1) Layer conv")
            .layer("@ReLU Layer relu")
            .layer("@Flatten Layer flatten")
            .layer("@Linear(outFeatures = 5) Layer scores");
    private static final NetworkSource TWO = NetworkSource.of(List.of(List.of(2, 5, 4)))
            .named("TwoOutputs")
            .layer("@Conv2d(outChannels = 3, kernelSize = 3, padding = 1) @Output Layer image")
            .layer("@Tanh Layer tanh")
            .layer("@Dropout(p = 0) Layer dropout")
            .layer("@Flatten @Output Layer flat");
    private static final CompiledNetworks COMPILED =
            CompiledNetworks.of(List.of(ONE, TWO, large("Large", ""), large("LargeKept", "@KeepOutput ")));

    /** The gradients by the input would rule parts out too. */
    private static NetworkSource large(String name, String mark) {
        return NetworkSource.of(List.of(List.of(4, 16, 16)))
                .named(name)
                .typed(List.of("UINT8"))
                .loss("@CrossEntropyLoss")
                .layer("@Conv2d(outChannels = 32, kernelSize = 3, padding = 1) Layer conv")
                .layer("@ReLU Layer relu")
                .layer("@Flatten Layer flatten")
                .layer(mark + "@Linear(outFeatures = 5) Layer scores");
    }

    private static GeneratedModel model(NetworkSource source) {
        return COMPILED.network(source.name(), 512).create(1, OperatorCase.ONE_THREAD);
    }

    private static float[] numbers(int size) {
        Random random = new Random(size);
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    private static void assertKept(GeneratedModel model, String layer, float[] expected, int... shape) {
        Tensor output = model.output(layer);
        assertThat(output.shape()).isEqualTo(shape);
        assertThat(output.toArray()).containsExactly(expected, within(1e-6f));
    }

    @Test
    void ofOneOutputAfterEachKindOfPass() {
        GeneratedModel model = model(ONE);
        List<Object> inputs = List.of(numbers(3 * 108));
        List<Object> targets = List.of(new int[] {0, 4, 2});
        float[] scores = model.predict(inputs, 3).get("scores");
        assertKept(model, "scores", scores, 3, 5);
        float[] first = model.predict(inputs, 1).get("scores");
        assertKept(model, "scores", first, 1, 5);
        model.evaluate(inputs, targets, 3);
        assertKept(model, "scores", scores, 3, 5);
        model.loss(inputs, targets, 2);
        assertKept(model, "scores", java.util.Arrays.copyOf(scores, 10), 2, 5);
        model.model().backward();
        assertKept(model, "scores", java.util.Arrays.copyOf(scores, 10), 2, 5);
        model.trainStep(inputs, targets, 3, SGD.of(0.1f));
        assertKept(model, "scores", scores, 3, 5);
        assertThatThrownBy(() -> model.output("conv"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The output of conv is not kept");
    }

    @Test
    void ofSeveralOutputsAfterPredictionsAndForwardPasses() {
        GeneratedModel model = model(TWO);
        List<Object> inputs = List.of(numbers(2 * 40));
        Map<String, float[]> predicted = model.predict(inputs, 2);
        assertKept(model, "image", predicted.get("image"), 2, 3, 5, 4);
        assertKept(model, "flat", predicted.get("flat"), 2, 60);
        Map<String, float[]> forward = model.forward(inputs, 2);
        assertKept(model, "image", forward.get("image"), 2, 3, 5, 4);
        assertKept(model, "flat", forward.get("flat"), 2, 60);
        model.backward(List.of(numbers(120), numbers(120)), 2);
        assertKept(model, "flat", forward.get("flat"), 2, 60);
    }

    /** What is computed in parts leaves the last of them only, and is not given for the whole. */
    @Test
    void notOfPartsUnlessMarked() {
        byte[] images = new byte[200 * 1024];
        new Random(1).nextBytes(images);
        GeneratedModel unmarked = model(large("Large", ""));
        unmarked.predict(List.of(images), 200);
        assertThatThrownBy(() -> unmarked.output("scores"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("200 samples and ran in parts of");
        assertKept(unmarked, "scores", unmarked.predict(List.of(images), 2).get("scores"), 2, 5);

        GeneratedModel marked = model(large("LargeKept", ""));
        assertKept(marked, "scores", marked.predict(List.of(images), 200).get("scores"), 200, 5);
    }
}
