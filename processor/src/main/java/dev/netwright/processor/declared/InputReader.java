package dev.netwright.processor.declared;

import dev.netwright.processor.declared.AnnotationReader.Found;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Reads the inputs of a network: those of {@code @Input}, or the single one of {@code @Network}. */
final class InputReader {
    private final TypeElement type;
    private final ProblemReport report;

    InputReader(TypeElement type, ProblemReport report) {
        this.type = type;
        this.report = report;
    }

    List<DeclaredInput> read(Found network, List<Found> annotations) {
        List<Found> named = annotations.stream()
                .filter(found -> found.name().equals(AnnotationNames.INPUT))
                .toList();
        if (named.isEmpty()) {
            return List.of(implicit(network));
        }
        if (network.attributes().isWritten("input")) {
            report.add(
                    Problem.TWO_INPUTS,
                    network.origin().attribute("input"),
                    type.getSimpleName(),
                    named.get(0).attributes().written().get("name"));
        }
        checkType(network);
        return named(named.stream().filter(Found::complete).toList());
    }

    private DeclaredInput implicit(Found network) {
        checkType(network);
        if (!network.attributes().isWritten("input")
                || network.attributes().integers("input").isEmpty()) {
            Origin origin = network.origin().attribute("input");
            report.add(Problem.NO_INPUT, origin, type.getSimpleName());
            return new DeclaredInput(DeclaredInput.IMPLICIT, null, origin);
        }
        return input(DeclaredInput.IMPLICIT, network, "input");
    }

    private List<DeclaredInput> named(List<Found> annotations) {
        List<DeclaredInput> inputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Found found : annotations) {
            checkType(found);
            String name = found.attributes().text("name");
            if (!SourceVersion.isName(name) || name.contains(".")) {
                report.add(Problem.INPUT_NAME, found.origin().attribute("name"), name, DeclaredInput.IMPLICIT);
            }
            if (!names.add(name)) {
                report.add(Problem.DUPLICATE_INPUT, found.origin().attribute("name"), type.getSimpleName(), name);
            } else {
                inputs.add(input(name, found, "shape"));
            }
        }
        return inputs;
    }

    private DeclaredInput input(String name, Found found, String attribute) {
        List<Integer> sizes = found.attributes().integers(attribute);
        for (int i = 0; i < sizes.size(); i++) {
            if (sizes.get(i) < 1) {
                report.add(Problem.INPUT_SIZE, found.origin().attribute(attribute, i), name, sizes.get(i));
                return new DeclaredInput(name, null, found.origin().attribute(attribute));
            }
        }
        return new DeclaredInput(name, new Shape(sizes), found.origin().attribute(attribute));
    }

    private void checkType(Found found) {
        Attributes attributes = found.attributes();
        if (attributes.isWritten("type")
                && !attributes
                        .written()
                        .get("type")
                        .equals(attributes.defaults().get("type"))) {
            report.add(
                    Problem.UNSUPPORTED,
                    found.origin().attribute("type"),
                    "An input of type " + attributes.text("type"),
                    "Leave type out and give the input as float[].");
        }
    }
}
