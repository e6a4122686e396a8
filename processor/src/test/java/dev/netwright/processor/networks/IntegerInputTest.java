package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.plan.Plan;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.SGD;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Inputs of bytes and ints give the bits that their values as floats give, and cost no float copy. */
class IntegerInputTest {
    private static final float[] MEAN = {0.4914f, 0.4822f, 0.4465f};
    private static final float[] STD = {0.247f, 0.2435f, 0.2616f};

    static final NetworkText BYTES = NetworkText.of(
            "BytesNet",
            "@Network(input = {3, 32, 32}, type = InputType.UINT8) @CrossEntropyLoss",
            "@Normalize(mean = {0.4914, 0.4822, 0.4465}, std = {0.2470, 0.2435, 0.2616}) Layer normalize;\n"
                    + NetworkText.cifarLayers(""));

    private static final NetworkText TWO = NetworkText.of("TwoNet", """
            @Network
            @Input(name = "pixels", shape = {1, 6, 6}, type = InputType.UINT8)
            @Input(name = "counts", shape = {1, 6, 6}, type = InputType.INT32)
            @MSELoss
            """, """
            @Concat(from = {"pixels", "counts"}) Layer both;
            @Conv2d(outChannels = 4, kernelSize = 3, padding = 1) Layer conv;
            @Flatten Layer flatten;
            @Linear(outFeatures = 2) Layer fc;
            """);

    private static final NetworkText TWO_OF_FLOATS = NetworkText.of(
            "TwoFloats",
            TWO.text()
                    .lines()
                    .filter(line -> line.startsWith("@") && !line.contains("Layer "))
                    .map(line -> line.replaceFirst(", type = InputType.[A-Z0-9]+", ""))
                    .reduce("", (a, b) -> a + b + "\n"),
            TWO.text().lines().filter(line -> line.contains("Layer ")).reduce("", (a, b) -> a + b + "\n"));

