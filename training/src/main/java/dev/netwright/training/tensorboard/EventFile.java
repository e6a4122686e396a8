package dev.netwright.training.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of records: for each the length, its checksum, the bytes, their checksum. Used by one thread. Only whole
 * records are handed to the operating system, so a killed process leaves no torn one unless the system itself tears it.
 */
final class EventFile {
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    private EventFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** A new file with a name that no other has; the folder is made where it is missing. */
    static EventFile create(Path folder, long seconds, String suffix) throws IOException {
        Files.createDirectories(folder);
        while (true) {
            Path path = folder.resolve(EventFileNames.next(seconds, suffix));
            try {
                return new EventFile(
                        path, FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
            } catch (FileAlreadyExistsException taken) {
                // Of a process with the same id, as in restarted containers: the next number is tried.
            }
        }
    }

    Path path() {
        return path;
    }

    void append(byte[] record) throws IOException {
        byte[] length = little(Long.BYTES).putLong(record.length).array();
        pending.writeBytes(length);
        pending.writeBytes(checksum(length));
        pending.writeBytes(record);
        pending.writeBytes(checksum(record));
        if (pending.size() >= BUFFER) {
            flush();
        }
    }

    /** Hands everything to the operating system. */
    void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
        pending.reset(); // before the write: what fails half-way is not written a second time on close
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void close() throws IOException {
        try (channel) {
            flush();
        }
    }

    /** Rotated and shifted, as a checksum over bytes that hold their own checksum is weak. */
    private static byte[] checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        return little(Integer.BYTES)
                .putInt(Integer.rotateRight(value, 15) + 0xa282ead8)
                .array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
