package dev.netwright.runtime.files.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
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
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /** What puts one file in the place of another. */
    @FunctionalInterface
    interface Move {
        void move(Path from, Path to) throws IOException;
    }

    private static final int ATTEMPTS = 10;
    private static final int PAUSE_MILLISECONDS = 50;

    private AtomicFile() {}

    /**
     * Writes a new file beside the path and then moves it there.
     *
     * @param path the file; its folder must exist
     * @param content writes what the file shall hold
     * @throws IOException if it cannot be written; an old file is then unchanged, as after any other exception
     */
    public static void write(Path path, Content content) throws IOException {
        write(path, content, AtomicFile::move);
    }

    static void write(Path path, Content content, Move move) throws IOException {
        Path target = path.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(path.toString(), null, "A folder is in the place of the file");
        }
        // In the same folder: only then is the move one step of the file system.
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (WritableByteChannel channel =
                    Files.newByteChannel(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                if (channel instanceof FileChannel file) {
                    // Before the move: else the name could reach the disk ahead of the content.
                    file.force(true);
                }
            }
            replace(temporary, target, move);
        } catch (ReadOnlyFileSystemException readOnly) {
            throw new FileSystemException(path.toString(), null, "Its file system is for reading only");
        } catch (FileSystemException failure) {
            delete(temporary, failure);
            if (failure instanceof NoSuchFileException && !Files.isDirectory(target.getParent())) {
                throw new NoSuchFileException(path.toString(), null, "Its folder does not exist");
            }
            throw temporary.toString().equals(failure.getFile()) ? named(path, target, failure) : failure;
        } catch (IOException | RuntimeException | Error failure) {
            delete(temporary, failure);
            throw failure;
        }
        forceFolder(target.getParent());
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            // Where a move is atomic without being asked, as in archives, only the second option replaces.
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException unsupported) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Windows replaces no file that is mapped into memory, and a mapping ends when the garbage collector finds its buffer
     * unused: after a load from the file that is now saved to, there is one.
     */
    private static void replace(Path from, Path to, Move move) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                move.move(from, to);
                return;
            } catch (FileSystemException occupied) {
                if (attempt == ATTEMPTS || !Files.exists(to)) {
                    throw occupied;
                }
                System.gc();
                pause(occupied);
            }
        }
    }

    private static void pause(FileSystemException reason) throws FileSystemException {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    /** The same failure of the file that the caller knows. */
    private static FileSystemException named(Path path, Path target, FileSystemException failure) {
        String name = path.toString();
        FileSystemException named;
        if (failure.getOtherFile() != null && Files.exists(target)) {
            String reason = failure.getReason() == null ? "" : " (" + failure.getReason() + ")";
            named = new FileSystemException(
                    name,
                    null,
                    "The file cannot be replaced" + reason
                            + ". Where it is in use, such as by tensors of Safetensors.map,"
                            + " let go of it or write another file");
        } else if (failure instanceof AccessDeniedException) {
            named = new AccessDeniedException(name, null, failure.getReason());
        } else {
            named = new FileSystemException(name, null, failure.getReason());
        }
        named.initCause(failure);
        return named;
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
