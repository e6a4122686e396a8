package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.custom.GradientCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example12CustomTest {
    @TempDir
    private Path folder;

    @Test
    void ringsAreFoundAmongOtherFigures() {
        Example12Custom example = new Example12Custom();
        assertThat(Commands.run(example, "--out", folder.toString(), "--samples", "1500", "--epochs", "6"))
                .isZero();
        // Guessing the middle is 11 pixels away.
        assertThat(example.error()).isLessThan(2);
        assertThat(folder.resolve("places.png")).isNotEmptyFile();
        assertThat(Commands.run(new Example12Custom(), "--epochs", "0")).isEqualTo(1);
    }

    @Test
    void itsGradientIsRightOnMapsOfOneRow() {
        assertThat(GradientCheck.of(SoftArgmax.class, new int[] {3, 1, 7})
                        .range(4)
                        .run()
                        .compared())
                .isEqualTo(21);
    }
}
