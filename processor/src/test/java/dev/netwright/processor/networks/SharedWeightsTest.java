package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.plan.Derivation;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.WeightSet;
import dev.netwright.runtime.optim.AdamW;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.SGD;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks of one structure that share weights: for several input shapes, and for freezing other parameters. */
class SharedWeightsTest {
    private static final int SAMPLES = 5;
    private static final int CHANNELS = 16;
    private static final String LAYERS = """
            @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, bias = false) Layer conv1;
            @BatchNorm2d Layer bn1;
            @ReLU Layer relu1;
            @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, bias = false) Layer conv2;
            @BatchNorm2d Layer bn2;
            @ReLU Layer relu2;
            @AdaptiveAvgPool2d(outputSize = 1) Layer pool;
            @Flatten Layer flatten;
            @Linear(outFeatures = 4) Layer fc;
            """;

    private static NetworkText network(String name, int side, String further) {
        return NetworkText.of(
                name, "@Network(input = {16, %d, %d}) @CrossEntropyLoss %s".formatted(side, side, further), LAYERS);
    }

    private static final NetworkText SMALL = network("SmallShape", 8, "");
    private static final NetworkText LARGE = network("LargeShape", 12, "");
    /** Too few pixels for Winograd's algorithm. */
    private static final NetworkText TINY = network("TinyShape", 2, "");

    private static final NetworkText FROZEN = network("FrozenShape", 8, "@Frozen(\"conv1*\")");
    private static final NetworkText WIDER = NetworkText.of(
            "WiderShape",
            "@Network(input = {16, 8, 8}) @CrossEntropyLoss",
            LAYERS.replace("outFeatures = 4", "outFeatures = 7"));
    private static final NetworkText LONGER = NetworkText.of(
            "LongerShape",
            "@Network(input = {16, 8, 8}) @CrossEntropyLoss",
            LAYERS + "@Linear(outFeatures = 4) Layer b;");
    private static final CompiledNetworks BUILT = CompiledNetworks.of(SMALL, LARGE, TINY, FROZEN, WIDER, LONGER);

    private static GeneratedModel model(NetworkText network, long seed) {
        return BUILT.network(network, CompiledNetworks.SCALAR)
                .create(seed, Options.defaults().threads(2));
    }

    private static List<?> inputs(int side) {
        float[] x = new float[SAMPLES * CHANNELS * side * side];
        for (int i = 0; i < x.length; i++) {
            x[i] = i * 7919L % 255 / 127f - 1;
        }
        return List.of(x);
    }

    private static final List<?> TARGETS = List.of(new int[] {0, 1, 2, 3, 0});

    private static int side(NetworkText network) {
        return network == LARGE ? 12 : network == TINY ? 2 : 8;
    }

    private static float[] predict(GeneratedModel model, NetworkText network) {
        return model.predict(inputs(side(network)), SAMPLES).get("fc");
    }

    /** What a model of its own computes with the weights. */
    private static float[] apart(NetworkText network, Model weights) {
        GeneratedModel own = model(network, 99);
        own.model().loadStateDict(weights.stateDict());
        return predict(own, network);
    }

    private static int derivations(Model model) throws ReflectiveOperationException {
        Field derived = WeightSet.class.getDeclaredField("derived");
        derived.setAccessible(true);
        return ((Object[]) derived.get(model.parameters().weights())).length;
    }

    private static String fingerprint(NetworkText network) {
        return Derivation.fingerprint(Planned.of(network).plan().inference());
    }

