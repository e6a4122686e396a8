package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingKitExamplesTest {
    @TempDir
    private Path folder;

    @Test
    void singleLayersAreLoggedForTensorBoard() throws IOException {
        assertThat(Commands.run(new Example05OneLayer(), "--logs", folder.toString(), "--batches", "2"))
                .isZero();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).anyMatch(file -> file.getFileName().toString().startsWith("events.out.tfevents."));
        }
        assertThat(Commands.run(new Example05OneLayer(), "--batches", "0")).isEqualTo(1);
    }

    @Test
    void fashionIsLearntWithAugmentationAndGoesOnFromItsCheckpoint() throws IOException {
        String data = SharedData.require("fashion-mnist").toString();
        String[] arguments = {"--data", data, "--out", folder.toString(), "--samples", "6000", "--epochs", "2"};
        Example06Augmented example = new Example06Augmented();
        assertThat(Commands.run(example, arguments)).isZero();
        Example06Augmented resumed = new Example06Augmented();
        String[] again =
                Stream.concat(Stream.of(arguments), Stream.of("--resume")).toArray(String[]::new);
        assertThat(Commands.run(resumed, again)).isZero();
        assertThat(resumed.accuracy()).isEqualTo(example.accuracy());
        // Guessing gives 10 %.
        assertThat(example.accuracy()).isGreaterThan(0.5);
        assertThat(folder.resolve("curves.png")).isNotEmptyFile();
        assertThat(folder.resolve("curves.svg")).isNotEmptyFile();
        assertThat(folder.resolve("confusion-matrix.png")).isNotEmptyFile();
    }

    @Test
    void pricesAreLearntFromATable() {
        Example07Regression example = new Example07Regression();
        assertThat(Commands.run(example, "--out", folder.toString())).isZero();
        // The prices deviate by 0.1 from what can be known.
        assertThat(example.error()).isBetween(0.09, 0.13);
        assertThat(folder.resolve("houses.csv")).isNotEmptyFile();
        assertThat(folder.resolve("curves.png")).isNotEmptyFile();
    }

    @Test
    void lossesAndGradientsAreThoseOfPyTorch() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Commands.run(new Example08Losses())).isZero();
        } finally {
            System.setOut(out);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(6)
                .anyMatch(line -> line.matches("L1: 0\\.66666\\d*"))
                .anyMatch(line -> line.matches(" {2}gradient: \\[0\\.0, 0\\.0, -0\\.33333\\d*]"))
                .anyMatch(line -> line.matches("MSE: 1\\.33333\\d*"))
                .anyMatch(line -> line.matches(" {2}gradient: \\[0\\.0, 0\\.0, -1\\.33333\\d*]"))
                .anyMatch(line -> line.matches("cross entropy: 1\\.10194\\d*"))
                .anyMatch(line -> line.matches(" {2}gradient: \\[0\\.30060\\d*, -0\\.66777\\d*, 0\\.36716\\d*]"));
    }
}
