package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example20VisionTransformerTest {
    @TempDir
    private Path folder;

    @Test
    void figuresAreToldByTheirPatches() {
        Example20VisionTransformer example = new Example20VisionTransformer();
        assertThat(Commands.run(example, "--out", folder.toString(), "--epochs", "6"))
                .isZero();
        // guessing is right about a tenth
        assertThat(example.accuracy()).isGreaterThan(0.8);
        // at random a fifth or fewer are
        assertThat(example.neighbours()).isGreaterThan(0.5);
        assertThat(folder.resolve("positions.png")).isNotEmptyFile();
        assertThat(Commands.run(new Example20VisionTransformer(), "--epochs", "0"))
                .isEqualTo(1);
    }
}
