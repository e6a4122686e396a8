package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Network;
import dev.netwright.testing.Golden;
import dev.netwright.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, their order, and shapes of the zoo's networks, against those of torchvision. */
class ZooStateTest {
    private static final String STATES = "torchvision_states.txt";

    /**
     * What is expected of a state dict.
     *
     * @param entries how many
     * @param parameters how many numbers are trained
     * @param digest of the lines
     */
    private record State(int entries, long parameters, String digest) {}

    /** A line for each: the zoo's class, torchvision's function, the shape of a sample. */
    @ParameterizedTest
    @CsvSource({
        "AlexNet, alexnet, 3x224x224",
        "Vgg11, vgg11, 3x224x224",
        "Vgg13, vgg13, 3x224x224",
        "Vgg16, vgg16, 3x224x224",
        "Vgg19, vgg19, 3x224x224",
        "Vgg11Bn, vgg11_bn, 3x224x224",
        "Vgg13Bn, vgg13_bn, 3x224x224",
        "Vgg16Bn, vgg16_bn, 3x224x224",
        "Vgg19Bn, vgg19_bn, 3x224x224",
        "ResNet18, resnet18, 3x224x224",
        "ResNet34, resnet34, 3x224x224",
        "ResNet50, resnet50, 3x224x224",
        "ResNet101, resnet101, 3x224x224",
        "ResNet152, resnet152, 3x224x224",
        "ResNext50, resnext50_32x4d, 3x224x224",
        "WideResNet50, wide_resnet50_2, 3x224x224",
        "SqueezeNet10, squeezenet1_0, 3x224x224",
        "SqueezeNet11, squeezenet1_1, 3x224x224",
        "GoogLeNet, googlenet, 3x224x224",
        "DenseNet121, densenet121, 3x224x224",
        "DenseNet161, densenet161, 3x224x224",
        "DenseNet169, densenet169, 3x224x224",
        "DenseNet201, densenet201, 3x224x224",
        "MobileNetV2, mobilenet_v2, 3x224x224",
        "MobileNetV3Small, mobilenet_v3_small, 3x224x224",
        "MobileNetV3Large, mobilenet_v3_large, 3x224x224",
        "ShuffleNetV2X05, shufflenet_v2_x0_5, 3x224x224",
        "ShuffleNetV2X10, shufflenet_v2_x1_0, 3x224x224",
        "ShuffleNetV2X15, shufflenet_v2_x1_5, 3x224x224",
        "ShuffleNetV2X20, shufflenet_v2_x2_0, 3x224x224",
        "MnasNet10, mnasnet1_0, 3x224x224",
        "EfficientNetB0, efficientnet_b0, 3x224x224",
        "EfficientNetB1, efficientnet_b1, 3x240x240",
        "EfficientNetB2, efficientnet_b2, 3x288x288",
        "EfficientNetB3, efficientnet_b3, 3x300x300",
        "RegNetX400mf, regnet_x_400mf, 3x224x224",
        "RegNetY400mf, regnet_y_400mf, 3x224x224",
        "ConvNextTiny, convnext_tiny, 3x224x224",
        "VitB16, vit_b_16, 3x224x224",
        "VitB32, vit_b_32, 3x224x224",
        "ResNet20, cifar_resnet20, 3x32x32",
        "ResNet32, cifar_resnet32, 3x32x32",
        "ResNet44, cifar_resnet44, 3x32x32",
        "ResNet56, cifar_resnet56, 3x32x32",
    })
    void isThatOfTorchvision(String zoo, String torchvision, String input) throws IOException {
        Network network = network(NetworkText.zoo(zoo, sizes(input)));

        List<String> entries = lines(network);
        long parameters = network.parameters().stream()
                .filter(Graph.Parameter::trained)
                .mapToLong(entry -> entry.declaration().shape().elements())
                .sum();
        State state = new State(entries.size(), parameters, digest(entries));

        assertThat(state).as(() -> firstDifference(torchvision, entries)).isEqualTo(expected(torchvision));
    }

    /** As in PyTorch's tutorials: {@code classifier.add_module('add_linear', nn.Linear(1000, 10))}. */
    @Test
    void aLayerMoreAndFrozenOnesBefore() {
        Network network = network(NetworkText.extension(
                "Vgg16",
                "@CrossEntropyLoss @Frozen(\"features*\")",
                "@Linear(outFeatures = 10) @Key(\"classifier.add_linear\") Layer addLinear;",
                3,
                224,
                224));

        assertThat(lines(network))
                .endsWith(
                        "classifier.6.bias 1000",
                        "classifier.add_linear.weight 10x1000",
                        "classifier.add_linear.bias 10")
                .hasSize(34);
        assertThat(network.parameters())
                .allSatisfy(entry ->
                        assertThat(entry.trained()).isEqualTo(entry.key().startsWith("classifier.")));
    }

    @Test
    void aLayerInThePlaceOfTheLast() {
        Network network = network(NetworkText.extension(
                "ResNet50", "@CrossEntropyLoss", "@Linear(outFeatures = 10) Layer fc;", 3, 96, 64));

        assertThat(lines(network)).endsWith("fc.weight 10x2048", "fc.bias 10").hasSize(320);
    }

    private static List<String> lines(Network network) {
        return network.parameters().stream()
                .map(entry -> entry.key() + " "
                        + entry.declaration().shape().sizes().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining("x")))
                .toList();
    }

    private static Network network(NetworkText text) {
        Compiled compiled = Compiled.of(text);
        assertThat(compiled.errors()).isEmpty();
        return compiled.results().get(0).network();
    }

    private static int[] sizes(String text) {
        return Stream.of(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    private static String digest(List<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static State expected(String torchvision) throws IOException {
        try (InputStream in = ZooStateTest.class.getResourceAsStream(STATES);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String[] words = lines.lines()
                    .map(line -> line.split(" "))
                    .filter(line -> line[0].equals(torchvision))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(STATES + " has no " + torchvision));
            return new State(Integer.parseInt(words[1]), Long.parseLong(words[2]), words[3]);
        }
    }

    /** A digest does not tell what is wrong; where the whole lists are at hand, they do. */
    private static String firstDifference(String torchvision, List<String> entries) {
        Optional<Path> lists = SharedData.findGolden("torchvision_state_shapes.json.gz");
        List<String> expected = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(lists.orElseThrow()))) {
            Golden.readAll(in, all -> {
                Object state = Golden.map(Golden.map(all).get(torchvision)).get("state");
                for (Object entry : (List<?>) state) {
                    List<?> keyAndShape = (List<?>) entry;
                    String shape = ((List<?>) keyAndShape.get(1))
                            .stream().map(String::valueOf).collect(Collectors.joining("x"));
                    expected.add(keyAndShape.get(0) + " " + shape);
                }
            });
        } catch (IOException | RuntimeException absent) {
            return "state dict, without torchvision's to compare it with (" + absent + ")";
        }
        return IntStream.range(0, Math.max(expected.size(), entries.size()))
                .filter(i -> i >= expected.size()
                        || i >= entries.size()
                        || !expected.get(i).equals(entries.get(i)))
                .mapToObj(i -> "entry " + i + " is " + (i < entries.size() ? entries.get(i) : "missing")
                        + ", torchvision's " + (i < expected.size() ? expected.get(i) : "missing"))
                .findFirst()
                .orElse("no entry differs");
    }
}
