package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example15AutoencoderTest {
    @TempDir
    private Path folder;

    @Test
    void figuresAreDrawnFromAFewNumbers() {
        Example15Autoencoder example = new Example15Autoencoder();
        assertThat(Commands.run(example, "--out", folder.toString(), "--samples", "1500", "--epochs", "4"))
                .isZero();
        // The mean picture is 1.
        assertThat(example.share()).isLessThan(0.5);
        assertThat(folder.resolve("drawn.png")).isNotEmptyFile();
        assertThat(Commands.run(new Example15Autoencoder(), "--epochs", "0")).isEqualTo(1);
    }
}
