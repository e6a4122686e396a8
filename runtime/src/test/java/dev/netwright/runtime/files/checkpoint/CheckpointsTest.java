package dev.netwright.runtime.files.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    /** Keeps what is logged. */
    private static final class Log extends Handler {
        private final List<String> messages = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            messages.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Says which checkpoint was loaded. */
    private static final class Mark implements Stateful {
        private long number;

        @Override
        public Map<String, Tensor> stateDict() {
            return new StateWriter().put("number", number).stateDict();
        }

        @Override
        public Runnable prepareLoad(Map<String, Tensor> state) {
            long loaded = new StateReader("The mark", state).integer("number", 0, 1000);
            return () -> number = loaded;
        }
    }

    @TempDir
    Path temporary;

    private final Log log = new Log();
    private final Logger logger = Logger.getLogger("dev.netwright.runtime.files.checkpoint");
    private final Mark mark = new Mark();
    private final Checkpoint checkpoint = Checkpoint.of(LineModel.create()).add("mark", mark);
    private Path folder;
    private Checkpoints checkpoints;

    @BeforeEach
    void listen() {
        logger.addHandler(log);
        logger.setUseParentHandlers(false);
        folder = temporary.resolve("run").resolve("checkpoints");
        checkpoints = Checkpoints.in(folder);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(log);
        logger.setUseParentHandlers(true);
    }

    private Path save(int number) throws IOException {
        mark.number = number;
        return checkpoints.save(checkpoint, new Progress(number, 0));
    }

    private Path save(int number, double metric) throws IOException {
        mark.number = number;
        return checkpoints.save(checkpoint, new Progress(number, 0), metric);
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    private List<Integer> numbers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("checkpoint-\\d{8}\\.safetensors"))
                    .map(name -> Integer.parseInt(name.substring(11, 19)))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void withoutACheckpointTrainingBeginsAtItsStart() throws IOException {
        assertThat(checkpoints.resume(checkpoint)).isEmpty();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("checkpoint-1.safetensors"), "foreign");
        assertThat(checkpoints.resume(checkpoint)).isEmpty();
        assertThat(log.messages).isEmpty();
    }

    @Test
    void theNewestIsResumedAndTheLastThreeStay() throws IOException {
        for (int i = 1; i <= 5; i++) {
            assertThat(save(i)).hasFileName("checkpoint-0000000" + i + ".safetensors");
        }
        assertThat(numbers()).containsExactly(3, 4, 5);
        mark.number = 0;
        assertThat(Checkpoints.in(folder).resume(checkpoint)).contains(new Progress(5, 0));
        assertThat(mark.number).isEqualTo(5);
        checkpoints = Checkpoints.in(folder).keepLast(1);
        save(6);
        assertThat(numbers()).containsExactly(6);
    }

    @Test
    void aDamagedNewestFallsBackToTheOneBeforeWithAWarning() throws IOException {
        save(1);
        save(2);
        Path third = save(3);
        Path fourth = save(4);
        damage(third);
        Files.write(fourth, new byte[0]);
        assertThat(checkpoints.resume(checkpoint)).contains(new Progress(2, 0));
        assertThat(mark.number).isEqualTo(2);
        assertThat(log.messages).hasSize(2);
        assertThat(log.messages.get(0))
                .startsWith("WARNING The checkpoint " + fourth + " cannot be read and is passed over: ")
                .contains("0 bytes");
        assertThat(log.messages.get(1)).contains(third.toString()).contains("checksum");
        save(5);
        // The damaged ones count for nothing: three sound ones would stay.
        assertThat(numbers()).containsExactly(2, 3, 4, 5);
        save(6);
        save(7);
        assertThat(numbers()).containsExactly(5, 6, 7);
    }

    @Test
    void ifAllAreDamagedThatIsSaidAndNotTakenForTheStart() throws IOException {
        damage(save(1));
        damage(save(2));
        assertThatThrownBy(() -> checkpoints.resume(checkpoint))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("None of the checkpoints in " + folder)
                .hasMessageContaining("checkpoint-00000002.safetensors is damaged");
    }

    @Test
    void anotherNetworkOrOtherPartsAreErrorsAndNoReasonToFallBack() throws IOException {
        save(1);
        Checkpoint wider = Checkpoint.of(LineModel.withFeatures(3)).add("mark", mark);
        checkpoints.save(wider, new Progress(2, 0));
        assertThatThrownBy(() -> checkpoints.resume(checkpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("checkpoint-00000002.safetensors holds a network of another structure");
        LineModel net = LineModel.create();
        checkpoints.save(Checkpoint.of(net), new Progress(3, 0));
        assertThatThrownBy(() -> checkpoints.resume(checkpoint)).hasMessageContaining("has no part \"mark\"");
        assertThat(log.messages).isEmpty();
    }

    @Test
    void theBestStaysHoweverOld() throws IOException {
        checkpoints.keepLast(2).keepBest(Better.LOWER);
        assertThat(checkpoints.best()).isEmpty();
        double[] losses = {3, 1, 2, 1, Double.NaN, 4, 0.5, 5, 6, 7};
        List<List<Integer>> kept = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            save(i + 1, losses[i]);
            kept.add(numbers());
        }
        assertThat(kept)
                .containsExactly(
                        List.of(1),
                        List.of(1, 2),
                        List.of(2, 3),
                        List.of(2, 3, 4),
                        List.of(2, 4, 5),
                        List.of(2, 5, 6),
                        List.of(6, 7),
                        List.of(7, 8),
                        List.of(7, 8, 9),
                        List.of(7, 9, 10));
        assertThat(checkpoints.best()).contains(folder.resolve("checkpoint-00000007.safetensors"));
    }

    @Test
    void theBestOfAnEarlierProcessIsKnown() throws IOException {
        checkpoints.keepLast(1).keepBest(Better.HIGHER);
        save(1, 0.9);
        save(2, 0.8);
        checkpoints = Checkpoints.in(folder).keepLast(1).keepBest(Better.HIGHER);
        save(3, 0.85);
        assertThat(numbers()).containsExactly(1, 3);
        checkpoints = Checkpoints.in(folder).keepLast(1).keepBest(Better.HIGHER);
        assertThat(checkpoints.best()).contains(folder.resolve("checkpoint-00000001.safetensors"));
        save(4, 0.95);
        assertThat(numbers()).containsExactly(4);
        save(5);
        assertThat(numbers()).containsExactly(4, 5);
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndForeignFilesAreNot() throws IOException {
        save(1);
        Path stale = folder.resolve(".checkpoint-00000002.safetensors.0000-11.tmp");
        List<String> foreign =
                List.of("notes.txt", "checkpoint-1.safetensors", ".other.tmp", "checkpoint-00000007.pth");
        Files.write(stale, new byte[10]);
        for (String name : foreign) {
            Files.write(folder.resolve(name), new byte[10]);
        }
        checkpoints.keepLast(1);
        checkpoints.resume(checkpoint);
        assertThat(stale).exists();
        save(2);
        assertThat(stale).doesNotExist();
        List<String> expected = new ArrayList<>(foreign);
        expected.add("checkpoint-00000002.safetensors");
        assertThat(Arrays.asList(folder.toFile().list())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aSaveThatFailsDeletesNothing() throws IOException {
        checkpoints.keepLast(1);
        save(1);
        // The name of the next one is taken, by a folder that is not empty.
        Files.createFile(Files.createDirectory(folder.resolve("checkpoint-00000002.safetensors"))
                .resolve("file"));
        assertThatThrownBy(() -> save(2)).isInstanceOf(IOException.class);
        assertThat(checkpoints.resume(checkpoint)).contains(new Progress(1, 0));
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aFileInThePlaceOfTheFolderIsSaid() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.createFile(folder);
        assertThatThrownBy(() -> save(1)).isInstanceOf(IOException.class).hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> checkpoints.resume(checkpoint)).isInstanceOf(IOException.class);
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> checkpoints.keepLast(0)).hasMessage("At least 1 checkpoint must be kept, not 0.");
        assertThatThrownBy(() -> checkpoints.best())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("keepBest");
        assertThatThrownBy(() -> new Progress(0, -1)).hasMessageContaining("epoch 0 and batch -1");
    }

    @Test
    void aTrainedModelIsResumedWithItsOptimiser() throws IOException {
        LineModel net = LineModel.create();
        SGD sgd = SGD.of(0.1f).momentum(0.9f);
        Checkpoint whole = Checkpoint.of(net).add("optimizer", sgd);
        net.trainStep(LineModel.samples(8), LineModel.targets(8), 8, sgd);
        checkpoints.save(whole, new Progress(0, 1));
        Map<String, Tensor> state = sgd.stateDict();
        Map<String, Tensor> weights = net.everything();
        net.trainStep(LineModel.samples(8), LineModel.targets(8), 8, sgd);
        assertThat(checkpoints.resume(whole)).contains(new Progress(0, 1));
        assertThat(sgd.stateDict()).isEqualTo(state);
        assertThat(net.everything()).isEqualTo(weights);
    }
}
