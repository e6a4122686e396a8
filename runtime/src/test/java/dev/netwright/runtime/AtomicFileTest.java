package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
}
