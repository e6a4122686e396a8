package dev.netwright.runtime.files.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.testing.TestSeed;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at random moments of a process that writes checkpoints: what it leaves is whole every time. */
class KilledWritesTest {
    private static final int KILLS = Integer.getInteger("netwright.kills", 4);
    private static final long LONGEST_MILLIS = 1_500;

    @TempDir
    Path temporary;

    private final Map<KilledWriter.Moment, Integer> counts = new EnumMap<>(KilledWriter.Moment.class);
    private int halfWritten;
    private int movedUnseen;

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS) // of 200 kills too
    void theNewestCheckpointIsCompleteAndRightWheneverTheProcessIsKilled() throws Exception {
        Random random = new Random(TestSeed.of("KilledWritesTest"));
        Path folder = temporary.resolve("checkpoints");
        Path statusFile = temporary.resolve("status");
        ByteBuffer status = KilledWriter.status(statusFile);
        KilledWriter.Content content = new KilledWriter.Content();
        Checkpoint checkpoint = KilledWriter.checkpoint(content);
        int kills = 0;
        // A slow disk or a busy machine may have no write at the moments that were drawn first.
        while (kills < KILLS || !counts.containsKey(KilledWriter.Moment.DURING)) {
            kills++;
            KilledWriter.tell(status, KilledWriter.Moment.STARTING, 0);
            kill(folder, statusFile, status, random.nextInt((int) LONGEST_MILLIS));
            KilledWriter.Moment moment = KilledWriter.Moment.values()[status.getInt(0)];
            counts.merge(moment, 1, Integer::sum);
            check(folder, checkpoint, content, moment, status.getLong(8), "kill " + kills + ", " + moment);
        }
        System.out.printf(
                "KilledWritesTest: of %d kills %d fell before a write, %d during one (%d left a part of a file, %d came"
                        + " after the move), %d after one; %d checkpoints were written\n",
                kills,
                counts.getOrDefault(KilledWriter.Moment.BEFORE, 0),
                counts.getOrDefault(KilledWriter.Moment.DURING, 0),
                halfWritten,
                movedUnseen,
                counts.getOrDefault(KilledWriter.Moment.AFTER, 0),
                content.number());
    }

    private static void kill(Path folder, Path statusFile, ByteBuffer status, long delayMillis) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx900m",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        statusFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(statusFile + ".log"))
                .start();
        try {
            while (status.getInt(0) == KilledWriter.Moment.STARTING.ordinal()) {
                assertThat(process.isAlive())
                        .as("the writer starts: %s", statusFile + ".log")
                        .isTrue();
                Thread.sleep(1);
            }
            Thread.sleep(delayMillis);
            assertThat(process.isAlive())
                    .as(Files.readString(Path.of(statusFile + ".log")))
                    .isTrue();
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private void check(
            Path folder,
            Checkpoint checkpoint,
            KilledWriter.Content content,
            KilledWriter.Moment moment,
            long completed,
            String when)
            throws IOException {
        List<String> names =
                Files.exists(folder) ? Arrays.asList(folder.toFile().list()) : List.of();
        List<String> parts =
                names.stream().filter(name -> name.endsWith(".tmp")).toList();
        assertThat(parts).as("%s: files of earlier kills are removed", when).hasSizeLessThanOrEqualTo(1);
        halfWritten += parts.size();
        boolean found = KilledWriter.checkpoints(folder).resume(checkpoint).isPresent();
        if (!found) {
            assertThat(completed).as("%s: checkpoints that are lost", when).isZero();
            return;
        }
        assertThat(content.firstWrong()).as("%s: the first wrong value", when).isEqualTo(-1);
        assertThat(content.number()).as("%s: the newest", when).isBetween(completed, completed + 1);
        if (content.number() > completed) {
            assertThat(moment).as(when).isEqualTo(KilledWriter.Moment.DURING);
            movedUnseen++;
        }
        // None was passed over: the newest file itself is the one.
        String newest = "checkpoint-%08d.safetensors".formatted(content.number());
        assertThat(names.stream().filter(name -> name.startsWith("checkpoint-")).max(String::compareTo))
                .as(when)
                .hasValue(newest);
        assertThat(Files.size(folder.resolve(newest))).isGreaterThan(50_000_000);
    }
}
