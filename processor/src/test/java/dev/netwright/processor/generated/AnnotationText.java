package dev.netwright.processor.generated;

import dev.netwright.processor.graph.OperatorClass;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Annotations as Java source. */
public final class AnnotationText {
    private AnnotationText() {}

    /**
     * An annotation with its attributes.
     *
     * @param annotation simple name
     * @param written numbers, flags, names of enum constants, classes, or lists of these
     */
    public static String of(String annotation, Map<String, ?> written) {
        String attributes = written.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + value(annotation, entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        return "@" + annotation + (attributes.isEmpty() ? "" : "(" + attributes + ")");
    }

    private static String value(String annotation, String attribute, Object value) {
        if (value instanceof List<?> values) {
            return values.stream()
                    .map(each -> value(annotation, attribute, each))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return Double.isNaN(number) ? "0.0 / 0" : number > 0 ? "1 / 0.0" : "-1 / 0.0";
        }
        if (value instanceof Float number) {
            return String.valueOf(number.doubleValue());
        }
        if (value instanceof String text) {
            Class<?> type = type(annotation, attribute);
            return type.isEnum() ? type.getCanonicalName() + "." + text : "\"" + text + "\"";
        }
        return value instanceof OperatorClass ? value + ".class" : String.valueOf(value);
    }

    private static Class<?> type(String annotation, String attribute) {
        try {
            Class<?> type = Class.forName("dev.netwright.annotations." + annotation)
                    .getDeclaredMethod(attribute)
                    .getReturnType();
            return type.isArray() ? type.getComponentType() : type;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no attribute " + attribute + " of " + annotation, e);
        }
    }
}
