package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.Options;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CTC of sequences of several lengths against numbers of PyTorch's, and what it refuses. */
class CtcLossTest {
    private static final String BODY = """
            @Parameter(shape = {5, 3}) Layer shift;
            @Add(from = {"x", "shift"}) Layer scores;
            """;

    private static NetworkText network(String name, String attributes) {
        return NetworkText.of(name, """
                @Network
                @Input(name = "x", shape = {5, 3})
                @Input(name = "steps", shape = 1, type = InputType.INT32)
                @CTCLoss(maxTarget = 2, lengths = "steps", %s)
                """.formatted(attributes), BODY);
    }

    private static final NetworkText ZERO = network("ZeroNet", "zeroInfinity = true, reduction = Reduction.NONE");
    private static final NetworkText MEAN = network("MeanNet", "zeroInfinity = true");
    private static final NetworkText INFINITE = network("InfiniteNet", "zeroInfinity = false");
    private static final CompiledNetworks BUILT = CompiledNetworks.of(ZERO, MEAN, INFINITE);

    private static final float[] X = {
        -1.296875f,
        -0.421875f,
        -2.703125f,
        -0.5625f,
        -1.984375f,
        -1.234375f,
        -3.78125f,
        -0.40625f,
        -1.171875f,
        -1.390625f,
        -1.59375f,
        -0.609375f,
        -1.4375f,
        -2.125f,
        -0.4375f,
        -1.5625f,
        -0.375f,
        -2.28125f,
        -1.515625f,
        -1.828125f,
        -0.484375f,
        -4.6875f,
        -0.296875f,
        -1.375f,
        -2.46875f,
        -1.28125f,
        -0.453125f,
        -0.171875f,
        -3.5625f,
        -2.09375f,
        -0.03125f,
        -6.46875f,
        -3.375f,
        -3.171875f,
        -5.4375f,
        -0.046875f,
        -0.015625f,
        -5.171875f,
        -5.828125f,
        -1.640625f,
        -0.546875f,
        -1.5f,
        -1.984375f,
        -2.171875f,
        -0.296875f,
        -1.65625f,
        -0.546875f,
        -1.484375f,
        -0.5f,
        -1.875f,
        -1.4375f,
        -1.703125f,
        -1.8125f,
        -0.421875f,
        -2.03125f,
        -2.4375f,
        -0.25f,
        -0.40625f,
        -2.609375f,
        -1.34375f
    };
    /** The second needs three steps, as its labels are equal, and has two; the last has no label. */
    private static final int[] TARGETS = {1, 2, 2, 2, 1, -1, -1, 77};

    private static final int[] STEPS = {5, 2, 3, 4};
    private static final float[] LOSSES = {1.3111611604690552f, 0, 5.40895414352417f, 5.890625f};
    private static final float MEAN_LOSS = 2.9887900352478027f;
    /** Of the losses multiplied by 1, -2, 0.5 and 3. */
    private static final float[] FACTORS = {1, -2, 0.5f, 3};

    private static final float[] GRADIENTS = {
        -0.1226494f,
        0.0518504f,
        0.0669958f,
        0.0189065f,
        -0.1923938f,
        0.1717534f,
        -0.0070668f,
        0.1251323f,
        -0.119342f,
        0.0814847f,
        0.1095171f,
        -0.1952292f,
        -0.0092055f,
        0.119433f,
        -0.1076251f,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        -0.0074856f,
        -0.0071222f,
        0.0171091f,
        -0.0119422f,
        -0.4649202f,
        0.4771033f,
        0.0206781f,
        -0.0255929f,
        0.0014718f,
        0,
        0,
        0,
        0,
        0,
        0,
        -2.4274399f,
        1.7362669f,
        0.6799319f,
        -1.180408f,
        0.4600649f,
        0.7125624f,
        -2.4536595f,
        0.4897366f,
        1.967448f,
        -2.6064856f,
        0.2621371f,
        2.3364024f,
        0,
        0,
        0
    };

    private static GeneratedModel model(NetworkText network) {
        GeneratedModel model = BUILT.network(network, CompiledNetworks.SCALAR).create(1, Options.defaults());
        model.model().loadStateDict(java.util.Map.of("shift", dev.netwright.runtime.Tensor.of(new float[15], 5, 3)));
        return model;
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("[" + i + "]")
                    .isCloseTo(expected[i], within(2e-6f * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @Test
    void lossesAreThoseOfPyTorch() {
        GeneratedModel model = model(ZERO);
        assertClose(model.evaluateLosses(List.of(X, STEPS), List.of(TARGETS), 4), LOSSES);
        assertClose(model.losses(List.of(X, STEPS), List.of(TARGETS), 4), LOSSES);
        assertThat(model(MEAN).evaluate(List.of(X, STEPS), List.of(TARGETS), 4)).isCloseTo(MEAN_LOSS, within(2e-6f));
    }

    @Test
    void gradientsAreThoseOfPyTorch() {
        GeneratedModel model = model(ZERO);
        for (int i = 0; i < 4; i++) {
            float[] x = Arrays.copyOfRange(X, i * 15, (i + 1) * 15);
            int[] target = {TARGETS[2 * i], TARGETS[2 * i + 1]};
            model.model().zeroGrad();
            model.losses(List.of(x, new int[] {STEPS[i]}), List.of(target), 1);
            model.backward(List.of(new float[] {FACTORS[i]}));
            assertClose(
                    model.model().gradients().get("shift").toArray(),
                    Arrays.copyOfRange(GRADIENTS, i * 15, (i + 1) * 15));
        }
    }

    @Test
    void anInfiniteLossIsToldAndRefusedInTraining() {
        GeneratedModel model = model(INFINITE);
        assertThat(model.evaluate(List.of(X, STEPS), List.of(TARGETS), 4)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThatThrownBy(() -> model.loss(List.of(X, STEPS), List.of(TARGETS), 4))
                .isInstanceOf(NonFiniteLossException.class);
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        GeneratedModel model = model(MEAN);
        assertThatThrownBy(() -> model.evaluate(List.of(X, STEPS), List.of(new int[] {1, 2, 3, 2, 1, 1, 1, 1}), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "The label 3 at position 2 of the target of CTCLoss is not one of the 3 classes");
        assertThatThrownBy(() -> model.evaluate(List.of(X, STEPS), List.of(new int[] {1, 2, 1, 0, 1, 1, 1, 1}), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The label 0 at position 3 of the target of CTCLoss is the blank, which no target has. Leave it"
                                + " out.");
        for (int wrong : new int[] {0, 6}) {
            assertThatThrownBy(() -> model.evaluate(List.of(X, new int[] {5, wrong, 3, 4}), List.of(TARGETS), 4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The length " + wrong
                            + " of sample 1 for CTCLoss must be from 1 to 5, the steps of a sample.");
        }
    }
}
