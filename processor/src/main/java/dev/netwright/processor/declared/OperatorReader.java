package dev.netwright.processor.declared;

import dev.netwright.processor.declared.AnnotationReader.Found;
import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.OperatorClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Reads the class that an operator of the user's is in. */
final class OperatorReader {
    private static final Set<String> METHODS =
            Set.of(OperatorClass.FORWARD, OperatorClass.BACKWARD, OperatorClass.OUTPUT_SHAPE);

    private OperatorReader() {}

    /**
     * The annotation's attributes, with what its class has in the place of its name.
     *
     * @param name of the attribute that is a class
     */
    static Attributes attributes(Found found, String name) {
        Attributes attributes = found.attributes();
        if (!attributes.isWritten(name)) {
            return attributes;
        }
        Map<String, Object> written = new HashMap<>(attributes.written());
        written.put(
                name, read((TypeMirror) found.origin().attribute(name).value().getValue()));
        return new Attributes(written, attributes.defaults(), attributes.unknown());
    }

    private static OperatorClass read(TypeMirror mirror) {
        if (mirror.getKind() != TypeKind.DECLARED) {
            return new OperatorClass("", List.of(mirror.toString()), mirror + " has no methods", List.of());
        }
        TypeElement type = (TypeElement) ((DeclaredType) mirror).asElement();
        List<String> names = new ArrayList<>();
        String hidden = "";
        Element each = type;
        while (each.getKind() != ElementKind.PACKAGE) {
            names.add(0, each.getSimpleName().toString());
            if (!each.getModifiers().contains(Modifier.PUBLIC)) {
                hidden = each.getSimpleName() + " is not public";
            }
            each = each.getEnclosingElement();
        }
        List<String> methods = ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method -> METHODS.contains(method.getSimpleName().toString()))
                .map(OperatorReader::text)
                .sorted()
                .toList();
        return new OperatorClass(((PackageElement) each).getQualifiedName().toString(), names, hidden, methods);
    }

    private static String text(ExecutableElement method) {
        String modifiers = List.of(Modifier.PUBLIC, Modifier.PROTECTED, Modifier.PRIVATE, Modifier.STATIC).stream()
                .filter(method.getModifiers()::contains)
                .map(modifier -> modifier + " ")
                .collect(Collectors.joining());
        String parameters = method.getParameters().stream()
                .map(parameter -> parameter.asType().toString())
                .collect(Collectors.joining(", ", "(", ")"));
        String thrown = method.getThrownTypes().isEmpty()
                ? ""
                : " throws "
                        + method.getThrownTypes().stream().map(Object::toString).collect(Collectors.joining(", "));
        return modifiers + method.getReturnType() + " " + method.getSimpleName() + parameters + thrown;
    }
}
