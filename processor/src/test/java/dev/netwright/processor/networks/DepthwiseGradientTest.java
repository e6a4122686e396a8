package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weight gradients of so many channels that a dense convolution would read them in blocks. */
class DepthwiseGradientTest {
    private static final int CHANNELS = 128;
    private static final int SAMPLES = 3;

    /** The bias's gradient is the sum of the gradient over pixels, and so is that of a weight that meets ones. */
    @Test
    void ofAPictureOfOnesTheWeightsGradientIsTheBiass() {
        NetworkText network = NetworkText.of(
                "DepthwiseNet", "@Network(input = {%d, 6, 6}) @CrossEntropyLoss".formatted(CHANNELS), """
                @Conv2d(outChannels = %1$d, kernelSize = 3, padding = 1, groups = %1$d) Layer depthwise;
                @Tanh Layer tanh;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
                """.formatted(
                                CHANNELS));
        GeneratedModel model = CompiledNetworks.of(network).network(network).create(3, Options.defaults());
        float[] ones = new float[SAMPLES * CHANNELS * 36];
        Arrays.fill(ones, 1f);
        model.loss(List.of(ones), List.of(Training.classes(model, SAMPLES, 2)), SAMPLES);
        model.model().backward();
        Map<String, Tensor> gradients = model.model().gradients();
        float[] bias = gradients.get("depthwise.bias").toArray();
        float[] weight = gradients.get("depthwise.weight").toArray();
        for (int channel = 0; channel < CHANNELS; channel++) {
            // the tap in the middle meets every pixel
            assertThat(weight[channel * 9 + 4]).as("channel %d", channel).isCloseTo(bias[channel], within(1e-6f));
        }
    }
}
