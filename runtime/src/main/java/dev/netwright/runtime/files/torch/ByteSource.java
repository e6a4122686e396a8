package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.files.io.FileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.Map;

/** Bytes at random access, of a file of any size or of a buffer. */
interface ByteSource {
    /** Bytes from the start of one window of a mapped file to that of the next. */
    long WINDOW = 1L << 30;

    /** What an array holds, where windows are read. */
    long LONGEST = Integer.MAX_VALUE - 8;

    /** Length in bytes. */
    long size();

    /** A little-endian view of some bytes, which lie inside. */
    ByteBuffer slice(long offset, int length) throws IOException;

    static ByteSource of(ByteBuffer buffer) {
        ByteBuffer whole = buffer.slice();
        return new ByteSource() {
            @Override
            public long size() {
                return whole.limit();
            }

            @Override
            public ByteBuffer slice(long offset, int length) {
                return whole.slice((int) offset, length).order(ByteOrder.LITTLE_ENDIAN);
            }
        };
    }

    /**
     * Maps the file in overlapping windows of up to 2 GiB when they are asked for, so that nothing of it lies on the heap:
     * systems allow some ten thousand mappings, and files have more parts than that. Of a file system that maps no files the
     * windows are read.
     */
    static ByteSource of(SeekableByteChannel channel) throws IOException {
        long size = channel.size();
        Map<Long, ByteBuffer> windows = new HashMap<>();
        return new ByteSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public ByteBuffer slice(long offset, int length) throws IOException {
                long from = offset & -WINDOW;
                ByteBuffer window = windows.get(from);
                if (window == null) {
                    window = FileRegion.of(channel, from, Math.min(size - from, LONGEST));
                    windows.put(from, window);
                }
                ByteBuffer slice = offset - from <= window.limit() - length
                        ? window.slice((int) (offset - from), length)
                        : FileRegion.of(channel, offset, length);
                return slice.order(ByteOrder.LITTLE_ENDIAN);
            }
        };
    }
}
