package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.SGD;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the first training step does to have its kernels compiled leaves no trace. */
class RehearsalTest {
    /** Enough activations for a rehearsal, and no more samples than one part of a step. */
    private static final int SAMPLES = 24;

    @Test
    void aFirstStepAfterALossIsLossBackwardAndStepBitForBit() {
        CompiledNetworks built = CompiledNetworks.of(NetworkText.CIFAR);
        GeneratedModel rehearsed = built.network(NetworkText.CIFAR).create(3, Options.defaults());
        GeneratedModel byHand = built.network(NetworkText.CIFAR).create(3, Options.defaults());
        List<float[]> images = List.of(Training.images(rehearsed, SAMPLES, 5));
        List<int[]> classes = List.of(Training.classes(rehearsed, SAMPLES, 6));

        float loss = byHand.loss(images, classes, SAMPLES);
        assertThat(rehearsed.loss(images, classes, SAMPLES)).isEqualTo(loss);
        byHand.model().backward();
        SGD.of(0.1f).step(byHand.model());
        assertThat(rehearsed.trainStep(images, classes, SAMPLES, SGD.of(0.1f))).isEqualTo(loss);

        assertThat(Training.differences(Training.state(rehearsed), Training.state(byHand)))
                .isEmpty();
    }
}
