package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example14SuperResolutionTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    @TempDir
    private Path folder;

    /** The nightly build trains as the command does. */
    @Test
    void unseenPicturesAreSharperThanInterpolated() {
        Example14SuperResolution example = new Example14SuperResolution();
        List<String> arguments = new ArrayList<>(List.of("--out", folder.toString()));
        if (!NIGHTLY) {
            arguments.addAll(List.of("--pictures", "250", "--epochs", "5"));
        }
        assertThat(Commands.run(example, arguments.toArray(String[]::new))).isZero();
        assertThat(example.gain()).isGreaterThan(NIGHTLY ? 3 : 1.5);
        assertThat(folder.resolve("enlarged.png")).isNotEmptyFile();
    }

    @Test
    void mistakesAreAnsweredByAnExitCode() {
        assertThat(Commands.run(new Example14SuperResolution(), "--epochs", "0"))
                .isEqualTo(1);
        assertThat(Commands.run(new Example14SuperResolution(), "--pictures", "1"))
                .isEqualTo(1);
    }
}
