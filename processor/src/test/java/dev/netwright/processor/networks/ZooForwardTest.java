package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.StateDicts;
import dev.netwright.testing.Golden;
import dev.netwright.testing.PythonWithTorch;
import dev.netwright.testing.Skipped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks of the zoo against torchvision's own, where that is installed: the weights they start with, what their
 * normalisations and dropouts are, and their answers with weights that are drawn otherwise. Starting weights tell little
 * where blocks are scaled by 1e-6, as ConvNeXt's are, or deviations are 0.01 throughout, as GoogLeNet's.
 */
class ZooForwardTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");
    private static final long SEED = 5;
    private static final int SAMPLES = 2;

    /** Of pictures: small, for speed. */
    private static final int SIZE = 64;

    /** Of a tensor's largest value: what erfinv and the logarithm may differ by, see {@code @Init}. */
    private static final double INITIAL = 1e-5;

    /** Of the largest answer: what sums in single precision cost. */
    private static final double ANSWER = 1e-4;

    /** What PyTorch and this project both print, and what decides. */
    private static final Pattern SETTING = Pattern.compile("\\b(eps|momentum|p)=([-+.eE0-9]+)");

    @ParameterizedTest
    @CsvSource({
        "MobileNetV3Small, mobilenet_v3_small",
        "RegNetY400mf, regnet_y_400mf",
        "ShuffleNetV2X10, shufflenet_v2_x1_0",
        "SqueezeNet11, squeezenet1_1",
    })
    void isTorchvisions(String zoo, String torchvision, @TempDir Path folder) throws Exception {
        check(NetworkText.extension(zoo, "", "", 3, SIZE, SIZE), torchvision, folder);
    }

    /** The others, which take 10 to 30 seconds each. */
    @ParameterizedTest
    @CsvSource({
        "SqueezeNet10, squeezenet1_0",
        "GoogLeNet, googlenet",
        "DenseNet121, densenet121",
        "MobileNetV2, mobilenet_v2",
        "MobileNetV3Large, mobilenet_v3_large",
        "MnasNet10, mnasnet1_0",
        "EfficientNetB0, efficientnet_b0",
        "EfficientNetB1, efficientnet_b1",
        "EfficientNetB2, efficientnet_b2",
        "EfficientNetB3, efficientnet_b3",
        "RegNetX400mf, regnet_x_400mf",
        "ConvNextTiny, convnext_tiny",
        "UNet, unet",
    })
    void isTorchvisionsEveryNight(String zoo, String torchvision, @TempDir Path folder) throws Exception {
        Skipped.unless(NIGHTLY, zoo + " takes long, -Pnightly compares it with torchvision's");
        check(NetworkText.extension(zoo, "", "", 3, SIZE, SIZE), torchvision, folder);
    }

    /** torchvision has none, so that the script does; and less wide, which is written as a user would. */
    @Test
    void aNarrowUNetIsPyTorchs(@TempDir Path folder) throws Exception {
        String layers = """
                @dev.netwright.zoo.DoubleConv(width = 8)   Layer down1;
                @dev.netwright.zoo.DoubleConv(width = 16)  Layer down2;
                @dev.netwright.zoo.DoubleConv(width = 32)  Layer down3;
                @dev.netwright.zoo.DoubleConv(width = 64)  Layer down4;
                @dev.netwright.zoo.DoubleConv(width = 128) Layer bottom;
                @dev.netwright.zoo.UNetUp(width = 64, from = {"bottom", "down4"}) Layer up4;
                @dev.netwright.zoo.UNetUp(width = 32, from = {"up4", "down3"})    Layer up3;
                @dev.netwright.zoo.UNetUp(width = 16, from = {"up3", "down2"})    Layer up2;
                @dev.netwright.zoo.UNetUp(width = 8, from = {"up2", "down1"})     Layer up1;
                """;
        String rule = "@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class)"; // as these layers are its own
        check(NetworkText.extension("UNet", rule, layers, 3, SIZE, SIZE), "narrow_unet", folder);
    }

    /** Whose maps are as large as pictures, up to 64 channels of them. */
    @Test
    void aUNetOfFullWidthTakesAPictureOf256() {
        Skipped.unless(NIGHTLY, "U-Net at full width takes long, -Pnightly runs it on 256 x 256");
        int size = 256;
        NetworkText text = NetworkText.extension("UNet", "", "", 3, size, size);
        GeneratedModel net = CompiledNetworks.of(text).network(text).create(SEED, Options.defaults());
        float[] picture = new float[3 * size * size];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = i * 7919L % 255 / 127f - 1;
        }
        float[] scores = net.predict(List.of(picture), 1).get("head");
        Runtime.getRuntime().gc();
        long held = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf("%s at %d x %d: %d MB are held after a prediction\n", text, size, size, held >> 20);
        assertThat(scores).hasSize(2 * size * size).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY);
        assertThat(difference(scores, net.predict(List.of(picture), 1).get("head")))
                .isZero();
        // 750 MB: the weights' 124, what fast convolutions derive from them, maps, and what the compiler left
        assertThat(held).isLessThan(900L << 20);
    }

    private static void check(NetworkText text, String function, Path folder) throws Exception {
        String python = PythonWithTorch.thatRuns("import torchvision");
        String size = String.valueOf(SIZE);
        List<Map<?, ?>> lines = new ArrayList<>();
        Golden.readAll(
                PythonScript.run(folder, "zoo_forward.py", python, function, size, folder.toString()),
                line -> lines.add(Golden.map(line)));
        assertThat(lines).hasSize(1);
        check(text, folder, lines.get(0));
    }

    private static void check(NetworkText text, Path folder, Map<?, ?> expected) throws IOException {
        GeneratedModel net = CompiledNetworks.of(text).network(text).create(SEED, Options.defaults());

        double initial = checkInitial(net.model().parameters(), StateDicts.read(folder.resolve("initial.pth")));
        checkSettings(net.model().definition().layers(), Golden.map(expected.get("modules")));
        net.model().loadStateDict(folder.resolve("drawn.pth"));
        float[] answer = net.predict(List.of(Golden.floats(expected.get("pictures"))), SAMPLES)
                .values()
                .iterator()
                .next();
        double worst = difference(Golden.floats(expected.get("answer")), answer);
        System.out.printf("%s: weights differ by %.1e, answers by %.1e of the largest\n", text, initial, worst);
        assertThat(worst).isLessThan(ANSWER);
    }

    /** The largest difference, as a part of its tensor's largest value. */
    private static double checkInitial(Parameters actual, Map<String, Tensor> expected) {
        assertThat(actual.specs()).extracting(ParameterSpec::key).containsExactlyElementsOf(expected.keySet());
        double worst = 0;
        for (Map.Entry<String, Tensor> entry : expected.entrySet()) {
            Tensor tensor = actual.get(entry.getKey());
            assertThat(tensor.shape())
                    .as(entry.getKey())
                    .isEqualTo(entry.getValue().shape());
            double difference = difference(
                    entry.getValue().toFloat().toArray(), tensor.toFloat().toArray());
            assertThat(difference).as(entry.getKey()).isLessThanOrEqualTo(INITIAL);
            worst = Math.max(worst, difference);
        }
        return worst;
    }

    private static double difference(float[] expected, float[] actual) {
        assertThat(actual).hasSameSizeAs(expected);
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs((double) expected[i] - actual[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
            assertThat(actual[i]).isFinite();
        }
        return worst == 0 ? 0 : worst / largest;
    }

    private static void checkSettings(List<LayerDefinition> layers, Map<?, ?> modules) {
        int checked = 0;
        for (LayerDefinition layer : layers) {
            Map<String, Double> settings = settings(layer.toString());
            if (!settings.isEmpty()) {
                assertThat(modules.containsKey(layer.key())).as(layer.key()).isTrue();
                assertThat(settings)
                        .as(layer.key())
                        .isEqualTo(settings(modules.get(layer.key()).toString()));
                checked++;
            }
        }
        assertThat(checked).isPositive();
    }

    private static Map<String, Double> settings(String printed) {
        Map<String, Double> settings = new TreeMap<>();
        for (MatchResult found : SETTING.matcher(printed).results().toList()) {
            settings.put(found.group(1), Double.valueOf(found.group(2)));
        }
        return settings;
    }
}
