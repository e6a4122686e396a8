package dev.netwright.processor.networks;

import static dev.netwright.processor.networks.Expected.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.loss.Losses;
import dev.netwright.processor.reference.AnnotationAttributes;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Losses of the steps that each sample has, against numbers of PyTorch's, by masks and {@code ignore_index}. */
class StepLossTest {
    private static final int SAMPLES = 3;

    private static NetworkText network(String name, String loss, String scores) {
        return NetworkText.of(name, """
                @Network
                @Input(name = "x", shape = {4, 3})
                @Input(name = "steps", shape = 1, type = InputType.INT32)
                @%s
                """.formatted(loss), """
                @Parameter(shape = {4, 3}) Layer shift;
                @Add(from = {"x", "shift"}) Layer sum;
                %s
                """.formatted(scores));
    }

    private static NetworkText ofClasses(String name, String attributes) {
        return network(
                name,
                "CrossEntropyLoss(lengths = \"steps\", weight = {1, 0.5, 2}" + attributes + ")",
                "@Permute(dims = {0, 2, 1}) Layer scores;");
    }

    private static final NetworkText MEAN = ofClasses("MeanNet", "");
    private static final NetworkText SUM = ofClasses("SumNet", ", reduction = Reduction.SUM");
    private static final NetworkText SQUARED = network("SquaredNet", "MSELoss(lengths = \"steps\")", "");
    private static final NetworkText APART =
            network("ApartNet", "MSELoss(lengths = \"steps\", reduction = Reduction.NONE)", "");
    private static final CompiledNetworks BUILT = CompiledNetworks.of(MEAN, SUM, SQUARED, APART);

    private static final int[] LENGTHS = {4, 1, 3};
    private static final float[] X = values(36, Math::sin);
    private static final float[] Y = values(36, i -> Math.cos(i / 2));
    /** -100 is ignored; what is beyond a sample's length is any class. */
    private static final int[] LABELS = {0, 1, -100, 0, 1, 2, 0, 1, 2, 0, 1, 2};

    private static final float[] OF_CLASSES = {
        0.000950377f,
        0.14536f,
        -0.1463103f,
        -0.06220589f,
        -0.01605108f,
        0.07825697f,
        0.0192209f,
        -0.0488805f,
        0.0296596f,
        -0.07774944f,
        0.03143507f,
        0.04631437f
    };

    private static final float[] SUMMED = {
        0.00617745f,
        0.9448398f,
        -0.9510172f,
        -0.4043383f,
        -0.104332f,
        0.5086703f,
        0.1249358f,
        -0.3177233f,
        0.1927874f,
        -0.5053714f,
        0.204328f,
        0.3010434f
    };

    private static final float[] OF_SQUARES = {
        -0.103848f,
        -0.008481284f,
        -0.06563572f,
        -0.1290122f,
        -0.1261479f,
        0.008402839f,
        0.2002145f,
        0.3063053f,
        0.238424f,
        -0.024018f,
        -0.1388962f,
        -0.1420195f
    };

    private static final float[] EACH = {
        0f,
        0.2542082f,
        0.002223284f,
        0.845682f,
        0.988631f,
        0.01584615f,
        2.791396f,
        5.510031f,
        2.242512f,
        0.08306843f,
        2.778072f,
        2.904415f,
        0.2467538f,
        0.0002598011f,
        0.03219933f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0.5616488f,
        0.3479204f,
        0.3147605f,
        0.395059f,
        0.2698543f,
        0.0006273733f,
        0.5355701f,
        1.764429f,
        1.859367f,
        0f,
        0f,
        0f
    };

    private static GeneratedModel model(String network) {
        GeneratedModel model = BUILT.network(network, 512).create(1, Options.defaults());
        model.model().parameters().set("shift", Tensor.of(values(12, Math::cos), 4, 3));
        return model;
    }

    private static void check(String network, Object target, float loss, float[] gradient) {
        GeneratedModel model = model(network);
        List<Object> inputs = List.of(X, LENGTHS);
        assertThat(model.loss(inputs, List.of(target), SAMPLES)).isCloseTo(loss, within(5e-6f));
        model.backward(List.of());
        close(model.model().gradients().get("shift").toArray(), gradient);
        assertThat(model.evaluate(inputs, List.of(target), SAMPLES)).isCloseTo(loss, within(5e-6f));
    }

    @Test
    void classesAreWeighedOverTheStepsThatCount() {
        check("MeanNet", LABELS, 1.000051f, OF_CLASSES);
        check("SumNet", LABELS, 6.500331f, SUMMED);
    }

    @Test
    void aMeanIsOfTheElementsThatCountInTheBatch() {
        check("SquaredNet", Y, 1.031022f, OF_SQUARES);
    }

    @Test
    void lossesThatStayApartAreZeroBeyond() {
        close(model("ApartNet").losses(List.of(X, LENGTHS), List.of(Y), SAMPLES), EACH);
    }

    @Test
    void whatIsBeyondMayBeAnything() {
        float[] x = X.clone();
        float[] y = Y.clone();
        Arrays.fill(x, 15, 24, Float.NaN);
        Arrays.fill(y, 15, 24, Float.POSITIVE_INFINITY);
        GeneratedModel model = model("SquaredNet");
        float loss = model.loss(List.of(x, LENGTHS), List.of(y), SAMPLES);
        assertThat(loss).isCloseTo(1.031022f, within(5e-6f));
        model.backward(List.of());
        close(model.model().gradients().get("shift").toArray(), OF_SQUARES);
    }

    @Test
    void aLengthOutOfRangeIsNamedWithItsSample() {
        for (int wrong : new int[] {0, 5}) {
            assertThatThrownBy(() -> model("SquaredNet").loss(List.of(X, new int[] {4, 1, wrong}), List.of(Y), SAMPLES))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The length " + wrong
                            + " of sample 2 for MSELoss must be from 1 to 4, the steps of a sample.");
        }
    }

    @Test
    void lossesWithoutStepsTakeNoLengths() {
        assertThatThrownBy(() -> Losses.factory("CrossEntropyLoss")
                        .create(
                                AnnotationAttributes.of("CrossEntropyLoss", Map.of("lengths", "steps")),
                                List.of(Shape.of(5), Shape.of(1))))
                .isInstanceOf(LayerException.class)
                .hasMessage("lengths of %s tell how many steps each sample has, but its losses of 5 have none");
    }

    private static void close(float[] actual, float[] expected) {
        Expected.close(actual, expected, 5e-6f);
    }
}
