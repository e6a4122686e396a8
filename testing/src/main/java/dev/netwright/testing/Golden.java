package dev.netwright.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** PyTorch's results, read as maps, lists, strings, longs, doubles, booleans and null. */
public final class Golden {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Golden() {}

    /**
     * Reads a test resource.
     *
     * @param name of the file in the folder {@code golden}
     * @return its one value
     */
    public static Object read(String name) {
        ClassLoader tests = Thread.currentThread().getContextClassLoader();
        List<Object> values = new ArrayList<>();
        try (InputStream in = tests.getResourceAsStream("golden/" + name)) {
            readAll(Objects.requireNonNull(in, name), values::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (values.size() != 1) {
            throw new IllegalArgumentException(name + " has " + values.size() + " values instead of one.");
        }
        return values.get(0);
    }

    /**
     * Reads values one after the other, such as those of lines.
     *
     * @param in any number of values, in UTF-8
     * @param values takes each
     * @throws IOException if it cannot be read
     */
    public static void readAll(InputStream in, Consumer<Object> values) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            while (parser.nextToken() != null) {
                values.accept(value(parser));
            }
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected " + parser.currentToken());
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }

    public static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    public static List<?> list(Object value) {
        return (List<?>) value;
    }

    /** A number as a double. */
    public static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** Numbers as floats. */
    public static float[] floats(Object value) {
        List<?> list = list(value);
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = ((Number) list.get(i)).floatValue();
        }
        return floats;
    }

    /** Hexadecimal float bits as floats. */
    public static float[] bits(Object value) {
        List<?> list = list(value);
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.intBitsToFloat(Integer.parseUnsignedInt((String) list.get(i), 16));
        }
        return floats;
    }

    /** Numbers as ints. */
    public static int[] ints(Object value) {
        return list(value).stream()
                .mapToInt(number -> ((Number) number).intValue())
                .toArray();
    }
}
