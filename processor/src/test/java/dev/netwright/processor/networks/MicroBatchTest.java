package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.plan.Plan;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A step takes few samples at a time, and computes what it would with all of them at once. */
class MicroBatchTest {
    private static final int SAMPLES = 60;
    private static final NetworkText WITH_DROPOUT =
            NetworkText.of("PartsNet", "@Network(input = {3, 32, 32}) @CrossEntropyLoss", """
            @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) Layer conv1;
            @Tanh Layer tanh;
            @Conv2d(outChannels = 32, kernelSize = 3, padding = 1) Layer conv2;
            @Dropout(p = 0.5) Layer dropout;
            @MaxPool2d(kernelSize = 4) Layer pool;
            @Flatten Layer flatten;
            @Linear(outFeatures = 10) Layer fc;
            """);

    @Test
    void activationsOfAStepOfTheCifarNetworkTakeLessThan10Megabytes() {
        Plan.Program training = Planned.of(NetworkText.CIFAR).plan().training().orElseThrow();
        double megabytes = 4.0 * training.arena() * Math.min(64, training.microBatch()) / (1 << 20);
        System.out.printf(
                "CIFAR CNN, training: %d floats of activations a sample, %d samples at a time: %.1f MB\n",
                training.arena(), training.microBatch(), megabytes);
        assertThat(megabytes).isLessThan(10);
        assertThat(training.microBatch()).isPositive();
    }

    @Test
    void whatCombinesOverTheBatchTakesItWhole() {
        assertThat(Planned.of(NetworkText.SMALL).plan().training().orElseThrow().microBatch())
                .isZero();
    }

    @Test
    void partsAddUpToTheWhole() {
        assertThat(Planned.of(WITH_DROPOUT).plan().training().orElseThrow().microBatch())
                .isBetween(1, SAMPLES - 1);
        CompiledNetworks built = CompiledNetworks.of(WITH_DROPOUT);
        GeneratedModel parts = built.network(WITH_DROPOUT).create(3, Options.defaults());
        GeneratedModel whole = built.network(WITH_DROPOUT).create(3, Options.defaults());
        float[] images = Training.images(parts, SAMPLES, 5);
        int[] classes = Training.classes(parts, SAMPLES, 6);
        SGD optimizer = SGD.of(1);
        float loss = whole.loss(List.of(images), List.of(classes), SAMPLES);
        whole.model().backward();
        optimizer.step(whole.model());

        assertThat(parts.trainStep(List.of(images), List.of(classes), SAMPLES, SGD.of(1)))
                .isEqualTo(loss);
        Map<String, Tensor> expected = whole.model().stateDict();
        parts.model().stateDict().forEach((key, tensor) -> {
            float[] want = expected.get(key).toArray();
            float[] got = tensor.toArray();
            for (int i = 0; i < want.length; i++) {
                assertThat(got[i]).as("%s[%d]", key, i).isCloseTo(want[i], within(1e-5f));
            }
        });
    }
}
