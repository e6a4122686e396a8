package dev.netwright.runtime.files.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How much an archive's members inflate to, found without its directory, which may be damaged. */
final class Inflated {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int LOCAL_HEADER_BYTES = 30;

    private Inflated() {}

    /** The bytes behind every local header, inflated as far as they can be: whether they are meant so is not asked. */
    static long bytes(byte[] archive) {
        ByteBuffer buffer = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        long sum = 0;
        for (int at = 0; at + LOCAL_HEADER_BYTES <= archive.length; at++) {
            if (buffer.getInt(at) == LOCAL_HEADER) {
                int name = buffer.getShort(at + 26) & 0xFFFF;
                int extra = buffer.getShort(at + 28) & 0xFFFF;
                int data = at + LOCAL_HEADER_BYTES + name + extra;
                sum += data < archive.length ? inflated(archive, data) : 0;
            }
        }
        return sum;
    }

    private static long inflated(byte[] archive, int from) {
        Inflater inflater = new Inflater(true);
        inflater.setInput(archive, from, archive.length - from);
        byte[] piece = new byte[1 << 12];
        try {
            while (inflater.inflate(piece) > 0) {
                // Only the number is asked for.
            }
        } catch (DataFormatException notDeflated) {
            // What came before it counts.
        }
        long count = inflater.getBytesWritten();
        inflater.end();
        return count;
    }
}
