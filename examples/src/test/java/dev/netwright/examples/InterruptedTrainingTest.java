package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.training.trainer.History;
import dev.netwright.training.trainer.Retain;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Ctrl-C does: the JVM is asked to end by a signal that it may handle. */
class InterruptedTrainingTest {
    /** 128 and the number of SIGTERM. */
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anInterruptedTrainingWritesACheckpointSaysHowToGoOnAndDoesWithTheSameBits() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InterruptedTraining.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.equals("batch " + InterruptedTraining.STOP_EPOCH + "." + InterruptedTraining.STOP_BATCH)) {
                    process.toHandle().destroy();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(TERMINATED);
        assertThat(lines)
                .doesNotContain("came to its end")
                .anyMatch(line -> line.matches("Stopped in epoch 2 after batch \\d+\\."))
                .anyMatch(
                        line -> line.matches(
                                "To go on from .*checkpoint.*, run the same training with resume\\(\\) before fit\\(\\.\\.\\.\\)\\."));

        ResumedNetModel resumed = ResumedNetModel.create(77);
        History rest = InterruptedTraining.trainer(resumed)
                .checkpoint(folder, Retain.LAST)
                .resume()
                .fit(InterruptedTraining.loader(), InterruptedTraining.EPOCHS);
        assertThat(rest.epochs()).hasSize(3);
        ResumedNetModel whole = ResumedNetModel.create(1);
        InterruptedTraining.trainer(whole).fit(InterruptedTraining.loader(), InterruptedTraining.EPOCHS);
        assertThat(resumed.stateDict()).isEqualTo(whole.stateDict());
    }
}
