package dev.netwright.runtime.files.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.hostile.ModelLoads;
import dev.netwright.runtime.hostile.MutationRun;
import dev.netwright.runtime.hostile.MutationRun.Mutant;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are refused with the one exception for it, or read to what an independent reading finds in them. */
class TorchMutationTest {
    @TempDir
    private Path folder;

    @Test
    void mutatedArchivesAreReadRightOrRefused() throws IOException {
        new MutationRun<>(new ZipFormat()).run();
    }

    @Test
    void mutatedLegacyFilesAreReadRightOrRefused() throws IOException {
        new MutationRun<>(new LegacyFormat()).run();
    }

    /** A few hundred bytes that inflate to calls of nearly two thousand functions, one inside the other. */
    @ParameterizedTest
    @ValueSource(strings = {"nested-calls-1954.pth", "nested-calls-1737.pth"})
    void compressedPicklesMayMakeAsManyObjectsAsTheyHaveBytesInflated(String name) throws IOException {
        byte[] content;
        try (InputStream in = TorchMutationTest.class.getResourceAsStream("/hostile/torch/" + name)) {
            content = in.readAllBytes();
        }
        new MutationRun<>(new ZipFormat()).read(new Mutant(content, true, name));
        assertThat(Inflated.bytes(content)).isGreaterThan(10L * content.length);
    }

    @Test
    void everyRuleBelongsToALayoutOrToLargeFiles() throws IOException {
        Set<TorchRule> rules = EnumSet.copyOf(TorchFormat.LARGE);
        rules.addAll(new ZipFormat().rules());
        rules.addAll(new LegacyFormat().rules());
        assertThat(rules).containsExactlyInAnyOrder(TorchRule.values());
    }

    @Test
    void filesAreReadAndDescribedWithoutOtherExceptions() throws IOException {
        lookAt(new ZipFormat());
        lookAt(new LegacyFormat());
    }

    private <S extends TorchStructure> void lookAt(TorchFormat<S> format) throws IOException {
        MutationRun<S> run = new MutationRun<>(format);
        Path file = folder.resolve("mutated.pth");
        int read = 0;
        int described = 0;
        int states = 0;
        for (int i = 0; i < 1_500; i++) {
            Mutant mutant = run.next();
            Files.write(file, mutant.content());
            boolean accepted = false;
            try {
                Object saved = TorchFile.read(file);
                accepted = true;
                read++;
                SameValues.check(format.naive(mutant.content()), saved);
                states += hasState(saved) ? 1 : 0;
            } catch (MalformedFileException refused) {
                assertThat(refused).hasMessageStartingWith("mutated.pth cannot be read at byte ");
            }
            try {
                String text = TorchFile.describe(file);
                described++;
                assertThat(text).hasSizeLessThan(1_000_000).contains(" tensors of ");
            } catch (MalformedFileException refused) {
                assertThat(accepted).as(mutant.history()).isFalse();
                assertThat(refused).hasMessageStartingWith("mutated.pth cannot be read at byte ");
            }
        }
        System.out.printf("%d of 1500 files read, %d described, %d with a state dict\n", read, described, states);
        assertThat(read).isGreaterThan(100);
        assertThat(described).isGreaterThan(read);
        assertThat(states).isGreaterThan(10);
    }

    private static boolean hasState(Object saved) {
        try {
            return !TorchStateDict.of(saved).isEmpty();
        } catch (IllegalArgumentException none) {
            assertThat(none).hasMessageStartingWith("it");
            return false;
        }
    }

    @Test
    void aModelIsLoadedOrUnchanged() throws IOException {
        LineModel trained = LineModel.create();
        trained.trainStep(LineModel.samples(20), LineModel.targets(20), 20, SGD.of(0.1f));
        PickleWriter writer = new PickleWriter();
        List<PickleToken> pickle = PickleToken.parse(writer.write(trained.stateDict()), 0);
        Map<String, byte[]> storages = new LinkedHashMap<>();
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (Tensor tensor : writer.storages()) {
            String key = Integer.toString(storages.size());
            storages.put(key, tensor.toBytes());
            widths.put(key, tensor.dtype().bits() / 8);
        }
        load(new ZipFormat() {
            @Override
            public ZipStructure structure(Random random) {
                ZipStructure structure = new ZipStructure(random, pickle, storages);
                structure.bigEndian = false;
                return structure;
            }
        });
        load(new LegacyFormat() {
            @Override
            public LegacyStructure structure(Random random) {
                return new LegacyStructure(pickle, storages, widths);
            }
        });
    }

    private <S extends TorchStructure> void load(TorchFormat<S> format) throws IOException {
        MutationRun<S> run = new MutationRun<>(format);
        ModelLoads.check(
                run,
                folder.resolve("mutated.pth"),
                mutant -> TorchStateDict.of(TorchFile.read(ByteBuffer.wrap(mutant.content()))),
                10);
    }
}
