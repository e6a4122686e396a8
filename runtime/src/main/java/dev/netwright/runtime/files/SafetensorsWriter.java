package dev.netwright.runtime.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.netwright.runtime.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes a safetensors file as its reference implementation does. */
final class SafetensorsWriter {
    private static final int CHUNK = 1 << 20;

    private final List<Map.Entry<String, Tensor>> tensors;
    private final ByteBuffer header;

    SafetensorsWriter(Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        check(tensors, metadata);
        this.tensors = new ArrayList<>(tensors.entrySet());
        this.tensors.sort(Comparator.<Map.Entry<String, Tensor>>comparingInt(
                        entry -> -entry.getValue().dtype().bits())
                .thenComparing(entry -> entry.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        this.header = header(metadata);
    }

    /** Nothing is written that the reader would refuse. */
    private static void check(Map<String, Tensor> tensors, Map<String, String> metadata) {
        if (tensors.containsKey("__metadata__")) {
            throw new IllegalArgumentException("A safetensors file cannot hold a tensor named __metadata__.");
        }
        if (tensors.size() > SafetensorsJson.MAX_TENSORS || metadata.size() > SafetensorsJson.MAX_NOTES) {
            throw new IllegalArgumentException("A safetensors file holds at most " + SafetensorsJson.MAX_TENSORS
                    + " tensors and " + SafetensorsJson.MAX_NOTES + " metadata entries, not " + tensors.size() + " and "
                    + metadata.size() + ".");
        }
        metadata.forEach((name, note) -> {
            checkLength("name of a note", name, SafetensorsLimits.MAX_NAME);
            checkLength("note", note, SafetensorsLimits.MAX_TEXT);
        });
        tensors.forEach((name, tensor) -> {
            checkLength("name of a tensor", name, SafetensorsLimits.MAX_NAME);
            if (tensor.byteSize() > Tensor.MAX_BYTES || tensor.shape().length > SafetensorsJson.MAX_DIMENSIONS) {
                throw new IllegalArgumentException("A tensor in a safetensors file has at most " + Tensor.MAX_BYTES
                        + " bytes and " + SafetensorsJson.MAX_DIMENSIONS + " dimensions, but "
                        + SafetensorsJson.quoted(name) + " has " + tensor.byteSize() + " and "
                        + tensor.shape().length + ".");
            }
        });
    }

    private static void checkLength(String what, String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException("A " + what + " in a safetensors file has at most " + most
                    + " characters, but " + SafetensorsJson.quoted(text) + " has " + text.length() + ".");
        }
    }

    void writeTo(WritableByteChannel channel) throws IOException {
        writeFully(channel, header);
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, Tensor> entry : tensors) {
            Tensor tensor = entry.getValue();
            for (long done = 0; done < tensor.byteSize(); done += chunk.limit()) {
                chunk.clear();
                tensor.copyBytes(done, chunk);
                writeFully(channel, chunk.flip());
            }
        }
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The length and the JSON, padded with spaces so that the data starts at a multiple of eight. */
    private ByteBuffer header(Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = SafetensorsJson.JSON.createGenerator(json)) {
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
                long end = offset + tensor.byteSize();
                generator.writeObjectFieldStart(entry.getKey());
                generator.writeStringField("dtype", tensor.dtype().name());
                generator.writeFieldName("shape");
                generator.writeArray(tensor.shape(), 0, tensor.shape().length);
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
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.size()).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putLong(json.size()).put(json.toByteArray()).flip();
    }
}
