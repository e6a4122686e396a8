package dev.netwright.runtime.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One reading of a safetensors header: its JSON, the types in it, and each tensor's own numbers. */
final class SafetensorsJson {
    /** Where the JSON begins in the file. */
    static final int START = 8;
    /** The largest published checkpoints have 92,000 tensors over all of their files. */
    static final int MAX_TENSORS = 100_000;

    static final int MAX_NOTES = 10_000;
    static final int MAX_DIMENSIONS = 64;

    private static final String METADATA = "__metadata__";
    static final JsonFactory JSON = JsonFactory.builder()
            // A table of names would be shared by all files, and its collisions are an exception of their own.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // A thread that outlives the application would keep its class loader.
            .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
            .build();

    private final String source;
    private final CharBuffer text;
    private final JsonParser parser;
    private final List<SafetensorsHeader.Entry> entries = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsJson(String source, CharBuffer text, JsonParser parser) {
        this.source = source;
        this.text = text;
        this.parser = parser;
    }

    static SafetensorsHeader parse(String source, byte[] json, long size) throws IOException {
        if (json.length == 0 || json[0] != '{') {
            String found = json.length == 0 ? "nothing" : String.format(Locale.ROOT, "the byte 0x%02X", json[0]);
            throw SafetensorsRule.FIRST_BRACE.broken(source, START, found);
        }
        CharBuffer text = decode(source, json);
        SafetensorsLimits.check(source, text);
        try (JsonParser parser = JSON.createParser(text.array(), 0, text.length())) {
            SafetensorsJson reading = new SafetensorsJson(source, text, parser);
            reading.header();
            return SafetensorsHeader.of(source, reading.entries, reading.metadata, START + (long) json.length, size);
        }
    }

