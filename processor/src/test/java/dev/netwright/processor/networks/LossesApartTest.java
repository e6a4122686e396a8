package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

/** Losses with the reduction NONE, several of them and beside others: each is told for itself and has its own gradient. */
class LossesApartTest {
    private static final String BODY = """
            @Linear(outFeatures = 3) @Output Layer first;
            @Linear(outFeatures = 2) @Output Layer second;
            """;

    private static final NetworkText APART = NetworkText.of("ApartNet", """
            @Network(input = 4)
            @MSELoss(of = "first", reduction = Reduction.NONE, scale = 0.5)
            @MSELoss(of = "second", reduction = Reduction.NONE)
            @L1Loss(of = "second", scale = 3)
            """, BODY);

    private static final NetworkText SUMMED = NetworkText.of("SummedNet", """
            @Network(input = 4)
            @MSELoss(of = "first", reduction = Reduction.SUM, scale = 0.5)
            @MSELoss(of = "second", reduction = Reduction.SUM)
            @L1Loss(of = "second", scale = 3)
            """, BODY);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(APART, SUMMED);
    private static final int SAMPLES = 2;
    private static final List<float[]> INPUTS = List.of(new float[] {1, -1, 2, 0.5f, 0, 0.25f, -2, 1});
    private static final List<float[]> TARGETS =
            List.of(new float[] {1, 0, -1, 0.5f, 0.5f, 2}, new float[] {4, 3, -5, 2}, new float[] {1, 1, 0, 0});

    private final GeneratedModel apart = model(APART);
    private final GeneratedModel summed = model(SUMMED);

    private static GeneratedModel model(NetworkText network) {
        return BUILT.network(network, CompiledNetworks.SCALAR).create(4, Options.defaults());
    }

    private static double sum(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }

    @Test
    void eachLossIsToldForItselfAndOnesGiveTheGradientOfTheirSum() {
        summed.model().loadStateDict(apart.model().stateDict());

        float[] losses = apart.losses(INPUTS, TARGETS, SAMPLES);
        float sum = summed.loss(INPUTS, TARGETS, SAMPLES);
        float[] ones = {1, 1, 1, 1, 1, 1};
        apart.backward(List.of(ones, ones));
        summed.model().backward();

        // six of the first, four of the second, the mean of the third
        assertThat(losses).hasSize(11);
        assertThat(sum(losses, 0, 11)).isCloseTo(sum, within(1e-5));
        assertThat(apart.evaluateLosses(INPUTS, TARGETS, SAMPLES)).isEqualTo(losses);
        assertSame(apart.model().gradients(), summed.model().gradients());
    }

    @Test
    void aGradientOfZerosLeavesTheOthers() {
        float[] zeros = new float[6];
        apart.losses(INPUTS, TARGETS, SAMPLES);
        apart.backward(List.of(new float[] {1, 0, 0, 0, 0, 0}, zeros));
        float[] first = apart.model().gradients().get("first.weight").toArray();
        apart.model().zeroGrad();
        apart.losses(INPUTS, TARGETS, SAMPLES);
        apart.backward(List.of(zeros, zeros));

        assertThat(first).isNotEqualTo(new float[12]);
        // of the second layer the mean counts once, whatever the gradients of the others are
        assertThat(apart.model().gradients().get("second.weight").toArray()).isNotEqualTo(new float[6]);
    }

    @Test
    void aGradientThatIsTooShortIsNamed() {
        apart.losses(INPUTS, TARGETS, SAMPLES);

        assertThatThrownBy(() -> apart.backward(List.of(new float[6], new float[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The gradient of loss 2 has 3 floats, but 2 samples of shape [2] need 4.");
    }

    @Test
    void generalCallersAreToldThatThereIsNoOneNumber() {
        Object[] inputs = INPUTS.toArray();
        Object[] targets = TARGETS.toArray();

        assertThatThrownBy(() -> apart.model().loss(inputs, targets, SAMPLES))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reduction NONE");
    }

    private static void assertSame(Map<String, Tensor> some, Map<String, Tensor> others) {
        assertThat(some.keySet()).isEqualTo(others.keySet());
        some.forEach((key, tensor) -> {
            float[] one = tensor.toArray();
            float[] other = others.get(key).toArray();
            for (int i = 0; i < one.length; i++) {
                assertThat(one[i])
                        .as(key + " " + Arrays.toString(one) + " " + Arrays.toString(other))
                        .isCloseTo(other[i], within(1e-5f));
            }
        });
    }
}
