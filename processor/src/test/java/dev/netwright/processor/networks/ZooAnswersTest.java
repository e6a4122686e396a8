package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Tensor;
import dev.netwright.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The zoo's networks over words and steps, and its vision transformer made small, against numbers of PyTorch and torchvision:
 * keys, shapes, first weights, answers. {@code zoo_answers.py} wrote them.
 */
class ZooAnswersTest {
    private static final long SEED = 5;
    private static final int SAMPLES = 3;
    private static final int WORDS = 12;
    private static final int[] LENGTHS = {12, 1, 7};

    /** Of the largest answer: what sums in single precision cost. */
    private static final double TOLERANCE = 1e-5;

    private static final String TEXTS = """
            @Network
            @Input(name = "words", shape = 12, type = InputType.INT32)
            @Input(name = "length", shape = 1, type = InputType.INT32)
            """;

    private static final NetworkText MINI_LM =
            text("MiniLmL6", TEXTS, "@Slice(end = 12, from = \"positions\") Layer places;");

    private static NetworkText text(String zoo, String annotations, String layers) {
        NetworkText network = NetworkText.extension(zoo, "", layers, WORDS);
        return new NetworkText(
                network.name(), network.text().replace("@Network(input = {12})", annotations), network.others());
    }

    @Test
    void theClassifierByAnLstmIsPyTorchs() throws IOException {
        check(text("LstmClassifier", TEXTS, ""), "LstmClassifier", List.of(words(), LENGTHS));
    }

    @Test
    void theForecasterIsPyTorchs() throws IOException {
        check(
                NetworkText.extension("GruForecaster", "", "", WORDS, 1),
                "GruForecaster",
                List.of(numbers(SAMPLES * WORDS, 7)));
    }

    /** As its Javadoc says how. */
    @Test
    void theForecasterOfSeveralLengthsLooksAtNoStepBeyond() {
        NetworkText text = text(
                "GruForecaster",
                """
                @Network
                @Input(name = "input", shape = {12, 1})
                @Input(name = "length", shape = 1, type = InputType.INT32)
                """,
                "@GRU(hiddenSize = 64, numLayers = 2, lengths = \"length\", from = \"input\") Layer gru;");
        float[] steps = numbers(SAMPLES * WORDS, 7);
        onlyWhatIsBeyondIsIndifferent(compiled(text), "fc", i -> {
            float[] changed = steps.clone();
            changed[i] += 1;
            return changed;
        });
    }

    @Test
    void theClassifierByATransformerIsPyTorchs() throws IOException {
        String places = "@Parameter(shape = {12, 128}) @Init(value = InitMethod.NORMAL, std = 0.02) Layer positions;";
        check(text("TransformerClassifier", TEXTS, places), "TransformerClassifier", List.of(words(), LENGTHS));
    }

    @Test
    void miniLmIsTheFeaturesOfSentences() throws IOException {
        GeneratedModel net = check(MINI_LM, "MiniLmL6", List.of(words(), LENGTHS));
        int[] words = words();
        onlyWhatIsBeyondIsIndifferent(net, "sentence", i -> {
            int[] changed = words.clone();
            changed[i] = (changed[i] + 1) % 30_522;
            return changed;
        });
    }

    /** Of 32 x 32 pixels, two layers of two heads and 16 features: torchvision makes such a one, too. */
    @Test
    void aSmallVisionTransformerIsTorchvisions() throws IOException {
        String layers = """
                @Parameter(shape = {1, 1, 16}) Layer classToken;
                @Conv2d(outChannels = 16, kernelSize = 16, stride = 16) Layer patches;
                @Parameter(shape = {1, 5, 16}) Layer positions;
                @dev.netwright.zoo.VisionEncoderBlock(width = 16, heads = 2)
                @Repeat(value = 2, key = "encoder_layer_%d") Layer layers;
                @LayerNorm(normalizedShape = 16, eps = 1e-6) Layer norm;
                @Linear(outFeatures = 5) Layer head;
                """;
        check(
                NetworkText.extension("VitB32", "", layers, 3, 32, 32),
                "SmallVit",
                List.of(numbers(SAMPLES * 3 * 32 * 32, 7)));
    }

    private interface Changed {
        Object at(int place);
    }