    /** More than a step takes at a time, so that parts of the batch begin within the caller's array. */
    private static final int SAMPLES = 70;

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** What torchvision's ToTensor and Normalize make of the bytes, in the same float operations. */
    private static float[] normalised(byte[] bytes) {
        float[] floats = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int channel = i / (32 * 32) % 3;
            floats[i] = ((bytes[i] & 0xff) / 255f - MEAN[channel]) / STD[channel];
        }
        return floats;
    }

    @Test
    void bytesTrainLikeNormalisedFloats() {
        CompiledNetworks built = CompiledNetworks.of(BYTES, NetworkText.CIFAR);
        byte[] images = bytes(SAMPLES * 3 * 32 * 32, 1);
        for (int bits : new int[] {CompiledNetworks.SCALAR, 256}) {
            Options options = Options.defaults().threads(2);
            GeneratedModel ofBytes = built.network(BYTES, bits).create(3, options);
            GeneratedModel ofFloats = built.network(NetworkText.CIFAR, bits).create(3, options);
            assertThat(Training.differences(train(ofBytes, images), train(ofFloats, normalised(images))))
                    .as(bits + " bits")
                    .isEmpty();
        }
    }

    private static Map<String, List<Integer>> train(GeneratedModel model, Object images) {
        int[] classes = Training.classes(model, SAMPLES, 2);
        SGD optimizer = SGD.of(0.01f).momentum(0.9f);
        float[] losses = new float[4];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = model.trainStep(List.of(images), List.of(classes), SAMPLES, optimizer);
        }
        Map<String, List<Integer>> bits = new LinkedHashMap<>(Training.state(model));
        bits.put("losses", Training.bits(losses));
        float evaluated = model.evaluate(List.of(images), List.of(classes), SAMPLES);
        bits.put("evaluated", Training.bits(new float[] {evaluated}));
        model.predict(List.of(images), SAMPLES).forEach((name, y) -> bits.put(name, Training.bits(y)));
        return bits;
    }

    @Test
    void normalisingBytesTakesNoStepAndNoMemoryMore() {
        Plan bytes = Planned.of(BYTES).plan();
        Plan floats = Planned.of(NetworkText.CIFAR).plan();
        for (boolean training : new boolean[] {false, true}) {
            Plan.Program ofBytes = training ? bytes.training().orElseThrow() : bytes.inference();
            Plan.Program ofFloats = training ? floats.training().orElseThrow() : floats.inference();
            assertThat(ofBytes.steps()).hasSameSizeAs(ofFloats.steps());
            assertThat(ofBytes.arena()).isEqualTo(ofFloats.arena());
        }
    }

    @Test
    void unscaledBytesAndIntsAreTheirValues() {
        CompiledNetworks built = CompiledNetworks.of(TWO, TWO_OF_FLOATS);
        int n = 19;
        byte[] pixels = bytes(n * 36, 4);
        int[] counts = new Random(5).ints(n * 36, -40, 40).toArray();
        counts[7] = 1 << 24;
        float[] pixelValues = new float[pixels.length];
        float[] countValues = new float[counts.length];
        for (int i = 0; i < pixels.length; i++) {
            pixelValues[i] = pixels[i] & 0xff;
            countValues[i] = counts[i];
        }
        GeneratedModel integers = built.network(TWO).create(3, Options.defaults());
        GeneratedModel floats = built.network(TWO_OF_FLOATS).create(3, Options.defaults());
        assertThat(integers.predict(List.of(pixels, counts), n).get("fc"))
                .isEqualTo(floats.predict(List.of(pixelValues, countValues), n).get("fc"));
        assertThat(integers.model().fingerprint()).isNotEqualTo(floats.model().fingerprint());
        integers.model().warmUp();
    }

    @Test
    void bytesReadWithoutNormalizeAreALintThatCanBeSilenced() {
        assertThat(warnings(TWO)).singleElement().asString().contains("""
                [netwright/byte-scale] both reads the bytes of pixels as they are, from 0 to 255, but layers start\
                 from weights for values near 0. Put @Normalize(mean = 0.5, std = 0.5) between them, with mean and\
                 deviation of your data.""");
        assertThat(warnings(BYTES)).isEmpty();
        assertThat(warnings(TWO, "-Anetwright.lints=off")).isEmpty();
        String silenced = TWO.text().replace("@Concat", "@SuppressWarnings(\"netwright/byte-scale\") @Concat");
        assertThat(warnings(new NetworkText(TWO.name(), silenced))).isEmpty();
    }

    private static List<String> warnings(NetworkText network, String... options) {
        return CompiledNetworks.with(List.of(options), network).warnings().stream()
                .filter(text -> text.contains("netwright/"))
                .toList();
    }

    @Test
    void aCallerThatDoesNotKnowTheTypesFeedsByTheDefinition() {
        CompiledNetworks built = CompiledNetworks.of(TWO);
        GeneratedModel typed = built.network(TWO).create(3, Options.defaults());
        Model model = built.network(TWO).create(3, Options.defaults()).model();
        ModelDefinition definition = model.definition();
        assertThat(definition.inputs()).extracting(input -> input.type()).containsExactly(DType.U8, DType.I32);
        assertThat(definition.losses().get(0).hasIndices()).isFalse();
        int n = 5;
        Object[] inputs = {bytes(n * 36, 4), new Random(5).ints(n * 36, 0, 9).toArray()};
        Object[] targets = {new float[n * 2]};
        List<Float> losses = new ArrayList<>();
        List<Float> expected = new ArrayList<>();
        SGD one = SGD.of(1e-6f);
        SGD other = SGD.of(1e-6f);
        for (int i = 0; i < 3; i++) {
            losses.add(model.trainStep(inputs, targets, n, one));
            expected.add(typed.trainStep(List.of(inputs), List.of(targets), n, other));
        }
        losses.add(model.loss(inputs, targets, n));
        expected.add(typed.loss(List.of(inputs), List.of(targets), n));
        losses.add(model.evaluate(inputs, targets, n));
        expected.add(typed.evaluate(List.of(inputs), List.of(targets), n));
        assertThat(losses).isEqualTo(expected);
        float[] outputs = new float[n * 2];
        model.predict(inputs, n, new float[][] {outputs});
        assertThat(outputs).isEqualTo(typed.predict(List.of(inputs), n).get("fc"));
    }

    @Test
    void arraysOfAnotherTypeOrLengthAreRefused() {
        Model model = CompiledNetworks.of(TWO)
                .network(TWO)
                .create(3, Options.defaults())
                .model();
        byte[] pixels = new byte[36];
        int[] counts = new int[36];
        float[][] outputs = {new float[2]};
        assertThatThrownBy(() -> model.predict(new Object[] {pixels, new float[36]}, 1, outputs))
                .hasMessage("Input counts must be an int[], but is of type float[].");
        assertThatThrownBy(() -> model.predict(new Object[] {null, counts}, 1, outputs))
                .hasMessage("Input pixels must be a byte[], but is null.");
        assertThatThrownBy(() -> model.predict(new Object[] {pixels, counts}, 2, outputs))
                .hasMessage("Input pixels has 36 bytes, but 2 samples of shape [1, 6, 6] need 72.");
        assertThatThrownBy(() -> model.predict(new Object[] {pixels}, 1, outputs))
                .hasMessage("TwoNet has 2 inputs, but 1 array was given. Give one array for each, in declared order.");
        Object[] inputs = {pixels, counts};
        assertThatThrownBy(() -> model.evaluate(inputs, new Object[] {new int[2]}, 1))
                .hasMessage("The target of MSELoss must be a float[], but is of type int[].");
        assertThatThrownBy(() -> model.predict(inputs, 1, new float[][] {new float[1]}))
                .hasMessageStartingWith("Output fc has 1 floats");
        model.predict(inputs, 1, outputs);
    }
}
