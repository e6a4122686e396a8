package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.testing.SharedData;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.ImageDataset;
import org.junit.jupiter.api.Test;

class Example11SiameseTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    @Test
    void unseenPairsAreToldApart() {
        Example11Siamese example = new Example11Siamese();
        assertThat(Commands.run(example, "--pairs", "8000", "--epochs", "5")).isZero();
        assertThat(example.accuracy()).isGreaterThan(0.9);
    }

    @Test
    void realPicturesAreLearntFromAFolder() {
        String data = SharedData.require("fashion-mnist").toString();
        Example11Siamese example = new Example11Siamese();
        String[] arguments = NIGHTLY
                ? new String[] {"--data", data}
                : new String[] {"--data", data, "--pairs", "4000", "--epochs", "1"};
        assertThat(Commands.run(example, arguments)).isZero();
        // Guessing gives 50 %.
        assertThat(example.accuracy()).isGreaterThan(NIGHTLY ? 0.9 : 0.65);
    }

    @Test
    void bothTowersHaveTheSameWeights() {
        SiameseNetModel net = SiameseNetModel.create(1);
        assertThat(net.stateDict().keySet()).noneMatch(key -> key.startsWith("towerB"));
        assertThat(net.summary()).contains("towerA.conv1 (Conv2d)", "towerB.conv1 (Conv2d)");
        float[] picture = new float[28 * 28];
        float[] other = new float[28 * 28];
        for (int p = 0; p < picture.length; p++) {
            picture[p] = p % 28 / 28f;
            other[p] = p % 5 / 5f;
        }
        assertThat(net.predict(picture, other, 1)).isEqualTo(net.predict(other, picture, 1));
    }

    @Test
    void halfOfThePairsAreOfOneClass() {
        ImageDataset pictures = Pictures.drawGrey(30, 1);
        Pairs pairs = Pairs.of(pictures, 100, 1);
        assertThat(pairs.size()).isEqualTo(100);
        Batch batch = DataLoader.of(pairs).batchSize(100).iterator().next();
        for (int i = 0; i < 100; i++) {
            assertThat(batch.targets()[i]).isEqualTo(i % 2 == 0 ? 1 : 0);
        }
    }

    @Test
    void mistakesAreAnsweredByAnExitCode() {
        assertThat(Commands.run(new Example11Siamese(), "--pairs", "0")).isEqualTo(1);
        assertThat(Commands.run(new Example11Siamese(), "--data", "absent")).isEqualTo(1);
        assertThat(Commands.run(new Example11Siamese(), "--epochs", "many")).isEqualTo(2);
    }
}
