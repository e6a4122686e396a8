package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example19ForecastTest {
    @TempDir
    private Path folder;

    @Test
    void seriesOfSeveralLengthsAreForecast() {
        Example19Forecast example = new Example19Forecast();
        assertThat(Commands.run(example, "--out", folder.toString(), "--epochs", "6"))
                .isZero();
        // ripples alone leave 0.1
        assertThat(example.error()).isBetween(0.1, 0.25);
        assertThat(example.errorOfRepetition()).isGreaterThan(2 * example.error());
        assertThat(folder.resolve("tides.png")).isNotEmptyFile();
        assertThat(Commands.run(new Example19Forecast(), "--epochs", "0")).isEqualTo(1);
    }
}
