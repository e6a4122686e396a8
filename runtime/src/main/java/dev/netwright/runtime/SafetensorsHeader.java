package dev.netwright.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON part of a safetensors file, every rule checked before a tensor is read. */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    /** A tensor's place: bytes begin (inclusive) to end (exclusive) of the data. */
    record Entry(String name, DType dtype, int[] shape, long begin, long end) {}

    private static final String METADATA = "__metadata__";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(32)
                    .maxNameLength(1 << 16)
                    .build())
            .build();

    /** Length of the data that the entries tile. */
    long dataLength() {
        long length = 0;
        for (Entry entry : entries) {
            length = Math.max(length, entry.end());
        }
        return length;
    }

    static SafetensorsHeader parse(String source, byte[] json) throws IOException {
        Parse parse = new Parse(source);
        try (JsonParser parser = JSON.createParser(parse.decode(json))) {
            return parse.header(parser);
        } catch (JsonProcessingException malformed) {
            throw parse.error("the header is not valid JSON: " + malformed.getOriginalMessage());
        }
    }

    /** One reading of one header, with the source for its messages. */
    private static final class Parse {
        private final String source;

        Parse(String source) {
            this.source = source;
        }

        MalformedFileException error(String problem) {
            return new MalformedFileException(source + " is not a valid safetensors file: " + problem + ".");
        }

        String decode(byte[] json) throws IOException {
            if (json.length == 0 || json[0] != '{') {
                throw error("the header does not start with '{'");
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(json))
                        .toString();
            } catch (CharacterCodingException malformed) {
                throw error("the header is not UTF-8");
            }
        }

        SafetensorsHeader header(JsonParser parser) throws IOException {
            List<Entry> entries = new ArrayList<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                expect(parser.nextToken(), JsonToken.START_OBJECT, "\"" + name + "\"");
                if (name.equals(METADATA)) {
                    metadata(parser, metadata);
                } else {
                    entries.add(entry(parser, name));
                }
            }
            if (parser.nextToken() != null) {
                throw error("the header goes on after its closing brace");
            }
            checkTiling(entries);
            return new SafetensorsHeader(List.copyOf(entries), metadata);
        }

        private void expect(JsonToken found, JsonToken expected, String what) throws IOException {
            if (found != expected) {
                throw error(what + " is " + found + " in the header, not " + expected);
            }
        }

        private void metadata(JsonParser parser, Map<String, String> metadata) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + " \"" + key + "\"");
                metadata.put(key, parser.getText());
            }
        }

        private Entry entry(JsonParser parser, String name) throws IOException {
            DType dtype = null;
            long[] shape = null;
            long[] offsets = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "dtype" -> {
                        expect(value, JsonToken.VALUE_STRING, "dtype of \"" + name + "\"");
                        dtype = dtype(name, parser.getText());
                    }
                    case "shape" -> shape = numbers(parser, "shape of \"" + name + "\"");
                    case "data_offsets" -> offsets = numbers(parser, "data_offsets of \"" + name + "\"");
                    default -> parser.skipChildren();
                }
            }
            if (dtype == null || shape == null || offsets == null) {
                throw error("\"" + name + "\" lacks "
                        + (dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
            }
            return checked(name, dtype, shape, offsets);
        }

        private DType dtype(String name, String text) throws IOException {
            for (DType dtype : DType.values()) {
                if (dtype.name().equals(text)) {
                    return dtype;
                }
            }
            throw error("\"" + name + "\" has the unknown dtype \"" + text + "\"; known are "
                    + Arrays.toString(DType.values()));
        }

        private long[] numbers(JsonParser parser, String what) throws IOException {
            expect(parser.currentToken(), JsonToken.START_ARRAY, what);
            long[] numbers = new long[4];
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, "an element of " + what);
                long number = parser.getLongValue();
                if (number < 0) {
                    throw error(what + " contains the negative number " + number);
                }
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = number;
            }
            return Arrays.copyOf(numbers, count);
        }

        private Entry checked(String name, DType dtype, long[] shape, long[] offsets) throws IOException {
            if (offsets.length != 2 || offsets[0] > offsets[1]) {
                throw error("data_offsets of \"" + name + "\" are " + Arrays.toString(offsets)
                        + ", not a begin and an end");
            }
            int[] extents = new int[shape.length];
            long bits = dtype.bits();
            for (int i = 0; i < shape.length; i++) {
                if (shape[i] > Integer.MAX_VALUE) {
                    throw error("\"" + name + "\" has the dimension " + shape[i] + ", beyond 2147483647");
                }
                extents[i] = (int) shape[i];
                if (Math.multiplyHigh(bits, shape[i]) != 0 || bits * shape[i] < 0) {
                    throw error("the size of \"" + name + "\" with shape " + Arrays.toString(shape) + " overflows");
                }
                bits *= shape[i];
            }
            long length = offsets[1] - offsets[0];
            if (bits % 8 != 0 || bits / 8 != length) {
                throw error("\"" + name + "\" needs " + bits / 8.0 + " bytes as " + dtype + Arrays.toString(shape)
                        + ", but its data_offsets span " + length);
            }
            return new Entry(name, dtype, extents, offsets[0], offsets[1]);
        }

        private void checkTiling(List<Entry> entries) throws IOException {
            entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
            long end = 0;
            for (Entry entry : entries) {
                if (entry.begin() != end) {
                    throw error("the data of \"" + entry.name() + "\" begins at " + entry.begin() + ", but "
                            + (entry.begin() > end ? "nothing covers the bytes from " : "other data goes on to ")
                            + end);
                }
                end = entry.end();
            }
        }
    }
}
