package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example18CharactersTest {
    @TempDir
    private Path folder;

    @Test
    void wordsOfTheGrammarAreWritten() {
        Example18Characters example = new Example18Characters();
        assertThat(Commands.run(example, "--steps", "150", "--length", "120")).isZero();
        // guessing has log(96) = 4.6
        assertThat(example.loss()).isLessThan(1);
        List<String> words = Arrays.asList(example.written().split("[ .\n]+"));
        assertThat(words.stream().filter("the"::equals).count()).isGreaterThan(3);
    }

    @Test
    void aTextThatIsTooShortIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("short.txt"), "too short");
        assertThat(Commands.run(new Example18Characters(), "--text", file.toString()))
                .isEqualTo(1);
        assertThat(Commands.run(new Example18Characters(), "--steps", "0")).isEqualTo(1);
    }
}
