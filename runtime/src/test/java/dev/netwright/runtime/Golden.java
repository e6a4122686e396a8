package dev.netwright.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** PyTorch's results, read from the test resources as maps, lists, strings, doubles and booleans. */
public final class Golden {
    private Golden() {}

    public static Object read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name);
                JsonParser parser = new JsonFactory().createParser(Objects.requireNonNull(in, name))) {
            parser.nextToken();
            return value(parser);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> parser.getText();
        };
    }

    public static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    public static List<?> list(Object value) {
        return (List<?>) value;
    }

    /** Numbers as floats. */
    public static float[] floats(Object value) {
        List<?> list = list(value);
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = ((Double) list.get(i)).floatValue();
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

    public static int[] ints(Object value) {
        return list(value).stream()
                .mapToInt(number -> ((Double) number).intValue())
                .toArray();
    }
}
