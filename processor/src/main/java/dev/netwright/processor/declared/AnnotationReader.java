package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.graph.Attributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Annotations as plain values. Only mirrors are read: what the user wrote is then told from what is a default. */
final class AnnotationReader {
    /** What javac gives in place of a value that it could not attribute. */
    private static final String ERRONEOUS = "<error>";

    private final MissingTypes missing;

    AnnotationReader(MissingTypes missing) {
        this.missing = missing;
    }

    /**
     * One annotation of ours.
     *
     * @param name its simple name
     * @param attributes its values; unknown are those that are required but not written, which javac reports, and those
     *     that could not be read, which we do
     * @param block the annotation's own declaration where it is a block of the user's; null for ours
     * @param origin where it stands
     */
    record Found(String name, Attributes attributes, TypeElement block, Origin origin) {
        boolean complete() {
            return attributes.unknown().isEmpty();
        }
    }

    /** Our annotations on an element, and blocks, repeated ones apart, in source order. */
    List<Found> read(Element element) {
        missing.reportAnnotations(element);
        List<Found> found = new ArrayList<>();
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (mirror.getAnnotationType().getKind() == TypeKind.ERROR) {
                continue;
            }
            repeated(mirror)
                    .orElse(List.of(mirror))
                    .forEach(each -> name(each)
                            .ifPresent(name ->
                                    found.add(read(name, Origin.of(element).in(each)))));
        }
        return found;
    }

    /** The simple names of our annotations on an element; containers of repeated ones have their own. */
    static List<String> ownNames(Element element) {
        return element.getAnnotationMirrors().stream()
                .flatMap(mirror -> repeated(mirror).orElse(List.of(mirror)).stream())
                .flatMap(mirror -> ownName(mirror).stream())
                .toList();
    }

    /** Whether an element has an annotation that the compiler has to do with: one of ours, or a block. */
    static boolean concerns(Element element) {
        return element.getAnnotationMirrors().stream()
                .filter(mirror -> mirror.getAnnotationType().getKind() != TypeKind.ERROR)
                .anyMatch(mirror -> name(mirror).isPresent());
    }

    /** Whether an annotation's declaration makes it a block. */
    static boolean isBlock(Element type) {
        return type.getAnnotationMirrors().stream()
                .filter(mirror -> mirror.getAnnotationType().getKind() != TypeKind.ERROR)
                .anyMatch(mirror -> qualifiedName(mirror).equals(AnnotationNames.BLOCK));
    }

    private static Optional<TypeElement> block(AnnotationMirror mirror) {
        TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
        return isBlock(type) ? Optional.of(type) : Optional.empty();
    }

    private static Optional<String> name(AnnotationMirror mirror) {
        return ownName(mirror)
                .or(() -> block(mirror).map(type -> type.getSimpleName().toString()));
    }

    static Optional<AnnotationMirror> network(Element element) {
        return element.getAnnotationMirrors().stream()
                .filter(mirror -> qualifiedName(mirror).equals(AnnotationNames.NETWORK))
                .findFirst()
                .map(AnnotationMirror.class::cast);
    }

    /** Ids of ours in {@code @SuppressWarnings}. */
    static Set<String> suppressed(Element element) {
        Set<String> ids = new TreeSet<>();
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (qualifiedName(mirror).equals("java.lang.SuppressWarnings")) {
                mirror.getElementValues().values().forEach(value -> ids.addAll(strings(value)));
            }
        }
        ids.removeIf(id -> !id.startsWith("netwright/"));
        return ids;
    }

    private static List<String> strings(AnnotationValue value) {
        return value.getValue() instanceof List<?> several
                ? several.stream()
                        .map(each -> ((AnnotationValue) each).getValue().toString())
                        .toList()
                : List.of(value.getValue().toString());
    }

    private static Optional<List<? extends AnnotationMirror>> repeated(AnnotationMirror mirror) {
        if (!qualifiedName(mirror).startsWith(AnnotationNames.PACKAGE)) {
            return Optional.empty();
        }
        for (var entry : mirror.getElementValues().entrySet()) {
            boolean holdsAnnotations = entry.getKey().getSimpleName().contentEquals("value")
                    && entry.getValue().getValue() instanceof List<?> values
                    && !values.isEmpty()
                    && ((AnnotationValue) values.get(0)).getValue() instanceof AnnotationMirror;
            if (holdsAnnotations) {
                return Optional.of(((List<?>) entry.getValue().getValue())
                        .stream()
                                .map(each -> (AnnotationMirror) ((AnnotationValue) each).getValue())
                                .toList());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ownName(AnnotationMirror mirror) {
        String name = qualifiedName(mirror);
        return name.startsWith(AnnotationNames.PACKAGE)
                ? Optional.of(name.substring(AnnotationNames.PACKAGE.length()))
                : Optional.empty();
    }

    private static String qualifiedName(AnnotationMirror mirror) {
        return ((TypeElement) mirror.getAnnotationType().asElement())
                .getQualifiedName()
                .toString();
    }

    private Found read(String name, Origin origin) {
        Map<String, Object> written = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>();
        for (var entry : origin.annotation().getElementValues().entrySet()) {
            String attribute = nameOf(entry.getKey());
            plain(entry.getValue(), origin.attribute(attribute), attribute)
                    .ifPresentOrElse(value -> written.put(attribute, value), () -> unknown.add(attribute));
        }
        Map<String, Object> defaults = new LinkedHashMap<>();
        Element type = origin.annotation().getAnnotationType().asElement();
        for (ExecutableElement attribute : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (attribute.getDefaultValue() != null) {
                plain(attribute.getDefaultValue(), origin, nameOf(attribute))
                        .ifPresent(value -> defaults.put(nameOf(attribute), value));
            } else if (!written.containsKey(nameOf(attribute))) {
                unknown.add(nameOf(attribute));
            }
        }
        return new Found(
                name,
                new Attributes(written, defaults, unknown),
                block(origin.annotation()).orElse(null),
                origin);
    }

    private static String nameOf(ExecutableElement attribute) {
        return attribute.getSimpleName().toString();
    }

    /** Nothing where it cannot be read, which has been reported. */
    private Optional<Object> plain(AnnotationValue value, Origin origin, String attribute) {
        Object plain = value.getValue();
        if (plain instanceof List<?> values) {
            List<Object> read = new ArrayList<>();
            // javac's lists are linked: neither an index nor a size in a loop over tens of thousands
            List<Object> copied = List.copyOf(values);
            for (Object one : copied) {
                AnnotationValue each = (AnnotationValue) one;
                plain(each, origin.among(copied, each), attribute).ifPresent(read::add);
            }
            return read.size() == copied.size() ? Optional.of(read) : Optional.empty();
        }
        if (plain.equals(ERRONEOUS)) {
            missing.reportValue(origin, attribute);
            return Optional.empty();
        }
        if (plain instanceof VariableElement constant) {
            return Optional.of(constant.getSimpleName().toString());
        }
        if (plain instanceof TypeMirror type) {
            if (type.getKind() == TypeKind.ERROR) {
                missing.report(origin, type);
                return Optional.empty();
            }
            return Optional.of(type.toString());
        }
        return Optional.of(plain instanceof Number || plain instanceof Boolean ? plain : plain.toString());
    }
}
