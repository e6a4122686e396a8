package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.TensorDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example10UNetTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    @TempDir
    private Path folder;

    /** The nightly build trains as the command does. */
    @Test
    void moreThanNinetyFivePercentOfTheUnseenPixelsAreRecognised() {
        Example10UNet example = new Example10UNet();
        List<String> arguments = new ArrayList<>(List.of("--out", folder.toString()));
        if (!NIGHTLY) {
            arguments.addAll(List.of("--pictures", "300", "--batch-size", "4", "--epochs", "5"));
        }
        assertThat(Commands.run(example, arguments.toArray(String[]::new))).isZero();
        assertThat(example.accuracy()).isGreaterThan(0.95);
        assertThat(folder.resolve("segmented.png")).isNotEmptyFile();
    }

    @Test
    void aSeedGivesTheSameScenes() {
        Batch one = first(Scenes.draw(10, 7));
        assertThat(first(Scenes.draw(10, 7)).inputs()).isEqualTo(one.inputs());
        assertThat(first(Scenes.draw(10, 8)).inputs()).isNotEqualTo(one.inputs());
        assertThat(Arrays.stream(one.labels()).distinct().sorted()).containsExactly(0, 1, 2, 3);
    }

    private static Batch first(TensorDataset scenes) {
        return DataLoader.of(scenes).batchSize(scenes.size()).iterator().next();
    }

    @Test
    void picturesAndMasksAreReadFromFolders() throws IOException {
        for (String kind : new String[] {"pictures", "masks"}) {
            Files.createDirectory(folder.resolve(kind));
        }
        for (int i = 0; i < 2; i++) {
            String name = i + ".png";
            write(folder.resolve("pictures").resolve(name), BufferedImage.TYPE_INT_RGB, 0xff8000);
            write(folder.resolve("masks").resolve(name), BufferedImage.TYPE_BYTE_GRAY, i == 0 ? 2 : 255);
        }
        Batch batch = first(Scenes.read(folder));
        // Orange: all red, half green, no blue.
        assertThat(batch.inputs()[0]).isEqualTo(1);
        assertThat(batch.inputs()[Scenes.PIXELS]).isEqualTo(128 / 255f);
        assertThat(batch.inputs()[2 * Scenes.PIXELS]).isZero();
        assertThat(Arrays.stream(batch.labels()).limit(Scenes.PIXELS)).containsOnly(2);
        assertThat(Arrays.stream(batch.labels()).skip(Scenes.PIXELS)).containsOnly(-100);

        String[] arguments = {
            "--data", folder.toString(), "--out", folder.resolve("out").toString(), "--epochs", "1"
        };
        assertThat(Commands.run(new Example10UNet(), arguments)).isZero();
        write(folder.resolve("masks").resolve("1.png"), BufferedImage.TYPE_BYTE_GRAY, 4);
        assertThat(Commands.run(new Example10UNet(), arguments)).isEqualTo(1);
    }

    private static void write(Path file, int type, int value) throws IOException {
        BufferedImage image = new BufferedImage(100, 80, type);
        for (int p = 0; p < 100 * 80; p++) {
            if (type == BufferedImage.TYPE_BYTE_GRAY) {
                image.getRaster().setSample(p % 100, p / 100, 0, value);
            } else {
                image.setRGB(p % 100, p / 100, value);
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }

    @Test
    void mistakesAreAnsweredByAnExitCode() {
        assertThat(Commands.run(new Example10UNet(), "--epochs", "0")).isEqualTo(1);
        assertThat(Commands.run(new Example10UNet(), "--pictures", "1")).isEqualTo(1);
        assertThat(Commands.run(new Example10UNet(), "--data", folder.toString()))
                .isEqualTo(1);
    }
}
