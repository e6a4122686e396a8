package dev.netwright.runtime.files.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.Safetensors;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.AdamW;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.runtime.optim.schedule.LRScheduler;
import dev.netwright.runtime.optim.schedule.StepLR;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    /** A part of an application's own. */
    private static final class Counter implements Stateful {
        private long count;

        @Override
        public Map<String, Tensor> stateDict() {
            return new StateWriter().put("count", count).stateDict();
        }

        @Override
        public Runnable prepareLoad(Map<String, Tensor> state) {
            long loaded = new StateReader("The counter", state).integer("count", 0, 100);
            return () -> count = loaded;
        }
    }

    /** A training with everything in it. */
    private static final class Training {
        private final LineModel net = LineModel.create();
        private final Optimizer optimizer;
        private final LRScheduler schedule = CosineAnnealingLR.of(20);
        private final Counter counter = new Counter();
        private final Checkpoint checkpoint;

        Training(Optimizer optimizer) {
            this.optimizer = optimizer;
            schedule.attach(optimizer);
            checkpoint = Checkpoint.of(net)
                    .add("optimizer", optimizer)
                    .add("schedule", schedule)
                    .add("counter", counter);
        }

        Training() {
            this(Adam.of(0.1f));
        }

        Training steps(int count) {
            for (int i = 0; i < count; i++) {
                net.trainStep(LineModel.samples(8), LineModel.targets(8), 8, optimizer);
                schedule.step();
                counter.count++;
            }
            return this;
        }

        Map<String, Tensor> everything() {
            Map<String, Tensor> all = new LinkedHashMap<>(net.everything());
            optimizer.stateDict().forEach((key, value) -> all.put("optimizer/" + key, value));
            schedule.stateDict().forEach((key, value) -> all.put("schedule/" + key, value));
            all.putAll(counter.stateDict());
            return all;
        }
    }

    @TempDir
    Path folder;

    private final Training trained = new Training().steps(5);
    private Path path;

    @BeforeEach
    void save() throws IOException {
        path = folder.resolve("line.safetensors");
        trained.checkpoint.save(path, new Progress(2, 7));
    }

    @Test
    void resumedTrainingGivesTheSameBits() throws IOException {
        Training resumed = new Training();
        assertThat(resumed.checkpoint.load(path)).isEqualTo(new Progress(2, 7));
        assertThat(resumed.everything()).isEqualTo(trained.everything());
        assertThat(resumed.steps(5).everything()).isEqualTo(trained.steps(5).everything());
        assertThat(resumed.everything()).isNotEqualTo(new Training().steps(5).everything());
    }

    @Test
    void aModelTakesTheWeightsAlone() throws IOException {
        LineModel net = LineModel.create();
        Tensor generator = net.generatorState();
        net.loadStateDict(path);
        assertThat(net.stateDict()).isEqualTo(trained.net.stateDict());
        assertThat(net.generatorState()).isEqualTo(generator);
    }

    @Test
    void theFileHoldsWeightsUnderTheirPlainNamesAndPartsUnderTheirs() throws IOException {
        Safetensors.Contents contents = Safetensors.read(path);
        assertThat(contents.tensors())
                .containsKeys("fc.weight", "model/generator", "optimizer/fc.weight.exp_avg", "schedule/last_lr");
        assertThat(contents.metadata())
                .containsEntry("netwright.checkpoint", "1.0")
                .containsEntry("netwright.epoch", "2")
                .containsEntry("netwright.batch", "7")
                .containsEntry("netwright.parts", "optimizer=Adam\nschedule=CosineAnnealingLR\ncounter=Counter")
                .containsEntry("netwright.fingerprint", trained.net.fingerprint());
    }

    @Test
    void anotherNetworkIsRefusedWithItsFirstDifference() {
        LineModel wider = LineModel.withFeatures(3);
        Map<String, Tensor> before = wider.everything();
        assertThatThrownBy(() -> Checkpoint.of(wider).load(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file:  input x [2]")
                .hasMessageContaining("model: input x [3]");
        assertThat(wider.everything()).isEqualTo(before);
    }

    @Test
    void otherPartsAreRefusedByName() {
        Training other = new Training(AdamW.of(0.1f)).steps(1);
        assertUnchanged(
                other,
                other.checkpoint,
                "has a part \"optimizer\" of the kind Adam, but this checkpoint's is of the kind AdamW");
        Training more = new Training().steps(1);
        more.checkpoint.add("second", new Counter());
        assertUnchanged(more, more.checkpoint, "has no part \"second\", which this checkpoint has");
        Training fewer = new Training().steps(1);
        assertUnchanged(
                fewer, Checkpoint.of(fewer.net), "has a part \"optimizer\" (Adam), which this checkpoint does not");
    }

    private void assertUnchanged(Training training, Checkpoint checkpoint, String message) {
        Map<String, Tensor> before = training.everything();
        assertThatThrownBy(() -> checkpoint.load(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line.safetensors")
                .hasMessageContaining(message);
        assertThat(training.everything()).isEqualTo(before);
    }

    @Test
    void aPartThatRefusesItsStateKeepsEverythingElseAsItWas() throws IOException {
        trained.counter.count = 101;
        trained.checkpoint.save(path, Progress.START);
        Training other = new Training().steps(1);
        assertUnchanged(other, other.checkpoint, "part \"counter\": The counter's state has \"count\" from 0 to 100");
    }

    @Test
    void aNewerFormatIsRefusedByName() throws IOException {
        Safetensors.Contents contents = Safetensors.read(path);
        Map<String, String> metadata = new LinkedHashMap<>(contents.metadata());
        metadata.put("netwright.checkpoint", "2.0");
        for (String checksum : new String[] {"sha512:00", Checksum.of(contents.tensors(), metadata)}) {
            metadata.put(Checksum.KEY, checksum);
            Safetensors.write(path, contents.tensors(), metadata);
            assertUnchanged(trained, trained.checkpoint, "has the checkpoint format 2.0");
        }
        assertThatThrownBy(() -> LineModel.create().loadStateDict(path))
                .hasMessageContaining("has the checkpoint format 2.0");
    }

    @Test
    void aFileThatIsNoCheckpointIsSaid() throws IOException {
        trained.net.save(path);
        assertThatThrownBy(() -> trained.checkpoint.load(path))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage("line.safetensors is no checkpoint: its metadata has no netwright.checkpoint.");
    }

    @Test
    void everyChangedBitAndEveryLostByteIsNoticed() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        Training other = new Training().steps(1);
        Map<String, Tensor> before = other.everything();
        Random random = new Random(6);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= (byte) (1 << random.nextInt(8));
            assertDamaged(other, damaged, "a changed bit in byte " + i);
        }
        for (int length = 0; length < bytes.length; length += 1 + random.nextInt(50)) {
            assertDamaged(other, Arrays.copyOf(bytes, length), "a length of " + length);
        }
        assertThat(other.everything()).isEqualTo(before);
    }

    private void assertDamaged(Training training, byte[] content, String how) throws IOException {
        Files.write(path, content);
        assertThatThrownBy(() -> training.checkpoint.load(path)).as(how).isInstanceOf(MalformedFileException.class);
    }

    @Test
    void namesOfPartsMustBeDistinctWords() {
        Checkpoint checkpoint = Checkpoint.of(trained.net).add("a", trained.counter);
        for (String name : new String[] {"", " ", "a/b", "a=b", "a\nb", "model"}) {
            assertThatThrownBy(() -> checkpoint.add(name, trained.counter))
                    .as("\"%s\"", name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + name + "\"");
        }
        assertThatThrownBy(() -> checkpoint.add("a", trained.counter)).hasMessageContaining("already");
    }

    @Test
    void anOptimiserOfAnotherModelIsRefused() {
        Checkpoint checkpoint = Checkpoint.of(LineModel.create());
        assertThatThrownBy(() -> checkpoint.add("optimizer", trained.optimizer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to the first model");
    }

    @Test
    void aModelThatCannotBeTrainedHasNoCheckpoint() {
        assertThatThrownBy(() -> Checkpoint.of(LineModel.inferenceOnly()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inference only");
    }

    @Test
    void aStateBeforeTheFirstStepIsSavedToo() throws IOException {
        new Training().checkpoint.save(path, Progress.START);
        Training resumed = new Training(Adam.of(0.7f));
        assertThat(resumed.checkpoint.load(path)).isEqualTo(Progress.START);
        assertThat(resumed.steps(3).everything())
                .isEqualTo(new Training().steps(3).everything());
    }

    @Test
    void aFolderThatIsMissingIsSaid() {
        assertThatThrownBy(
                        () -> trained.checkpoint.save(folder.resolve("missing").resolve("x"), Progress.START))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> trained.checkpoint.load(folder.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anotherRuleOfTheScheduleIsAnotherPart() {
        Adam adam = Adam.of(0.1f);
        LRScheduler steps = StepLR.of(2).attach(adam);
        LineModel net = LineModel.create();
        Checkpoint checkpoint =
                Checkpoint.of(net).add("optimizer", adam).add("schedule", steps).add("counter", new Counter());
        assertThatThrownBy(() -> checkpoint.load(path))
                .hasMessageContaining(
                        "\"schedule\" of the kind CosineAnnealingLR, but this checkpoint's is of the kind StepLR");
    }
}
