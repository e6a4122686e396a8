package dev.netwright.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file so that, whenever the machine stops, either the old or the new content is there. */
public final class AtomicFile {
    /** What writes the content. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param channel at the beginning of an empty file; closed by the caller
         * @throws IOException if it cannot be written
         */
        void writeTo(FileChannel channel) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a new file beside the path and then moves it there.
     *
     * @param path the file; its folder must exist
     * @param content writes what the file shall hold
     * @throws IOException if it cannot be written; an old file is then unchanged, as after any other exception
     */
    public static void write(Path path, Content content) throws IOException {
        Path target = path.toAbsolutePath();
        // In the same folder: only then is the move one step of the file system.
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                // Before the move: else the name could reach the disk ahead of the content.
                channel.force(true);
            }
            move(temporary, target);
        } catch (IOException | RuntimeException | Error failure) {
            delete(temporary, failure);
            throw failure;
        }
        forceFolder(target.getParent());
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unsupported) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path temporary, Throwable failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException also) {
            failure.addSuppressed(also);
        }
    }

    /**
     * The move is an entry of the folder, which has a cache of its own: without this a power failure may bring the old
     * file back, after the caller has deleted what the new one replaced.
     */
    private static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem() != FileSystems.getDefault()) {
            return;
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (AccessDeniedException unsupported) {
            // Windows opens no folders, and its file systems write such entries to a journal.
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
