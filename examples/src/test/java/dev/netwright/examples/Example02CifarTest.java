package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example02CifarTest {

    @TempDir
    private Path folder;

    @Test
    void theNetworkRecognisesMoreThanNinetyFivePercentOfTheDrawnPictures() {
        Example02Cifar example = new Example02Cifar();
        assertThat(Commands.run(example, "--out", folder.toString())).isZero();
        assertThat(example.testAccuracy()).isGreaterThan(0.95);
        assertThat(folder.resolve("contact-sheet.png")).isNotEmptyFile();
        assertThat(folder.resolve("confusion-matrix.png")).isNotEmptyFile();
        assertThat(folder.resolve("cifar.safetensors")).isNotEmptyFile();
    }

    @Test
    void realPicturesAreLearntFromAFolder() {
        Path data = SharedData.require("cifar10-4000");
        Example02Cifar example = new Example02Cifar();
        assertThat(Commands.run(example, "--data", data.toString(), "--epochs", "3", "--out", folder.toString()))
                .isZero();
        // Guessing gives 10 %.
        assertThat(example.testAccuracy()).isGreaterThan(0.25);
    }

    @Test
    void mistakesAreAnsweredByAnExitCode() throws IOException {
        String out = folder.resolve("out").toString();
        Files.write(folder.resolve("cut.bin"), new byte[3072]);
        assertThat(Commands.run(new Example02Cifar(), "--data", folder.toString(), "--out", out))
                .isEqualTo(1);
        assertThat(Commands.run(new Example02Cifar(), "--epochs", "0", "--out", out))
                .isEqualTo(1);
        assertThat(Commands.run(new Example02Cifar(), "--epochs", "many")).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