    @Test
    void bothPredictAndTrainWithTheSameWeights() throws ReflectiveOperationException {
        for (NetworkText second : List.of(LARGE, TINY, FROZEN)) {
            GeneratedModel a = model(SMALL, 1);
            GeneratedModel b = model(second, 2);
            float[] before = predict(b, second);
            a.trainStep(inputs(8), TARGETS, SAMPLES, SGD.of(0.1f));
            b.model().shareWeights(a.model());
            assertThat(b.model().parameters().weights())
                    .isSameAs(a.model().parameters().weights());
            assertThat(predict(b, second)).isNotEqualTo(before).isEqualTo(apart(second, a.model()));
            assertThat(predict(a, SMALL)).isEqualTo(apart(SMALL, a.model()));

            Optimizer ofA = AdamW.of(0.01f);
            Optimizer ofB = AdamW.of(0.01f);
            for (int round = 0; round < 3; round++) {
                // b by what it prepared before a changed the weights, and the other way round
                b.trainStep(inputs(side(second)), TARGETS, SAMPLES, ofB);
                assertThat(predict(a, SMALL)).isEqualTo(apart(SMALL, b.model()));
                a.trainStep(inputs(8), TARGETS, SAMPLES, ofA);
                assertThat(predict(b, second)).isEqualTo(apart(second, a.model()));
                assertThat(predict(a, SMALL)).isEqualTo(apart(SMALL, a.model()));
            }
            assertThat(a.model().stateDict()).isEqualTo(b.model().stateDict());
            boolean alike = fingerprint(SMALL).equals(fingerprint(second));
            assertThat(derivations(a.model())).isEqualTo(alike ? 1 : 2);
        }
    }

    @Test
    void whatIsDerivedIsSharedWhereItIsTheSame() {
        assertThat(fingerprint(SMALL)).isNotEmpty().isEqualTo(fingerprint(FROZEN));
        assertThat(fingerprint(SMALL)).isNotEqualTo(fingerprint(TINY));
    }

    /** Frozen in one, trained in the other: the first trains as if it had never been shared. */
    @Test
    void thawingGoesOnWithTheSameWeights() {
        GeneratedModel frozen = model(FROZEN, 1);
        GeneratedModel thawed = model(SMALL, 2);
        thawed.model().shareWeights(frozen.model());
        frozen.trainStep(inputs(8), TARGETS, SAMPLES, SGD.of(0.1f).momentum(0.9f));
        GeneratedModel alone = model(SMALL, 3);
        alone.model().loadStateDict(frozen.model().stateDict());
        Optimizer ofThawed = SGD.of(0.1f);
        Optimizer ofAlone = SGD.of(0.1f);
        for (int step = 0; step < 2; step++) {
            float loss = alone.trainStep(inputs(8), TARGETS, SAMPLES, ofAlone);
            assertThat(thawed.trainStep(inputs(8), TARGETS, SAMPLES, ofThawed)).isEqualTo(loss);
        }
        assertThat(frozen.model().stateDict()).isEqualTo(alone.model().stateDict());
        assertThat(thawed.model().parameters().gradientLength())
                .isGreaterThan(frozen.model().parameters().gradientLength());
        frozen.loss(inputs(8), TARGETS, SAMPLES);
        frozen.model().backward();
        assertThat(frozen.model().gradients()).doesNotContainKey("conv1.weight");
        thawed.loss(inputs(8), TARGETS, SAMPLES);
        thawed.model().backward();
        assertThat(thawed.model().gradients()).containsKey("conv1.weight");
    }

    @Test
    void aBackwardDoesNotFollowALossWithOtherWeights() {
        GeneratedModel a = model(SMALL, 1);
        GeneratedModel b = model(LARGE, 1);
        b.loss(inputs(12), TARGETS, SAMPLES);
        b.model().shareWeights(a.model());
        assertThatThrownBy(() -> b.model().backward()).hasMessageContaining("The weights have changed");
        b.loss(inputs(12), TARGETS, SAMPLES);
        a.trainStep(inputs(8), TARGETS, SAMPLES, SGD.of(0.1f));
        assertThatThrownBy(() -> b.model().backward()).hasMessageContaining("The weights have changed");
    }

    @Test
    void otherStructuresAreRefusedWithTheFirstDifference() {
        Model small = model(SMALL, 1).model();
        WeightSet own = small.parameters().weights();
        assertThatThrownBy(() -> small.shareWeights(model(WIDER, 1).model()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The weights cannot be shared: fc.weight is F32[4, 32] in this model, but F32[7, 32] in"
                        + " the other.");
        assertThatThrownBy(() -> small.shareWeights(model(LONGER, 1).model()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The weights cannot be shared: the other model has b.weight, which this one has not.");
        assertThatThrownBy(() -> model(LONGER, 1).model().shareWeights(small))
                .hasMessage("The weights cannot be shared: this model has b.weight, which the other has not.");
        assertThat(small.parameters().weights()).isSameAs(own);
        assertThat(Arrays.equals(predict(model(SMALL, 1), SMALL), apart(SMALL, small)))
                .isTrue();
    }
}
