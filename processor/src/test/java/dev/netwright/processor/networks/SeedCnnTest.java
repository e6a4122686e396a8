package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The network of PyTorch tutorials after {@code torch.manual_seed(0)}, against what PyTorch computed with it. */
class SeedCnnTest {
    private static final int SAMPLES = 8;
    private static final CompiledNetworks BUILT = CompiledNetworks.of(NetworkText.CIFAR);

    private final Map<String, List<Float>> numbers = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final GeneratedModel model = BUILT.network(NetworkText.CIFAR).create(0, Options.defaults());
    private final List<float[]> images = List.of(images());

    SeedCnnTest() {
        try (InputStream in = SeedCnnTest.class.getResourceAsStream("seed_cnn_training.json");
                JsonParser parser = new JsonFactory().createParser(in)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    texts.put(name, parser.getText());
                    continue;
                }
                List<Float> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(parser.getFloatValue());
                }
                numbers.put(name, values);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the golden file says of its input: {@code ((flat_index * 7919) % 255) / 255}. */
    private static float[] images() {
        float[] images = new float[SAMPLES * 3 * 32 * 32];
        for (int i = 0; i < images.length; i++) {
            images[i] = i * 7919L % 255 / 255f;
        }
        return images;
    }

    @Test
    void predictsPyTorchsLogits() {
        check("logits", model.predict(images, SAMPLES).get("fc2"), numbers.get("logits0"));
    }

    @Test
    void descendsAsPyTorchsSgd() {
        train("SGD losses", SGD.of(0.01f), numbers.get("sgd_lr0.01_losses"));
    }

    @Test
    void descendsAsPyTorchsAdam() {
        train("Adam losses", Adam.of(0.001f), numbers.get("adam_lr0.001_losses"));
    }

    private void train(String what, Optimizer optimizer, List<Float> expected) {
        assertThat(expected).hasSize(10);
        List<int[]> classes = List.of(new int[] {0, 1, 2, 3, 4, 5, 6, 7});
        float[] losses = new float[expected.size()];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = model.trainStep(images, classes, SAMPLES, optimizer);
        }
        check(what, losses, expected);
    }

    private void check(String what, float[] actual, List<Float> expected) {
        assertThat(actual).hasSize(expected.size());
        float largest = 0;
        for (float each : expected) {
            largest = Math.max(largest, Math.abs(each));
        }
        float worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected.get(i)));
            assertThat(actual[i]).as("%s, number %d", what, i).isCloseTo(expected.get(i), within(1e-4f * largest));
        }
        System.out.printf(
                "%s: largest difference %.1e of the largest, %s\n",
                what, worst / largest, model.model().kernels());
    }

    @Test
    void printsPyTorchsLayers() {
        assertThat(layerLines(model.model().toString())).isEqualTo(layerLines(texts.get("print")));
    }

    /** Layers as printed, without their keys: PyTorch's are numbers here. */
    private static List<String> layerLines(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.replaceFirst("^  \\(\\w+\\): ", ""))
                .toList();
    }

    @Test
    void hasAsManyParameters() {
        assertThat(model.model().stateDict().values().stream()
                        .mapToInt(Tensor::size)
                        .sum())
                .isEqualTo(145_578);
        assertThat(model.model().summary()).contains("145,578");
    }
}
