package dev.netwright.runtime.files.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private static AtomicFile.Content text(String text) {
        return channel -> channel.write(ByteBuffer.wrap(text.getBytes()));
    }

    @Test
    void replacesTheOldFile() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, text("old"));
        AtomicFile.write(file, text("new"));
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aWriteThatFailsLeavesTheOldFileAndNoTemporaryOne() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, text("old"));
        for (Throwable failure : new Throwable[] {new IOException("disk full"), new IllegalStateException("bug")}) {
            assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                        text("half").writeTo(channel);
                        if (failure instanceof IOException io) {
                            throw io;
                        }
                        throw (RuntimeException) failure;
                    }))
                    .isSameAs(failure);
        }
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void aFolderInThePlaceOfTheFileStays() throws IOException {
        Path file = Files.createDirectory(folder.resolve("file"));
        assertThatThrownBy(() -> AtomicFile.write(file, text("new"))).isInstanceOf(IOException.class);
        assertThat(file).isEmptyDirectory();
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void aMissingFolderIsSaid() {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("missing").resolve("file"), text("new")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing");
    }

    /** As Windows does for a file that is mapped, of which nothing is left but its buffer in the heap. */
    @Test
    void aFileThatIsInUseForAWhileIsReplaced() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, text("old"));
        int[] refusals = {3};
        AtomicFile.write(file, text("new"), (from, to) -> {
            if (refusals[0]-- > 0) {
                throw new AccessDeniedException(from.toString(), to.toString(), null);
            }
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        });
        assertThat(file).hasContent("new");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void aFileThatStaysInUseIsNamedAndKept() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, text("old"));
        assertThatThrownBy(() -> AtomicFile.write(file, text("new"), (from, to) -> {
                    throw new FileSystemException(from.toString(), to.toString(), "a user-mapped section is open");
                }))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": The file cannot be replaced (a user-mapped section is open). Where it is in use,"
                        + " such as by tensors of Safetensors.map, let go of it or write another file");
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("file");
    }
}
