package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Tells of a network's types that do not exist, each once, as what is missing is missing everywhere. What of ours was
 * perhaps meant is told with it.
 */
final class MissingTypes {
    private final Elements elements;
    private final ProblemReport report;
    private final UnresolvedAnnotations unresolved;
    /** By the class they are in. */
    private final Map<Element, Map<Element, List<String>>> annotations = new HashMap<>();

    private final Set<String> told = new HashSet<>();

    MissingTypes(Elements elements, ProblemReport report, UnresolvedAnnotations unresolved) {
        this.elements = elements;
        this.report = report;
        this.unresolved = unresolved;
    }

    /** Whether a type that is not the layers' own has its name. */
    static boolean isNamedLayer(TypeMirror type) {
        return simple(type.toString()).equals(AnnotationNames.LAYER_NAME);
    }

    /** Whether it has annotations that no type is known for, and so may be annotated in any way. */
    boolean hides(Element element) {
        return !unresolved(element).isEmpty();
    }

    /** Whether one of these has the name of one of ours. */
    boolean hidesOurs(Element element) {
        return unresolved(element).stream().anyMatch(name -> isOurs(simple(name)));
    }

    void reportAnnotations(Element element) {
        for (String name : unresolved(element)) {
            report(Origin.of(element), "annotation @" + simple(name), "@", simple(name));
        }
    }

    /** Reports what was perhaps meant to make a class a network; whether there is such an annotation. */
    boolean reportNetwork(TypeElement type) {
        List<String> network = List.of(AnnotationNames.NETWORK_NAME);
        for (String name : unresolved(type)) {
            if (SimilarNames.nearest(simple(name), network).isPresent()) {
                report(Origin.of(type), "annotation @" + simple(name), "@", simple(name));
                return true;
            }
        }
        return false;
    }

    void report(Origin origin, TypeMirror type) {
        report(origin, "type " + simple(type.toString()), "", simple(type.toString()));
    }

    void reportValue(Origin origin, String attribute) {
        add(origin, "the value of " + attribute + " cannot be read", "Import what it names, or correct it.");
    }

    private void report(Origin origin, String what, String sign, String name) {
        if (!told.add(what)) {
            return;
        }
        if (isOurs(name)) {
            add(origin, "the " + what + " is not imported", "Write import " + AnnotationNames.PACKAGE + name + ";");
        } else {
            String fix = SimilarNames.nearest(name, known(sign.isEmpty()))
                    .map(near -> "Did you mean " + sign + near + "?")
                    .orElse("Import it, or correct its name.");
            add(origin, "the " + what + " does not exist", fix);
        }
    }

    private void add(Origin origin, String reason, String fix) {
        report.add(Problem.MISSING_TYPE, origin, origin.element().getSimpleName(), reason, fix);
    }

    private List<String> unresolved(Element element) {
        Element type = element instanceof TypeElement ? element : element.getEnclosingElement();
        return annotations
                .computeIfAbsent(type, any -> unresolved.in((TypeElement) type))
                .getOrDefault(element, List.of());
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private boolean isOurs(String name) {
        return elements.getTypeElement(AnnotationNames.PACKAGE + name) != null;
    }

    /** Our annotations, or the types of fields. */
    private List<String> known(boolean fields) {
        if (fields) {
            return List.of(AnnotationNames.LAYER_NAME);
        }
        TypeElement network = elements.getTypeElement(AnnotationNames.NETWORK);
        return ElementFilter.typesIn(elements.getPackageOf(network).getEnclosedElements()).stream()
                .filter(type -> type.getKind() == ElementKind.ANNOTATION_TYPE)
                .map(type -> type.getSimpleName().toString())
                .toList();
    }
}