    private static CharBuffer decode(String source, byte[] json) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(json);
        CharBuffer text = CharBuffer.allocate(json.length);
        if (decoder.decode(bytes, text, true).isError()) {
            throw SafetensorsRule.UTF_8.broken(source, START + (long) bytes.position());
        }
        return text.flip();
    }

    private void header() throws IOException {
        try {
            Set<String> names = new HashSet<>();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = uniqueName(names);
                JsonLocation at = parser.currentTokenLocation();
                parser.nextToken();
                expect(JsonToken.START_OBJECT, name, "");
                if (name.equals(METADATA)) {
                    metadata();
                } else {
                    entry(name, at);
                }
            }
        } catch (JsonProcessingException malformed) {
            JsonLocation at = malformed.getLocation();
            throw error(at == null ? parser.currentLocation() : at, SafetensorsRule.JSON, firstSentence(malformed));
        }
        for (int i = (int) parser.currentLocation().getCharOffset(); i < text.length(); i++) {
            if (text.get(i) != ' ') {
                throw SafetensorsRule.AFTER_BRACE.broken(source, offset(text, i));
            }
        }
    }

    /** Jackson's message without the places and settings that it adds for programmers. */
    private static String firstSentence(JsonProcessingException problem) {
        String line = problem.getOriginalMessage().lines().findFirst().orElse("");
        return line.replaceAll(" \\(start marker at .*|, from `[^`]*`", "");
    }

    private MalformedFileException error(JsonLocation at, SafetensorsRule rule, Object... found) {
        return rule.broken(source, offset(text, (int) Math.min(at.getCharOffset(), text.length())), found);
    }

    private MalformedFileException error(SafetensorsRule rule, Object... found) {
        return error(parser.currentTokenLocation(), rule, found);
    }

    /** The place in the file of a character of the header. */
    static long offset(CharBuffer text, int character) {
        long bytes = START;
        for (int i = 0; i < character; i++) {
            char c = text.get(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private String uniqueName(Set<String> names) throws IOException {
        String name = checkedText(parser.currentName());
        if (!names.add(name)) {
            throw error(SafetensorsRule.DUPLICATE_KEY, quoted(name));
        }
        return name;
    }

    /** JSON can write halves of surrogate pairs as escapes, UTF-8 cannot. */
    private String checkedText(String string) throws IOException {
        for (int i = 0; i < string.length(); i++) {
            if (Character.isSurrogate(string.charAt(i))) {
                if (Character.charCount(string.codePointAt(i)) == 1) {
                    throw error(SafetensorsRule.SURROGATE, quoted(string));
                }
                i++;
            }
        }
        return string;
    }

    private void expect(JsonToken expected, String name, String field) throws IOException {
        if (parser.currentToken() != expected) {
            throw error(
                    SafetensorsRule.TYPE, field + quoted(name), described(parser.currentToken()), described(expected));
        }
    }

    private static String described(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "the end";
        };
    }

    private void metadata() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = checkedText(parser.currentName());
            if (metadata.containsKey(key)) {
                throw error(SafetensorsRule.DUPLICATE_KEY, quoted(key));
            }
            if (metadata.size() == MAX_NOTES) {
                throw error(SafetensorsRule.MANY_NOTES, MAX_NOTES);
            }
            parser.nextToken();
            expect(JsonToken.VALUE_STRING, key, METADATA + " ");
            metadata.put(key, checkedText(parser.getText()));
        }
    }

    private void entry(String name, JsonLocation at) throws IOException {
        if (entries.size() == MAX_TENSORS) {
            throw error(at, SafetensorsRule.MANY_TENSORS, MAX_TENSORS);
        }
        DType dtype = null;
        long[] shape = null;
        long[] offsets = null;
        Set<String> unknown = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = checkedText(parser.currentName());
            boolean twice = switch (field) {
                case "dtype" -> dtype != null;
                case "shape" -> shape != null;
                case "data_offsets" -> offsets != null;
                default -> {
                    unknown = unknown == null ? new HashSet<>() : unknown;
                    yield !unknown.add(field);
                }
            };
            if (twice) {
                throw error(SafetensorsRule.DUPLICATE_KEY, quoted(field));
            }
            parser.nextToken();
            switch (field) {
                case "dtype" -> dtype = dtype(name);
                case "shape" -> shape = numbers(name, "shape of ");
                case "data_offsets" -> offsets = numbers(name, "data_offsets of ");
                default -> skip();
            }
        }
        if (dtype == null || shape == null || offsets == null) {
            String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
            throw error(at, SafetensorsRule.FIELD_MISSING, quoted(name), missing);
        }
        entries.add(checked(name, at, dtype, shape, offsets));
    }

    private void skip() throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                skip();
            }
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            Set<String> names = new HashSet<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                uniqueName(names);
                parser.nextToken();
                skip();
            }
        }
    }

    private DType dtype(String name) throws IOException {
        expect(JsonToken.VALUE_STRING, name, "dtype of ");
        String text = parser.getText();
        for (DType dtype : DType.ALL) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }
        throw error(SafetensorsRule.DTYPE, quoted(name), quoted(text));
    }

    private long[] numbers(String name, String field) throws IOException {
        expect(JsonToken.START_ARRAY, name, field);
        long[] numbers = new long[4];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.VALUE_NUMBER_INT, name, "an element of the " + field);
            if (parser.getTextCharacters()[parser.getTextOffset()] == '-') {
                throw error(SafetensorsRule.NEGATIVE, field + quoted(name), parser.getText());
            }
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw error(SafetensorsRule.NUMBER_RANGE, field + quoted(name));
            }
            if (count == MAX_DIMENSIONS) {
                throw error(SafetensorsRule.MANY_DIMENSIONS, quoted(name), MAX_DIMENSIONS);
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = parser.getLongValue();
        }
        return Arrays.copyOf(numbers, count);
    }

    private SafetensorsHeader.Entry checked(String name, JsonLocation at, DType dtype, long[] shape, long[] offsets)
            throws IOException {
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw error(at, SafetensorsRule.OFFSETS, quoted(name), Arrays.toString(offsets));
        }
        int[] extents = new int[shape.length];
        long bits = dtype.bits();
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] > Integer.MAX_VALUE) {
                throw error(at, SafetensorsRule.DIMENSION, quoted(name), shape[i]);
            }
            if (Math.multiplyHigh(bits, shape[i]) != 0 || bits * shape[i] < 0) {
                throw error(at, SafetensorsRule.PRODUCT, quoted(name), Arrays.toString(shape));
            }
            bits *= shape[i];
            extents[i] = (int) shape[i];
        }
        long length = offsets[1] - offsets[0];
        if (bits % 8 != 0 || bits / 8 != length) {
            throw error(at, SafetensorsRule.SIZE, quoted(name), bits, dtype + Arrays.toString(shape), length);
        }
        if (Math.max(length, bits / dtype.bits()) > Tensor.MAX_BYTES) {
            throw error(at, SafetensorsRule.TENSOR_SIZE, quoted(name), bits / dtype.bits(), length, Tensor.MAX_BYTES);
        }
        return new SafetensorsHeader.Entry(name, dtype, extents, offsets[0], offsets[1]);
    }

    /** A name as a message shows it: short, and on one line. */
    static String quoted(String name) {
        StringBuilder shown = new StringBuilder("\"");
        int end = Math.min(name.length(), 80);
        for (int i = 0; i < end; i++) {
            char c = name.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return shown.append(end < name.length() ? "...\"" : "\"").toString();
    }
}
