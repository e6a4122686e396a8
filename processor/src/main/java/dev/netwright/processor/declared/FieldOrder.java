package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.CompilerVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * The fields of a class in the order in which they were declared. Of a source every compiler gives them so, and javac of a
 * class file too; others sort them, so that what was generated beside the class tells.
 */
final class FieldOrder {
    private final Elements elements;
    private final SourceTypes sources;
    private final boolean javac;

    FieldOrder(Elements elements, SourceTypes sources, boolean javac) {
        this.elements = elements;
        this.sources = sources;
        this.javac = javac;
    }

    boolean isSource(TypeElement type) {
        return sources.contains(type);
    }

    /**
     * @param type with the fields
     * @param owner what the companion is of: the type itself or, of a block's body, the block
     * @param use where it is told if they are not known
     */
    List<VariableElement> of(TypeElement type, TypeElement owner, Origin use, ProblemReport report) {
        List<VariableElement> fields = ElementFilter.fieldsIn(type.getEnclosedElements());
        if (isSource(owner)) {
            return fields;
        }
        String packageName = elements.getPackageOf(owner).getQualifiedName().toString();
        String name = Companion.qualifiedName(owner, packageName);
        TypeElement companion = elements.getTypeElement(elements.getModuleOf(owner), name);
        if (companion == null) {
            companion = elements.getTypeElement(name);
        }
        if (companion == null) {
            if (!javac) {
                report.add(Problem.ORDER, use, owner.getSimpleName());
            }
            return fields;
        }
        String version = constant(companion, "VERSION");
        if (!CompilerVersion.VERSION.equals(version)) {
            report.add(Problem.OTHER_VERSION, use, owner.getSimpleName(), version, CompilerVersion.VERSION);
            return fields;
        }
        return ordered(fields, order(companion), owner, use, report);
    }

    private static List<VariableElement> ordered(
            List<VariableElement> fields, String order, TypeElement owner, Origin use, ProblemReport report) {
        Map<String, Integer> places = new HashMap<>();
        for (String name : order.split(",")) {
            places.put(name, places.size());
        }
        List<VariableElement> known = fields.stream()
                .filter(field -> places.containsKey(field.getSimpleName().toString()))
                .sorted(Comparator.comparingInt(
                        field -> places.get(field.getSimpleName().toString())))
                .toList();
        if (known.size() != places.size() && !order.isEmpty()) {
            report.add(Problem.STALE_ORDER, use, owner.getSimpleName());
        }
        return known;
    }

    /** Long ones are in several constants. */
    private static String order(TypeElement companion) {
        List<String> parts = new ArrayList<>();
        for (String part = constant(companion, "ORDER");
                !part.isEmpty();
                part = constant(companion, "ORDER" + parts.size())) {
            parts.add(part);
        }
        return String.join(",", parts);
    }

    private static String constant(TypeElement companion, String name) {
        for (Element field : ElementFilter.fieldsIn(companion.getEnclosedElements())) {
            if (field.getSimpleName().contentEquals(name)) {
                return String.valueOf(((VariableElement) field).getConstantValue());
            }
        }
        return "";
    }
}
