package dev.netwright.processor.declared;

import dev.netwright.processor.declared.AnnotationReader.Found;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Reals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads a class annotated as a network. No later stage sees an element. */
public final class ElementReader {
    private final Elements elements;
    private final UnresolvedAnnotations unresolved;

    public ElementReader(Elements elements, UnresolvedAnnotations unresolved) {
        this.elements = elements;
        this.unresolved = unresolved;
    }

    /**
     * Reads a class. What is wrong goes to the report, types that do not exist (yet) too; fields that are wrong stay in
     * the result as layers without an annotation, so that what depends on them is known.
     *
     * @return nothing where the class as a whole cannot be a network, or is not known well enough
     */
    public Optional<DeclaredNetwork> read(TypeElement type, ProblemReport report) {
        MissingTypes missing = new MissingTypes(elements, report, unresolved.in(type));
        checkTypeParameters(type, report);
        if (!isNetworkClass(type, report, missing)) {
            return Optional.empty();
        }
        List<Found> annotations = new AnnotationReader(missing).read(type);
        Found network = annotations.stream()
                .filter(found -> found.name().equals(AnnotationNames.NETWORK_NAME))
                .findFirst()
                .orElseThrow();
        if (missing.hides(type) && !network.attributes().isWritten("input")) {
            // what is missing may declare the inputs, which everything else rests on
            return Optional.empty();
        }
        List<DeclaredInput> inputs = new InputReader(type, report).read(network, annotations);
        List<DeclaredLayer> layers = layers(type, report, missing);
        return Optional.of(new DeclaredNetwork(
                elements.getModuleOf(type).getQualifiedName().toString(),
                elements.getPackageOf(type).getQualifiedName().toString(),
                type.getSimpleName().toString(),
                generatedName(type),
                inputs,
                layers,
                losses(annotations, report),
                List.of(DeclaredInit.in(annotations)),
                new DeclaredNetwork.Options(
                        network.attributes().flag("inputGradient"),
                        network.attributes().text("precision").equals("EXACT"),
                        AnnotationReader.suppressed(type)),
                Origin.of(type)));
    }

    private static List<DeclaredLayer> layers(TypeElement type, ProblemReport report, MissingTypes missing) {
        List<DeclaredLayer> layers = new ArrayList<>();
        LayerReader reader = new LayerReader(report, missing);
        List<VariableElement> fields = ElementFilter.fieldsIn(type.getEnclosedElements());
        fields.forEach(field -> reader.read(field).ifPresent(layers::add));
        Optional<VariableElement> unknown = fields.stream()
                .filter(field -> field.asType().getKind() == TypeKind.ERROR)
                .findFirst();
        if (layers.isEmpty() && unknown.isPresent()) {
            missing.report(Origin.of(unknown.get()), unknown.get().asType());
        } else if (layers.isEmpty()) {
            report.add(Problem.NO_LAYERS, Origin.of(type), type.getSimpleName());
        }
        return layers;
    }

    private static Origin network(TypeElement type) {
        return AnnotationReader.network(type).map(Origin.of(type)::in).orElseThrow();
    }

    private static void checkTypeParameters(TypeElement type, ProblemReport report) {
        if (!type.getTypeParameters().isEmpty()) {
            String parameters =
                    type.getTypeParameters().stream().map(Element::toString).collect(Collectors.joining(", "));
            report.add(Problem.TYPE_PARAMETERS, network(type), type.getSimpleName(), parameters);
        }
    }

    private static boolean isNetworkClass(TypeElement type, ProblemReport report, MissingTypes missing) {
        if (type.getKind() != ElementKind.CLASS) {
            report.add(Problem.NETWORK_KIND, network(type), type.getSimpleName(), kindOf(type));
            return false;
        }
        return new Superclasses(report, missing).check(type, network(type));
    }

    private static String kindOf(TypeElement type) {
        return switch (type.getKind()) {
            case INTERFACE -> "an interface";
            case ENUM -> "an enum";
            case RECORD -> "a record";
            default -> "an annotation";
        };
    }

    private static String generatedName(TypeElement type) {
        StringBuilder name = new StringBuilder(type.getSimpleName());
        for (Element outer = type.getEnclosingElement();
                outer.getKind() != ElementKind.PACKAGE;
                outer = outer.getEnclosingElement()) {
            name.insert(0, outer.getSimpleName() + "_");
        }
        return name + "Model";
    }

    private static List<DeclaredLoss> losses(List<Found> annotations, ProblemReport report) {
        List<DeclaredLoss> losses = new ArrayList<>();
        for (Found found : annotations) {
            if (!AnnotationNames.ON_CLASSES.contains(found.name())) {
                losses.add(loss(found, report));
            }
        }
        return losses;
    }

    private static double scale(Found found, ProblemReport report) {
        double scale = Reals.any(found.attributes(), "scale");
        if (!Reals.isFinite(scale)) {
            report.add(Problem.LOSS_SCALE, found.origin().attribute("scale"), found.name(), Reals.text(scale));
        }
        return scale;
    }

    private static DeclaredLoss loss(Found found, ProblemReport report) {
        double scale = scale(found, report);
        String of = found.attributes().isWritten("of") ? found.attributes().text("of") : null;
        return new DeclaredLoss(found.name(), found.attributes(), of, scale, found.origin());
    }
}
