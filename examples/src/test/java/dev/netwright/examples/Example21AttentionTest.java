package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example21AttentionTest {
    @TempDir
    private Path folder;

    @Test
    void attentionIsWhereTheAnswerStands() {
        Example21Attention example = new Example21Attention();
        assertThat(Commands.run(example, "--out", folder.toString(), "--epochs", "2"))
                .isZero();
        // guessing is right about a tenth, and even attention gives no place more than a sixth
        assertThat(example.accuracy()).isGreaterThan(0.98);
        assertThat(example.attention()).isGreaterThan(0.9);
        assertThat(folder.resolve("attention.png")).isNotEmptyFile();
        assertThat(Commands.run(new Example21Attention(), "--epochs", "0")).isEqualTo(1);
    }
}
