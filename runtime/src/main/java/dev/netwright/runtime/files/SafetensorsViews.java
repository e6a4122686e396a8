package dev.netwright.runtime.files;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.io.FileRegion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tensors over the bytes of a safetensors file where they are: mapped, or in a buffer. */
final class SafetensorsViews {
    private SafetensorsViews() {}

    static Safetensors.Contents map(Path path) throws IOException {
        String source = String.valueOf(path.getFileName());
        try (SeekableByteChannel channel = Files.newByteChannel(path);
                InputStream in = Channels.newInputStream(channel)) {
            SafetensorsHeader header = new SafetensorsReader(source, in, channel.size()).header();
            return new Safetensors.Contents(mapped(channel, header), header.metadata());
        }
    }

    private static Map<String, Tensor> mapped(SeekableByteChannel channel, SafetensorsHeader header)
            throws IOException {
        List<SafetensorsHeader.Entry> entries = header.entries();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int next = 0;
        while (next < entries.size()) {
            // As many tensors as one mapping can hold.
            int first = next;
            long begin = entries.get(first).begin();
            while (next < entries.size() && entries.get(next).end() - begin <= Tensor.MAX_BYTES) {
                next++;
            }
            long length = entries.get(next - 1).end() - begin;
            ByteBuffer region = FileRegion.of(channel, header.dataStart() + begin, length);
            for (SafetensorsHeader.Entry entry : entries.subList(first, next)) {
                tensors.put(entry.name(), tensor(region, begin, entry));
            }
        }
        return tensors;
    }

    static Safetensors.Contents of(String source, ByteBuffer content) throws MalformedFileException {
        ByteBuffer bytes = content.slice();
        SafetensorsHeader header;
        try {
            header = new SafetensorsReader(source, new ByteBufferStream(bytes.duplicate()), bytes.remaining()).header();
        } catch (MalformedFileException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new IllegalStateException("A buffer cannot fail to be read.", impossible);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            tensors.put(entry.name(), tensor(bytes, -header.dataStart(), entry));
        }
        return new Safetensors.Contents(tensors, header.metadata());
    }

    private static Tensor tensor(ByteBuffer region, long regionBegin, SafetensorsHeader.Entry entry) {
        ByteBuffer bytes = region.slice((int) (entry.begin() - regionBegin), entry.length());
        return Tensor.view(entry.dtype(), bytes, entry.shape());
    }

    /** Reads a buffer as a stream. */
    private static final class ByteBufferStream extends InputStream {
        private final ByteBuffer buffer;

        ByteBufferStream(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int read() {
            return buffer.hasRemaining() ? buffer.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!buffer.hasRemaining()) {
                return length == 0 ? 0 : -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(target, offset, count);
            return count;
        }
    }
}
