package dev.netwright.processor.declared;

import dev.netwright.processor.declared.AnnotationReader.Found;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the inputs of a network: those of {@code @Input}, or the single one of {@code @Network}. */
final class InputReader {
    /** Dimensions of a sequence at most: steps and features. */
    private static final int OF_STEPS = 2;

    private final TypeElement type;
    private final Elements elements;
    private final ProblemReport report;

    InputReader(TypeElement type, Elements elements, ProblemReport report) {
        this.type = type;
        this.elements = elements;
        this.report = report;
    }

    List<DeclaredInput> read(Found network, List<Found> annotations) {
        List<Found> named = annotations.stream()
                .filter(found -> found.name().equals(AnnotationNames.INPUT))
                .toList();
        if (named.isEmpty()) {
            boolean left = !network.attributes().isWritten("input")
                    && !network.attributes().isWritten("type");
            return left ? List.of() : checked(network, List.of(implicit(network)));
        }
        if (network.attributes().isWritten("input")) {
            report.add(
                    Problem.TWO_INPUTS,
                    network.origin().attribute("input"),
                    type.getSimpleName(),
                    named.get(0).attributes().written().get("name"));
        }
        if (network.attributes().isWritten("type")) {
            report.add(
                    Problem.INPUT_TYPE,
                    network.origin().attribute("type"),
                    type.getSimpleName(),
                    network.attributes().text("type"),
                    named.get(0).attributes().written().get("name"));
        }
        return checked(
                network,
                named(named.stream()
                        .filter(found -> found.attributes().isWritten("name"))
                        .toList()));
    }

    /** Where gradients by the inputs are asked for, each must have one. */
    private List<DeclaredInput> checked(Found network, List<DeclaredInput> inputs) {
        for (DeclaredInput input : inputs) {
            if (input.type() != ElementType.FLOAT32 && network.attributes().flag("inputGradient")) {
                report.add(
                        Problem.INTEGER_GRADIENT,
                        network.origin().attribute("inputGradient"),
                        input.name(),
                        input.type());
            }
        }
        return inputs;
    }

    private DeclaredInput implicit(Found network) {
        if (!network.attributes().isWritten("input")
                || network.attributes().integers("input").isEmpty()) {
            Origin origin = network.origin().attribute("input");
            if (network.complete()) {
                report.add(Problem.NO_INPUT, origin, type.getSimpleName());
            }
            return new DeclaredInput(DeclaredInput.IMPLICIT, null, typeOf(network), origin);
        }
        return input(DeclaredInput.IMPLICIT, network, "input");
    }

    private List<DeclaredInput> named(List<Found> annotations) {
        List<DeclaredInput> inputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Found found : annotations) {
            String name = found.attributes().text("name");
            if (!isIdentifier(name)) {
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

    /** Characters that javac ignores in identifiers would make two names one. */
    private static boolean isIdentifier(String name) {
        return SourceVersion.isName(name)
                && !name.contains(".")
                && name.codePoints().noneMatch(Character::isIdentifierIgnorable);
    }

    private DeclaredInput input(String name, Found found, String attribute) {
        Origin origin = found.origin().attribute(attribute);
        boolean open = !found.attributes().isWritten(attribute)
                && !found.attributes().unknown().contains(attribute);
        if (open || !found.complete()) {
            return new DeclaredInput(name, null, typeOf(found), origin);
        }
        List<Integer> sizes = found.attributes().integers(attribute);
        boolean positive = true;
        for (int i = 0; i < sizes.size(); i++) {
            if (sizes.get(i) < 1) {
                report.add(
                        Problem.INPUT_SIZE,
                        found.origin().attribute(attribute, i),
                        name,
                        NamedSizes.text(sizes.get(i)),
                        sizes.size() > OF_STEPS ? "" : ofSteps());
                positive = false;
            }
        }
        return new DeclaredInput(name, positive ? new Shape(sizes) : null, typeOf(found), origin);
    }

    /** What to write for a number of steps that is not fixed, where a layer goes over steps. */
    private String ofSteps() {
        return ElementFilter.fieldsIn(elements.getAllMembers(type)).stream()
                .flatMap(field -> field.getAnnotationMirrors().stream())
                .map(annotation -> annotation.getAnnotationType().asElement())
                .filter(annotation -> ElementFilter.methodsIn(annotation.getEnclosedElements()).stream()
                        .anyMatch(method -> method.getSimpleName().contentEquals(AnnotationNames.LENGTHS)))
                .findFirst()
                .map(annotation -> " Of samples of several lengths it is the longest one's, and @"
                        + annotation.getSimpleName()
                        + "(lengths = \"length\") names an input of ints that tells how many steps each has.")
                .orElse("");
    }

    private static ElementType typeOf(Found found) {
        return ElementType.valueOf(found.attributes().text("type"));
    }
}
