package dev.netwright.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header, the tensors' bytes. Reading refuses
 * everything the specification forbids (holes, overlaps, trailing bytes, duplicate keys, sizes that disagree) with a
 * {@link MalformedFileException}, and allocates nothing from a size that it has not checked against the input.
 */
public final class Safetensors {
    /**
     * What a file holds.
     *
     * @param tensors by name, in the order of their data
     * @param metadata the file's own notes, in the order of the file
     */
    public record Contents(Map<String, Tensor> tensors, Map<String, String> metadata) {
        /**
         * Copies the maps.
         *
         * @param tensors by name
         * @param metadata the file's notes
         */
        public Contents {
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
            metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        }
    }

    private static final long MAX_HEADER = 100_000_000;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private Safetensors() {}

    /**
     * Reads a file.
     *
     * @param path the file
     * @return its tensors and metadata
     * @throws MalformedFileException if the file breaks a rule of the format
     * @throws IOException if it cannot be read
     */
    public static Contents read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return read(String.valueOf(path.getFileName()), in, Files.size(path));
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param in the stream, left open
     * @return its tensors and metadata
     * @throws MalformedFileException if the content breaks a rule of the format
     * @throws IOException if it cannot be read
     */
    public static Contents read(InputStream in) throws IOException {
        return read("The stream", in, UNKNOWN);
    }

    /**
     * Reads a buffer from its position to its limit, both of which stay.
     *
     * @param buffer the content of a file
     * @return its tensors and metadata
     * @throws MalformedFileException if the content breaks a rule of the format
     */
    public static Contents read(ByteBuffer buffer) throws MalformedFileException {
        try {
            return read("The buffer", new ByteBufferStream(buffer.duplicate()), buffer.remaining());
        } catch (MalformedFileException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Contents read(String source, InputStream in, long size) throws IOException {
        byte[] prefix = in.readNBytes(8);
        if (prefix.length < 8) {
            throw error(source, "it has " + prefix.length + " bytes, fewer than the 8 of the header's length");
        }
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > MAX_HEADER) {
            throw error(
                    source,
                    "it announces a header of " + Long.toUnsignedString(length) + " bytes, beyond the " + MAX_HEADER
                            + " allowed");
        }
        if (size != UNKNOWN && length > size - 8) {
            throw error(source, "it announces a header of " + length + " bytes, but only " + (size - 8) + " follow");
        }
        // Without a known size this grows with what really arrives.
        byte[] json = in.readNBytes((int) length);
        if (json.length < length) {
            throw error(source, "its header ends after " + json.length + " of " + length + " bytes");
        }
        SafetensorsHeader header = SafetensorsHeader.parse(source, json);
        long expected = 8 + length + header.dataLength();
        if (size != UNKNOWN && size != expected) {
            throw error(source, "its header describes " + expected + " bytes, but it has " + size);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            tensors.put(entry.name(), tensor(source, in, entry));
        }
        if (in.read() != -1) {
            throw error(source, "it goes on after the " + expected + " bytes that its header describes");
        }
        return new Contents(tensors, header.metadata());
    }

    private static Tensor tensor(String source, InputStream in, SafetensorsHeader.Entry entry) throws IOException {
        long length = entry.end() - entry.begin();
        if (length > Integer.MAX_VALUE - 8) {
            throw new IOException("The tensor \"" + entry.name() + "\" in " + source + " has " + length
                    + " bytes; tensors of 2 GiB and more are not supported.");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw error(
                    source,
                    "the data of \"" + entry.name() + "\" ends after " + bytes.length + " of " + length + " bytes");
        }
        return Tensor.ofBytes(entry.dtype(), bytes, entry.shape());
    }

    private static MalformedFileException error(String source, String problem) {
        return new MalformedFileException(source + " is not a valid safetensors file: " + problem + ".");
    }

    /**
     * Writes a file, replacing an old one only when the new one is complete on the disk.
     *
     * @param path the file; its folder must exist
     * @param tensors by name; the file orders them by element size, largest first, then by name
     * @param metadata notes; may be empty
     * @throws IllegalArgumentException if a tensor is named {@code __metadata__}
     * @throws IOException if the file cannot be written; an old one is then unchanged
     */
    public static void write(Path path, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        if (tensors.containsKey("__metadata__")) {
            throw new IllegalArgumentException("A safetensors file cannot hold a tensor named __metadata__.");
        }
        List<Map.Entry<String, Tensor>> ordered = new ArrayList<>(tensors.entrySet());
        ordered.sort(Comparator.<Map.Entry<String, Tensor>>comparingInt(
                        entry -> -entry.getValue().dtype().bits())
                .thenComparing(entry -> entry.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        ByteBuffer header = header(ordered, metadata);
        AtomicFile.write(path, channel -> {
            writeFully(channel, header);
            for (Map.Entry<String, Tensor> entry : ordered) {
                writeFully(channel, ByteBuffer.wrap(entry.getValue().toBytes()));
            }
        });
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The length and the JSON, padded with spaces so that the data starts at a multiple of eight. */
    private static ByteBuffer header(List<Map.Entry<String, Tensor>> tensors, Map<String, String> metadata)
            throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = new JsonFactory().createGenerator(json)) {
            generator.writeStartObject();
            if (!metadata.isEmpty()) {
                generator.writeObjectFieldStart("__metadata__");
                for (Map.Entry<String, String> note : metadata.entrySet()) {
                    generator.writeStringField(note.getKey(), note.getValue());
                }
                generator.writeEndObject();
            }
            long offset = 0;
            for (Map.Entry<String, Tensor> entry : tensors) {
                Tensor tensor = entry.getValue();
                long end = offset + (long) tensor.size() * tensor.dtype().bits() / 8;
                generator.writeObjectFieldStart(entry.getKey());
                generator.writeStringField("dtype", tensor.dtype().name());
                generator.writeFieldName("shape");
                generator.writeArray(tensor.dimensions(), 0, tensor.dimensions().length);
                generator.writeFieldName("data_offsets");
                generator.writeArray(new long[] {offset, end}, 0, 2);
                generator.writeEndObject();
                offset = end;
            }
            generator.writeEndObject();
        }
        while (json.size() % 8 != 0) {
            json.write(' ');
        }
        ByteBuffer header = ByteBuffer.allocate(8 + json.size()).order(ByteOrder.LITTLE_ENDIAN);
        return header.putLong(json.size()).put(json.toByteArray()).flip();
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
