package dev.netwright.runtime.files.io;

import dev.netwright.runtime.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/** Bytes of an open file, for readers of formats: mapped where its file system can, else read into the heap. */
public final class FileRegion {
    private FileRegion() {}

    /**
     * Maps or reads a part of a file. Archives, file systems in memory and some mounted ones map no files.
     *
     * @param channel of the file; its position may change
     * @param position where the part begins
     * @param length its length, which lies inside the file
     * @return the bytes, for reading only
     * @throws IOException if they cannot be read, or can be neither mapped nor held in one array
     */
    public static ByteBuffer of(SeekableByteChannel channel, long position, long length) throws IOException {
        if (length == 0) {
            return ByteBuffer.allocate(0);
        }
        if (channel instanceof FileChannel file) {
            try {
                return file.map(FileChannel.MapMode.READ_ONLY, position, length);
            } catch (UnsupportedOperationException | IOException unmappable) {
                // Reading says what is wrong where it is more than that.
            }
        }
        return read(channel, position, length);
    }

    private static ByteBuffer read(SeekableByteChannel channel, long position, long length) throws IOException {
        if (length > Tensor.MAX_BYTES) {
            throw new IOException("The file system of the file maps no files, and " + length + " bytes at once are more"
                    + " than an array holds. Copy it to another file system.");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        channel.position(position);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("The file ends at byte " + channel.position() + ", but was longer before.");
            }
        }
        return bytes.flip().asReadOnlyBuffer();
    }
}
