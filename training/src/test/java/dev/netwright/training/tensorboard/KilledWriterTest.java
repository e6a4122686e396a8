package dev.netwright.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left by a process that never closes its writer. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledWriterTest {
    private static final double FLUSH_SECONDS = 0.3;
    private static final int SCALARS = 100;

    @TempDir
    Path folder;

    /** Adds scalars; then ends, or waits to be killed. */
    public static final class Logger {
        private Logger() {}

        public static void main(String[] arguments) throws IOException {
            @SuppressWarnings("resource") // never closed: that is what is tested
            SummaryWriter writer =
                    SummaryWriter.of(Path.of(arguments[0])).flushSeconds(Double.parseDouble(arguments[1]));
            for (int step = 0; step < SCALARS; step++) {
                writer.addScalar("loss", 1, step);
            }
            System.out.println("added");
            if (arguments[2].equals("wait")) {
                System.in.read();
            }
        }
    }

    private Process start(double flushSeconds, String then) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Logger.class.getName(),
                        folder.toString(),
                        Double.toString(flushSeconds),
                        then)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void aKilledProcessLosesAtMostTheLastSeconds() throws Exception {
        Process process = start(FLUSH_SECONDS, "wait");
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("added");
            // How soon the writer's thread gets its turn is up to the machine: the class has a time limit.
            while (written() < SCALARS) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(50);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(TensorFlowEvents.values(folder)).hasSize(SCALARS);
    }

    private int written() throws IOException {
        int written = 0;
        for (Path file : TensorFlowEvents.files(folder)) {
            written += TensorFlowEvents.read(file).size();
        }
        return written - 1; // the first record is the version
    }

    @Test
    void aProcessThatEndsWithoutClosingLosesNothing() throws Exception {
        Process process = start(1000, "end");
        assertThat(process.waitFor()).isZero();
        assertThat(TensorFlowEvents.values(folder)).hasSize(SCALARS);
    }
}