    /** The second sample's second step is beyond its length, the third's second is not. */
    private static void onlyWhatIsBeyondIsIndifferent(GeneratedModel net, String output, Changed inputs) {
        int beyond = WORDS + 1;
        int within = 2 * WORDS + 1;
        float[] answer = answer(net, List.of(inputs.at(beyond), LENGTHS), output);
        float[] other = answer(net, List.of(inputs.at(beyond + 1), LENGTHS), output);
        assertThat(other).isEqualTo(answer);
        float[] changed = answer(net, List.of(inputs.at(within), LENGTHS), output);
        int third = 2 * answer.length / SAMPLES;
        assertThat(Arrays.copyOf(changed, third)).isEqualTo(Arrays.copyOf(answer, third));
        assertThat(changed).isNotEqualTo(answer);
    }

    private static float[] answer(GeneratedModel net, List<?> inputs, String output) {
        return net.predict(inputs, SAMPLES).get(output).clone();
    }

    private static GeneratedModel compiled(NetworkText text) {
        return CompiledNetworks.of(text).network(text).create(SEED, Options.defaults());
    }

    private static GeneratedModel check(NetworkText text, String line, List<?> inputs) throws IOException {
        Map<?, ?> expected = line(line);
        GeneratedModel net = compiled(text);
        List<String> state = new ArrayList<>();
        net.model().stateDict().forEach((key, tensor) -> state.add(key + " " + Arrays.toString(tensor.shape())));
        List<String> torchs = new ArrayList<>();
        for (Object entry : (List<?>) expected.get("state")) {
            List<?> pair = (List<?>) entry;
            torchs.add(pair.get(0) + " " + pair.get(1));
        }
        assertThat(state).isEqualTo(torchs);
        if (expected.get("parameters") != null) {
            StartingWeights.check(text, net.model(), Golden.map(expected.get("parameters")));
        }
        fill(net);
        float[] answer = net.predict(inputs, SAMPLES).values().iterator().next();
        double difference = difference(Golden.floats(expected.get("answer")), answer);
        System.out.printf("%s: answers differ by %.1e of the largest\n", text, difference);
        assertThat(difference).isLessThan(TOLERANCE);
        return net;
    }

    private static Map<?, ?> line(String network) throws IOException {
        List<Map<?, ?>> found = new ArrayList<>();
        try (InputStream in = ZooAnswersTest.class.getResourceAsStream("zoo_answers.jsonl")) {
            Golden.readAll(in, line -> {
                if (Golden.map(line).get("network").equals(network)) {
                    found.add(Golden.map(line));
                }
            });
        }
        assertThat(found).as(network).hasSize(1);
        return found.get(0);
    }

    private static double difference(float[] expected, float[] actual) {
        assertThat(actual).hasSameSizeAs(expected);
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isFinite();
            worst = Math.max(worst, Math.abs((double) expected[i] - actual[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return worst / largest;
    }

    /** The weights of zoo_answers.py. */
    private static void fill(GeneratedModel net) {
        int first = 0;
        for (ParameterSpec spec : net.model().parameters().specs()) {
            int[] shape = spec.shape();
            int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            String key = spec.key().toLowerCase(Locale.ROOT);
            boolean norm = key.contains("norm") || key.contains(".ln");
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                double drawn = number(first + i);
                values[i] = (float) value(drawn, spec.key(), norm, shape);
            }
            net.model().parameters().set(spec.key(), Tensor.of(values, shape));
            first += size;
        }
    }

    private static double value(double drawn, String key, boolean norm, int[] shape) {
        if (norm) {
            return key.endsWith("weight") ? drawn + 1 : drawn / 4;
        }
        if (key.contains("embedding")) {
            return drawn * 4;
        }
        return shape.length > 1 ? drawn * 4 / Math.sqrt(shape[shape.length - 1]) : drawn;
    }

    private static float[] numbers(int count, int first) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) number(first + i);
        }
        return numbers;
    }

    /** From -0.5 to 0.5: 24 bits of MurmurHash's last steps. */
    private static double number(int place) {
        int bits = (place ^ place >>> 16) * 0x85ebca6b;
        bits = (bits ^ bits >>> 13) * 0xc2b2ae35;
        bits = (bits ^ bits >>> 16) >>> Byte.SIZE;
        return bits / (double) (1 << 24) - 0.5;
    }

    private static int[] words() {
        int[] words = new int[SAMPLES * WORDS];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) ((number(7 + i) + 0.5) * 20_000);
        }
        return words;
    }
}
