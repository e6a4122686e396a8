package dev.netwright.runtime.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Bytes at random access, of a file of any size or of a buffer. */
interface ByteSource {
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

    /** Maps what is asked for, so that nothing of the file lies on the heap. */
    static ByteSource of(FileChannel channel) throws IOException {
        long size = channel.size();
        return new ByteSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public ByteBuffer slice(long offset, int length) throws IOException {
                return channel.map(FileChannel.MapMode.READ_ONLY, offset, length)
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
        };
    }
}
