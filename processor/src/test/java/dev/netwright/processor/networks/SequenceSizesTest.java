package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.testing.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of layers over steps waits for: the same for any number of steps. */
class SequenceSizesTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");
    private static final int RUNS = 5;

    private static final int[] STEPS = {10, 100, 1000};

    @TempDir
    private Path folder;

    @Test
    void anyNumberOfStepsCompilesInTheSameTime() throws Exception {
        skipUnlessNightly();
        double[] seconds = new double[STEPS.length];
        for (int i = 0; i < STEPS.length; i++) {
            String name = "Steps" + STEPS[i];
            Path source = source(name, "{" + STEPS[i] + ", 64}", "@LSTM(hiddenSize = 64) Layer lstm;\n");
            seconds[i] = ColdJavac.least(RUNS, out(name), List.of(), source);
            System.out.printf(Locale.ROOT, "LSTM of %d steps: %.2f s of javac CPU\n", STEPS[i], seconds[i]);
        }
        assertThat(DoubleStream.of(seconds).boxed())
                .allSatisfy(each -> assertThat(each).isCloseTo(seconds[0], within(seconds[0] / 5)));
    }

    private static void skipUnlessNightly() {
        Skipped.unless(NIGHTLY, "several cold javacs take a minute, -Pnightly runs them");
    }

    private Path out(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private Path source(String name, String input, String layers) throws IOException {
        Path source = folder.resolve(name + "Net.java");
        return Files.writeString(
                source,
                "package tested;\n\nimport dev.netwright.annotations.*;\n\n@Network(input = " + input
                        + ") @MSELoss\nclass " + name + "Net {\n" + layers + "}\n");
    }
}
