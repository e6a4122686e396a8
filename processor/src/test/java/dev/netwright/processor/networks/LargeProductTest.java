package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.plan.LaneSums;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The gradient by the input of a product whose weight is too large to be copied: summed from the weight in place. */
class LargeProductTest {
    /** One tile of four samples and a remainder. */
    private static final int SAMPLES = 7;

    private static final NetworkText NETWORK =
            NetworkText.of("LargeNet", "@Network(input = 24) @CrossEntropyLoss", """
            @Linear(outFeatures = 1024) Layer first;
            @ReLU Layer relu1;
            @Dropout(p = 0.25) Layer dropout;
            @Linear(outFeatures = 1024) Layer large;
            @Tanh Layer tanh;
            @Linear(outFeatures = 3) Layer last;
            """);

    @Test
    void readsTheWeightInPlace() {
        assertThat(Planned.of(NETWORK).plan().training().orElseThrow().steps())
                .anyMatch(step -> step.kernel() instanceof LaneSums)
                .noneMatch(step -> step.name().equals("largeTransposed"));
    }

    @Test
    void hasTheSameBitsWithEveryKindOfKernelsAndAnyNumberOfThreads() {
        CompiledNetworks built = CompiledNetworks.of(NETWORK);
        Map<String, List<Integer>> scalar = bits(built, CompiledNetworks.SCALAR, 1);
        for (int bits : new int[] {512, 256, 128}) {
            assertThat(Training.differences(bits(built, bits, 2), scalar)).isEmpty();
        }
        assertThat(Training.differences(bits(built, CompiledNetworks.SCALAR, 3), scalar))
                .isEmpty();
    }

    private static Map<String, List<Integer>> bits(CompiledNetworks built, int bits, int threads) {
        return Training.bits(
                built.network(NETWORK, bits).create(3, Options.defaults().threads(threads)), SAMPLES, 3);
    }

    /** With one sample and no bias in between, the gradient of the layer before is the product by hand. */
    @Test
    void isTheProductWithTheTransposedWeight() {
        NetworkText linear = NetworkText.of("LargeLinearNet", "@Network(input = 24) @CrossEntropyLoss", """
                @Linear(outFeatures = 1024) Layer first;
                @Linear(outFeatures = 1024) Layer large;
                @Linear(outFeatures = 3) Layer last;
                """);
        GeneratedModel model = CompiledNetworks.of(linear).network(linear).create(3, Options.defaults());
        model.loss(List.of(Training.images(model, 1, 1)), List.of(Training.classes(model, 1, 1)), 1);
        model.model().backward();
        Map<String, Tensor> gradients = model.model().gradients();
        float[] weight = model.model().stateDict().get("large.weight").toArray();
        float[] upstream = gradients.get("large.bias").toArray();
        float[] found = gradients.get("first.bias").toArray();
        for (int i = 0; i < found.length; i++) {
            double sum = 0;
            double size = 0;
            for (int o = 0; o < upstream.length; o++) {
                double term = (double) upstream[o] * weight[o * found.length + i];
                sum += term;
                size += Math.abs(term);
            }
            assertThat((double) found[i]).isCloseTo(sum, Offset.offset(1e-6 * size));
        }
    }
}
