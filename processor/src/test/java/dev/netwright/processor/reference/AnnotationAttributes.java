package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Attributes;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attributes as they come from an annotation, with the defaults that the annotation itself has. */
public final class AnnotationAttributes {
    private AnnotationAttributes() {}

    /**
     * Attributes of an annotation.
     *
     * @param annotation simple name
     * @param written what the user wrote; a name that the annotation lacks is an error
     */
    public static Attributes of(String annotation, Map<String, Object> written) {
        Map<String, Object> defaults = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Method method : type(annotation).getDeclaredMethods()) {
            names.add(method.getName());
            if (method.getDefaultValue() != null) {
                defaults.put(method.getName(), value(method.getDefaultValue()));
            }
        }
        if (!names.containsAll(written.keySet())) {
            throw new IllegalArgumentException(annotation + " has " + names + ", not all of " + written.keySet());
        }
        return new Attributes(written, defaults, Set.of());
    }

    private static Class<?> type(String annotation) {
        try {
            return Class.forName("dev.netwright.annotations." + annotation);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Object value(Object value) {
        if (value.getClass().isArray()) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(value(Array.get(value, i)));
            }
            return elements;
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }
}
