package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example17SeriesTest {
    @TempDir
    private Path folder;

    @Test
    void shapesOfWavesAreToldInNoise() {
        Example17Series example = new Example17Series();
        assertThat(Commands.run(example, "--out", folder.toString(), "--samples", "2000", "--epochs", "4"))
                .isZero();
        // Guessing is right about a quarter.
        assertThat(example.accuracy()).isGreaterThan(0.85);
        assertThat(folder.resolve("waves.png")).isNotEmptyFile();
        assertThat(Commands.run(new Example17Series(), "--samples", "0")).isEqualTo(1);
    }
}
