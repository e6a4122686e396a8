package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ResumedTrainingTest {
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    @TempDir
    private Path folder;

    /** Runs a process and kills it where it waits, or lets it end. */
    private static List<String> run(int exitCode, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                ResumedTraining.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.equals("waiting")) {
                    // The handle's, because the process's own closes the stream too.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(exitCode);
        return lines;
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void trainingThatWasKilledTwiceEndsWithTheSameBitsAsTrainingThatWasNeverStopped() throws Exception {
        Path whole = folder.resolve("whole.safetensors");
        Path resumed = folder.resolve("resumed.safetensors");
        String checkpoints = folder.resolve("checkpoints").toString();
        assertThat(run(0, whole.toString())).contains("Progress[epoch=0, batch=0]");

        // Two batches after a checkpoint, whose work is lost; then in the middle of the next epoch.
        assertThat(run(KILLED, resumed.toString(), checkpoints, "0", "7")).contains("Progress[epoch=0, batch=0]");
        assertThat(run(KILLED, resumed.toString(), checkpoints, "1", "12")).contains("Progress[epoch=0, batch=5]");
        assertThat(resumed).doesNotExist();
        assertThat(run(0, resumed.toString(), checkpoints)).contains("Progress[epoch=1, batch=10]");

        assertThat(tensors(resumed)).isEqualTo(tensors(whole));
        // Metadata included.
        assertThat(Files.mismatch(resumed, whole)).isEqualTo(-1);

        float[] losses = tensors(whole).get("losses/values").toArray();
        assertThat(losses).hasSize(ResumedTraining.EPOCHS * 13);
        assertThat(losses[losses.length - 1]).isLessThan(losses[0]);
        assertThat(tensors(whole)).containsKeys("norm.running_mean", "optimizer/conv.weight.exp_avg_sq");
    }

    private static Map<String, Tensor> tensors(Path file) throws IOException {
        return Safetensors.read(file).tensors();
    }
}
