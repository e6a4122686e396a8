package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example16CategoriesTest {
    @TempDir
    private Path folder;

    @Test
    void filmsOfOneGenreAreFoundFromRatingsAlone() {
        Example16Categories example = new Example16Categories();
        assertThat(Commands.run(example, "--out", folder.toString())).isZero();
        // Guessing 3 errs by 1.4, and knowing all by 0.25.
        assertThat(example.error()).isLessThan(0.4);
        assertThat(example.neighbours()).isGreaterThan(0.95);
        assertThat(folder.resolve("films.png")).isNotEmptyFile();
        assertThat(Commands.run(new Example16Categories(), "--samples", "0")).isEqualTo(1);
    }
}
