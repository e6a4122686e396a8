package dev.netwright.runtime.files;

import dev.netwright.runtime.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a safetensors file from its beginning, from a stream whose length may be unknown. */
final class SafetensorsReader {
    static final long UNKNOWN = -1;

    private static final long MAX_HEADER = 100_000_000;
    /** Streams of files copy what is read at once outside the heap. */
    private static final int CHUNK = 1 << 20;

    private static final int FIRST = 1 << 13;

    private final String source;
    private final InputStream in;
    private final long size;
    private long position;

    SafetensorsReader(String source, InputStream in, long size) {
        this.source = source;
        this.in = in;
        this.size = size;
    }

    Safetensors.Contents contents() throws IOException {
        SafetensorsHeader header = header();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            byte[] bytes = bytes(entry.length());
            if (bytes.length < entry.length()) {
                throw header.cutOff(source, entry, position);
            }
            tensors.put(entry.name(), Tensor.view(entry.dtype(), ByteBuffer.wrap(bytes), entry.shape()));
        }
        if (in.read() != -1) {
            throw SafetensorsRule.TRAILING.broken(source, position);
        }
        return new Safetensors.Contents(tensors, header.metadata());
    }

    SafetensorsHeader header() throws IOException {
        byte[] prefix = in.readNBytes(Long.BYTES);
        position = prefix.length;
        if (prefix.length < Long.BYTES) {
            throw SafetensorsRule.LENGTH_MISSING.broken(source, 0, prefix.length);
        }
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > MAX_HEADER) {
            throw SafetensorsRule.HEADER_TOO_LONG.broken(source, 0, Long.toUnsignedString(length), MAX_HEADER);
        }
        if (size != UNKNOWN && length > size - Long.BYTES) {
            throw SafetensorsRule.HEADER_CUT_OFF.broken(source, 0, length, size - Long.BYTES);
        }
        byte[] json = bytes((int) length);
        if (json.length < length) {
            throw SafetensorsRule.HEADER_CUT_OFF.broken(source, 0, length, json.length);
        }
        return SafetensorsJson.parse(source, json, size);
    }

    /** Fewer if the stream ends before; memory for a length that is not checked grows with what arrives. */
    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[size == UNKNOWN ? Math.min(length, FIRST) : length];
        int done = 0;
        while (done < length) {
            if (done == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * done));
            }
            int count = in.read(bytes, done, Math.min(CHUNK, bytes.length - done));
            if (count < 0) {
                return Arrays.copyOf(bytes, done);
            }
            done += count;
            position += count;
        }
        return bytes;
    }
}
