package dev.netwright.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.checkpoint.Checkpoint;
import dev.netwright.runtime.files.checkpoint.Checkpoints;
import dev.netwright.runtime.files.checkpoint.Progress;
import dev.netwright.runtime.files.io.FileRegion;
import dev.netwright.runtime.files.torch.TorchFile;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that cannot be mapped into memory are read and replaced like others. */
class FileSystemsTest {
    @TempDir
    private Path folder;

    /** How the product's file systems are opened. */
    enum Kind {
        ZIP {
            @Override
            FileSystem open(Path folder) throws IOException {
                return FileSystems.newFileSystem(folder.resolve("archive.zip"), Map.of("create", "true"));
            }
        },
        MEMORY {
            @Override
            FileSystem open(Path folder) {
                return Jimfs.newFileSystem(Configuration.unix());
            }
        },
        /** With channels of files, which refuse to map. */
        MEMORY_WITH_FILE_CHANNELS {
            @Override
            FileSystem open(Path folder) {
                return Jimfs.newFileSystem(Configuration.unix().toBuilder()
                        .setSupportedFeatures(Feature.FILE_CHANNEL)
                        .build());
            }
        },
        WINDOWS_IN_MEMORY {
            @Override
            FileSystem open(Path folder) {
                return Jimfs.newFileSystem(Configuration.windows());
            }
        };

        abstract FileSystem open(Path folder) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void modelsAreSavedReplacedAndLoaded(Kind kind) throws IOException {
        try (FileSystem files = kind.open(folder)) {
            Path file = Files.createDirectory(files.getPath("models")).resolve("model.safetensors");
            LineModel model = LineModel.create();
            for (int i = 0; i < 3; i++) {
                model.trainStep(LineModel.samples(20), LineModel.targets(20), 20, SGD.of(0.1f));
                model.save(file);
                LineModel loaded = LineModel.create();
                loaded.loadStateDict(file);
                assertThat(loaded.stateDict()).isEqualTo(model.stateDict());
            }
            assertThat(Safetensors.map(file)).isEqualTo(Safetensors.read(file));
            assertThat(ModelFile.describe(file)).startsWith("model.safetensors, ");
            assertThat(StateDicts.read(file)).isEqualTo(model.stateDict());
            assertOnly(file);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void torchFilesAreWrittenReplacedAndRead(Kind kind) throws IOException {
        try (FileSystem files = kind.open(folder)) {
            Path file = Files.createDirectory(files.getPath("models")).resolve("model.pth");
            LineModel model = LineModel.create();
            for (int i = 0; i < 3; i++) {
                model.trainStep(LineModel.samples(20), LineModel.targets(20), 20, SGD.of(0.1f));
                TorchFile.write(file, model.stateDict());
                assertThat(TorchFile.read(file)).isEqualTo(model.stateDict());
                LineModel loaded = LineModel.create();
                loaded.loadStateDict(file);
                assertThat(loaded.stateDict()).isEqualTo(model.stateDict());
            }
            assertThat(ModelFile.describe(file)).startsWith("model.pth, ");
            assertOnly(file);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void checkpointsAreKept(Kind kind) throws IOException {
        try (FileSystem files = kind.open(folder)) {
            LineModel model = LineModel.create();
            Checkpoints checkpoints = Checkpoints.in(files.getPath("checkpoints"));
            for (int epoch = 1; epoch <= 5; epoch++) {
                model.trainStep(LineModel.samples(20), LineModel.targets(20), 20, SGD.of(0.1f));
                checkpoints.save(Checkpoint.of(model), new Progress(epoch, 0));
            }
            LineModel resumed = LineModel.create();
            assertThat(Checkpoints.in(files.getPath("checkpoints")).resume(Checkpoint.of(resumed)))
                    .contains(new Progress(5, 0));
            assertThat(resumed.everything()).isEqualTo(model.everything());
        }
    }

    private static void assertOnly(Path file) throws IOException {
        try (Stream<Path> entries = Files.list(file.getParent())) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactly(file.getFileName().toString());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatCannotBeWrittenIsSaidOfTheUsersFile(Kind kind) throws IOException {
        try (FileSystem files = kind.open(folder)) {
            Path missing = files.getPath("missing", "model.safetensors");
            assertThatThrownBy(() -> LineModel.create().save(missing))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(missing + ": Its folder does not exist");
            Path occupied = Files.createDirectories(files.getPath("models", "model.safetensors"));
            assertThatThrownBy(() -> LineModel.create().save(occupied))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(occupied + ": A folder is in the place of the file");
        }
    }

    @Test
    void aFileSystemForReadingOnlyIsSaid() {
        Path file = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/model.safetensors");
        for (ThrowingCallable write :
                List.<ThrowingCallable>of(() -> LineModel.create().save(file), () -> TorchFile.write(file, Map.of()))) {
            assertThatThrownBy(write)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage("/model.safetensors: Its file system is for reading only");
        }
    }

    /** Where files are mapped, they still are. */
    @Test
    void ordinaryFilesAreMapped() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[100]);
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(FileRegion.of(channel, 3, 50).isDirect()).isTrue();
        }
        Safetensors.write(file, Map.of("x", Tensor.of(new float[] {1, 2}, 2)), Map.of());
        Tensor mapped = Safetensors.map(file).tensors().get("x");
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1]++;
        Files.write(file, content);
        assertThat(mapped).isNotEqualTo(Tensor.of(new float[] {1, 2}, 2));
    }
}
