package dev.netwright.onnx.ort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.onnx.Networks;
import dev.netwright.onnx.OnnxExporter;
import dev.netwright.onnx.networks.CifarNetModel;
import dev.netwright.onnx.networks.CifarResNet20Model;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Port;
import dev.netwright.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime computes from a file, against the model it was written from. */
class OnnxRuntimeTest {
    /** Of the largest output, as all of these. */
    private static final double TOLERANCE = 1e-4;
    /** GELU and its approximation by the tangent are 8e-5 apart. */
    private static final double TOLERANCE_OF_ONE_LAYER = 1e-5;

    private static final int[] BATCHES = {1, 3};

    @TempDir
    Path folder;

    static Stream<Model> small() {
        return Networks.small();
    }

    @ParameterizedTest
    @MethodSource("small")
    void smallNetworksComputeTheSame(Model model) throws Exception {
        compare(model, TOLERANCE_OF_ONE_LAYER);
    }

    @Test
    void resNet20ComputesTheSame() throws Exception {
        compare(Networks.unevenly(CifarResNet20Model.create(20)), TOLERANCE);
    }

    @Test
    void resNet18ComputesTheSame() throws Exception {
        compare(Networks.unevenly(ImageNetResNet18Model.create(18)), TOLERANCE);
    }

    @Test
    void vgg16ComputesTheSame() throws Exception {
        compare(ImageNetVgg16Model.create(16), TOLERANCE);
    }

    private void compare(Model model, double tolerance) throws Exception {
        try (Session session = new Session(exported(model))) {
            Map<String, Double> worst = new LinkedHashMap<>();
            for (int n : BATCHES) {
                Map<String, Object> inputs = new LinkedHashMap<>();
                for (Port input : model.definition().inputs()) {
                    inputs.put(input.name(), Networks.samples(n + inputs.size(), n, model, input));
                }
                Map<String, float[]> expected = Predictions.of(model, inputs, n);
                Map<String, float[]> found = session.run(model.definition().inputs(), inputs, n);
                assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
                expected.forEach((name, values) -> worst.merge(name, difference(values, found.get(name)), Math::max));
            }
            System.out.println(model.definition().name() + ", differences relative to the largest output: " + worst);
            assertThat(worst)
                    .allSatisfy((name, difference) -> assertThat(difference).isLessThan(tolerance));
        }
    }

    @Test
    void theNetworkOfPyTorchTutorialsGivesPyTorchsLogits() throws Exception {
        // PyTorch's weights after torch.manual_seed(0), which that seed gives here too.
        CifarNetModel net = CifarNetModel.create(0);
        Optional<Path> golden = SharedData.findGolden("seed_cnn_seed0.safetensors");
        if (golden.isPresent()) {
            net.loadStateDict(golden.get());
        } else {
            System.out.println("no shared/golden/seed_cnn_seed0.safetensors above this module: weights are drawn");
        }
        int n = 8;
        float[] images = new float[n * 3 * 32 * 32];
        for (int i = 0; i < images.length; i++) {
            images[i] = i * 7919L % 255 / 255f;
        }
        try (Session session = new Session(exported(net))) {
            float[] found = session.run(net.definition().inputs(), Map.of("input", images), n)
                    .get("fc2");
            double difference = difference(logits(), found);
            System.out.println("CifarNet, difference from PyTorch's logits relative to the largest: " + difference);
            assertThat(difference).isLessThan(TOLERANCE);
        }
    }

    private static float[] logits() throws IOException {
        try (InputStream golden = OnnxRuntimeTest.class.getResourceAsStream("seed_cnn_logits.txt")) {
            String[] numbers = new String(golden.readAllBytes()).strip().split("\\s+");
            float[] logits = new float[numbers.length];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = Float.parseFloat(numbers[i]);
            }
            return logits;
        }
    }

    private Path exported(Model model) throws IOException {
        Path path = folder.resolve("net.onnx");
        OnnxExporter.export(model, path);
        return path;
    }

    /** The largest, relative to the largest expected value; a NaN is infinitely far away. */
    private static double difference(float[] expected, float[] found) {
        assertThat(found).hasSameSizeAs(expected);
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) found[i] - expected[i]);
            worst = Math.max(worst, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        // equal zeros differ by nothing
        return worst == 0 ? 0 : worst / largest;
    }
}
