package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.testing.Golden;
import dev.netwright.testing.PythonWithTorch;
import dev.netwright.testing.Skipped;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zoo's networks start as torchvision's do with the same seed, and compute from there what these compute. */
class ZooTorchvisionTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    /** VGG-19 has 0.57 GB of weights; its largest layer's are copied to be compared. */
    private static final long LARGE_HEAP = 3L << 30;

    /** Of the largest score. */
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path folder;

    /** A line for each: the zoo's class, torchvision's function, the shape of a sample. */
    @ParameterizedTest
    @CsvSource({
        "ResNet18, resnet18, 3x224x224",
        "ResNet20, cifar_resnet20, 3x32x32",
        "AlexNet, alexnet, 3x64x64",
    })
    void startsAndComputesAsTorchvisions(String zoo, String torchvision, String input) throws Exception {
        compare(zoo, torchvision, input);
    }

    /** The others, which take 20 to 40 seconds each. */
    @ParameterizedTest
    @CsvSource({
        "Vgg11, vgg11, 3x64x64",
        "Vgg13, vgg13, 3x32x32",
        "Vgg16, vgg16, 3x32x32",
        "Vgg19, vgg19, 3x32x32",
        "Vgg11Bn, vgg11_bn, 3x32x32",
        "Vgg13Bn, vgg13_bn, 3x32x32",
        "Vgg16Bn, vgg16_bn, 3x32x32",
        "Vgg19Bn, vgg19_bn, 3x32x32",
        "ResNet34, resnet34, 3x64x64",
        "ResNet50, resnet50, 3x64x64",
        "ResNet101, resnet101, 3x64x64",
        "ResNet152, resnet152, 3x64x64",
        "ResNext50, resnext50_32x4d, 3x64x64",
        "WideResNet50, wide_resnet50_2, 3x64x64",
        "ResNet32, cifar_resnet32, 3x32x32",
        "ResNet44, cifar_resnet44, 3x32x32",
        "ResNet56, cifar_resnet56, 3x32x32",
    })
    void startsAndComputesAsTorchvisionsEveryNight(String zoo, String torchvision, String input) throws Exception {
        Skipped.unless(
                NIGHTLY && Runtime.getRuntime().maxMemory() >= LARGE_HEAP,
                zoo + " takes long, or 3 GB of heap: -Pnightly runs it");
        compare(zoo, torchvision, input);
    }

    private void compare(String zoo, String torchvision, String input) throws Exception {
        String python = PythonWithTorch.thatRuns("import torchvision");
        int[] shape = Stream.of(input.split("x")).mapToInt(Integer::parseInt).toArray();
        NetworkText network = NetworkText.extension(zoo, "", "", shape);
        GeneratedModel model = CompiledNetworks.of(network).network(network).create(0, Options.defaults());
        Golden.readAll(
                PythonScript.run(folder, "zoo_networks.py", python, torchvision, input),
                line -> check(network, model, Golden.map(line)));
    }

    private static void check(NetworkText network, GeneratedModel model, Map<?, ?> torchvisions) {
        StartingWeights.check(network, model.model(), Golden.map(torchvisions.get("parameters")));
        float[] expected = Golden.floats(torchvisions.get("scores"));
        int elements = model.network().inputs().get(0).shape().elements();
        float[] scores =
                model.predict(List.of(picture(elements)), 1).values().iterator().next();
        assertThat(scores).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < scores.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(scores[i] - expected[i]));
        }
        System.out.printf("%s: scores differ by %.1e of the largest\n", network, difference / largest);
        assertThat(difference / largest).isCloseTo(0, within(TOLERANCE));
    }

    /** The numbers of zoo_networks.py. */
    private static float[] picture(int elements) {
        float[] picture = new float[elements];
        for (int i = 0; i < elements; i++) {
            int bits = (int) (i * 2_654_435_761L) >>> Byte.SIZE;
            picture[i] = bits / (float) (1 << 24) - 0.5f;
        }
        return picture;
    }
}
