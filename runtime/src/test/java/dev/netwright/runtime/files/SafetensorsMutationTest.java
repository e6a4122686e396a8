package dev.netwright.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.generated.Models;
import dev.netwright.runtime.hostile.ModelLoads;
import dev.netwright.runtime.hostile.MutationRun;
import dev.netwright.runtime.hostile.MutationRun.Mutant;
import dev.netwright.runtime.optim.SGD;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files are refused with the one exception for it, or read to what an independent parser finds in them. */
class SafetensorsMutationTest {
    @TempDir
    private Path folder;

    @Test
    void mutatedFilesAreReadRightOrRefused() {
        new MutationRun<>(new SafetensorsFormat()).run();
    }

    @Test
    void aModelIsLoadedOrUnchanged() throws IOException {
        LineModel trained = LineModel.create();
        trained.trainStep(LineModel.samples(20), LineModel.targets(20), 20, SGD.of(0.1f));
        Safetensors.Contents state = new Safetensors.Contents(trained.stateDict(), Map.of());
        MutationRun<SafetensorsStructure> run = new MutationRun<>(new SafetensorsFormat() {
            @Override
            public SafetensorsStructure structure(Random random) {
                return SafetensorsStructure.of(state);
            }
        });
        Path file = folder.resolve("mutated.safetensors");
        ModelLoads.check(run, file, mutant -> Safetensors.read(file).tensors(), 50);
    }

    /** The length of a stream is not known, so that sizes are checked by what arrives. */
    @Test
    void streamsAreReadAndRefusedLikeBuffers() throws IOException {
        MutationRun<SafetensorsStructure> run = new MutationRun<>(new SafetensorsFormat());
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20_000; i++) {
            Mutant mutant = run.next();
            byte[] content = mutant.content();
            boolean buffer = refused(() -> Safetensors.read(ByteBuffer.wrap(content)));
            long before = bean.getCurrentThreadAllocatedBytes();
            boolean stream = refused(() -> Safetensors.read(new ByteArrayInputStream(content)));
            long allocated = bean.getCurrentThreadAllocatedBytes() - before;
            assertThat(stream).as(mutant.history()).isEqualTo(buffer);
            if (i > 1_000) {
                assertThat(allocated)
                        .as("bytes for a file of %d, %s", content.length, mutant.history())
                        .isLessThan(40L * content.length + (1 << 16));
            }
        }
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        Path file = folder.resolve("valid.safetensors");
        Safetensors.write(file, Models.small().stateDict(), Map.of("format", "pt", "note", "\u00fc"));
        byte[] valid = Files.readAllBytes(file);
        for (int length = 0; length < valid.length; length++) {
            byte[] cut = Arrays.copyOf(valid, length);
            assertThat(refused(() -> Safetensors.read(ByteBuffer.wrap(cut))))
                    .as("length %d", length)
                    .isTrue();
            assertThat(refused(() -> Safetensors.read(new ByteArrayInputStream(cut))))
                    .as("length %d", length)
                    .isTrue();
        }
    }

    /** Something that reads. */
    private interface Read {
        void run() throws IOException;
    }

    private static boolean refused(Read read) throws IOException {
        try {
            read.run();
            return false;
        } catch (MalformedFileException malformed) {
            return true;
        }
    }
}
