package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.KeyMapping;
import dev.netwright.runtime.files.StateDicts;
import dev.netwright.testing.SharedData;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.Cifar10;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.ImageDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with weights that PyTorch wrote compute what PyTorch computed with them. */
class LoadedWeightsTest {
    private static final int CLASSES = 10;
    /** A Sequential's layers are numbered, pools and Flatten included. */
    private static final KeyMapping NUMBERED = KeyMapping.of()
            .rename("0.*", "conv1.*")
            .rename("2.*", "conv2.*")
            .rename("4.*", "conv3.*")
            .rename("7.*", "fc1.*")
            .rename("8.*", "fc2.*");

    @ParameterizedTest
    @ValueSource(strings = {"seed_cnn_seed0.pth", "seed_cnn_seed0.safetensors"})
    void theCifarNetworkGivesPyTorchsLogits(String name) throws IOException {
        CifarNetModel net = CifarNetModel.create(1);
        net.loadStateDict(NUMBERED.apply(StateDicts.read(SharedData.golden(name))));
        int n = 8;
        float[] images = new float[n * 3 * 32 * 32];
        for (int i = 0; i < images.length; i++) {
            images[i] = i * 7919L % 255 / 255f;
        }
        String golden = Files.readString(SharedData.golden("seed_cnn_training.json"));
        String[] expected = match("\"logits0\":\\s*\\[([^]]*)]", golden).split(",");
        float[] logits = net.predict(images, n);
        assertThat(expected).hasSameSizeAs(logits);
        for (int i = 0; i < logits.length; i++) {
            assertThat(logits[i]).isCloseTo(Float.parseFloat(expected[i].strip()), Offset.offset(1e-5f));
        }
    }

    @Test
    void resNet20ClassifiesFourThousandPicturesAsPyTorchDoes() throws IOException {
        Path data = SharedData.require("cifar10-4000");
        String golden = Files.readString(SharedData.golden("resnet20_predictions.json"));
        CifarResNet20Model net = CifarResNet20Model.create(1);
        net.loadStateDict(KeyMapping.of()
                .stripPrefix("module.")
                .apply(StateDicts.read(SharedData.require("resnet20-cifar10/resnet20-12fca82f.th"))));

        StringBuilder predictions = new StringBuilder();
        int correct = 0;
        Cifar10 pictures = Cifar10.read(data);
        for (ImageDataset part : List.of(pictures.train(), pictures.test())) {
            ImageDataset normalized =
                    part.normalize(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});
            for (Batch batch : DataLoader.of(normalized).batchSize(100)) {
                float[] logits = net.predict(batch.inputs(), batch.size());
                for (int i = 0; i < batch.size(); i++) {
                    int best = argmax(logits, i * CLASSES);
                    predictions.append(best);
                    correct += best == batch.labels()[i] ? 1 : 0;
                }
            }
        }
        assertThat(predictions).hasToString(match("\"predictions\":\\s*\"([0-9]*)\"", golden));
        assertThat(correct).isEqualTo(3992);
    }

    @Test
    void keysBehindAPrefixAreExplained() throws IOException {
        Map<String, Tensor> state = StateDicts.read(SharedData.require("resnet20-cifar10/resnet20-12fca82f.th"));
        CifarResNet20Model net = CifarResNet20Model.create(1);
        Map<String, Tensor> before = net.stateDict();
        assertThatThrownBy(() -> net.loadStateDict(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KeyMapping.of().stripPrefix(\"module.\")");
        assertThat(net.stateDict()).isEqualTo(before);
    }

    private static int argmax(float[] scores, int from) {
        int best = 0;
        for (int i = 1; i < CLASSES; i++) {
            best = scores[from + i] > scores[from + best] ? i : best;
        }
        return best;
    }

    private static String match(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
