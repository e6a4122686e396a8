package dev.netwright.processor.declared;

import dev.netwright.processor.declared.AnnotationReader.Found;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Reals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic.Kind;

/** Reads classes annotated as networks, and blocks. No later stage sees an element. */
public final class ElementReader {
    private final Elements elements;
    private final UnresolvedAnnotations unresolved;
    private final FieldOrder order;

    public ElementReader(Elements elements, UnresolvedAnnotations unresolved, SourceTypes sources) {
        this.elements = elements;
        this.unresolved = unresolved;
        this.order = new FieldOrder(elements, sources, unresolved.isOfJavac());
    }

    public static boolean isNetwork(TypeElement type) {
        return AnnotationReader.network(type).isPresent();
    }

    /**
     * Reads a class. What is wrong goes to the report, types that do not exist (yet) too; fields that are wrong stay in
     * the result as layers without an annotation, so that what depends on them is known.
     *
     * @return nothing where the class as a whole cannot be a network, or is not known well enough
     */
    public Optional<DeclaredNetwork> read(TypeElement type, ProblemReport report) {
        MissingTypes missing = new MissingTypes(elements, report, unresolved);
        checkTypeParameters(type, report);
        if (type.getKind() != ElementKind.CLASS) {
            report.add(Problem.NETWORK_KIND, network(type), type.getSimpleName(), kindOf(type));
            return Optional.empty();
        }
        boolean inheritsKnown = new Superclasses(report, missing).check(type, network(type));
        Optional<TypeElement> parent = Superclasses.network(type);
        Optional<DeclaredNetwork> inherited = parent.flatMap(each -> parent(type, each, report));
        if (!inheritsKnown || parent.isPresent() != inherited.isPresent()) {
            return Optional.empty();
        }
        List<Found> annotations = new AnnotationReader(missing).read(type);
        Found network = named(annotations, AnnotationNames.NETWORK_NAME).orElseThrow();
        if (missing.hides(type) && !network.attributes().isWritten("input")) {
            // what is missing may declare the inputs, which everything else rests on
            return Optional.empty();
        }
        List<DeclaredInput> inputs = new InputReader(type, elements, report).read(network, annotations);
        List<DeclaredLayer> layers = layers(type, inherited.isPresent(), report, missing);
        String packageName = elements.getPackageOf(type).getQualifiedName().toString();
        Optional<DeclaredPatterns> removed =
                named(annotations, AnnotationNames.REMOVE).map(ElementReader::patterns);
        return Optional.of(new DeclaredNetwork(
                elements.getModuleOf(type).getQualifiedName().toString(),
                packageName,
                type.getSimpleName().toString(),
                Companion.stem(type) + "Model",
                inherited.orElse(null),
                inputs,
                layers,
                losses(annotations, report),
                removed.orElse(null),
                named(annotations, AnnotationNames.FROZEN)
                        .map(ElementReader::patterns)
                        .orElse(null),
                named(annotations, AnnotationNames.WEIGHTS)
                        .flatMap(ElementReader::weights)
                        .orElse(null),
                named(annotations, AnnotationNames.BUDGET)
                        .map(ElementReader::budget)
                        .orElse(null),
                DeclaredInit.in(annotations),
                new DeclaredNetwork.Options(
                        network.attributes().flag("inputGradient"),
                        network.attributes().text("precision").equals("EXACT"),
                        type.getModifiers().contains(Modifier.ABSTRACT),
                        AnnotationReader.suppressed(type)),
                Companion.of(
                        type,
                        packageName,
                        layers,
                        removed.map(DeclaredPatterns::values).toString()),
                Origin.of(type)));
    }

    /**
     * Reads what a network extends. Mistakes in a class that is compiled along with it are told there.
     *
     * @return nothing where it cannot be extended
     */
    private Optional<DeclaredNetwork> parent(TypeElement type, TypeElement parent, ProblemReport report) {
        ProblemReport ofParent = new ProblemReport();
        Optional<DeclaredNetwork> read = read(parent, ofParent);
        boolean source = order.isSource(parent);
        for (ProblemReport.Entry entry : ofParent.entries()) {
            if (entry.problem() == Problem.MISSING_TYPE
                    || !source && entry.problem().kind() == Kind.ERROR) {
                report.relay(entry, network(type));
            }
        }
        List<String> hidden = ElementFilter.fieldsIn(parent.getEnclosedElements()).stream()
                .filter(field -> field.getModifiers().contains(Modifier.PRIVATE) && AnnotationReader.concerns(field))
                .map(field -> field.getSimpleName().toString())
                .toList();
        if (!hidden.isEmpty()) {
            report.add(
                    Problem.PRIVATE_LAYERS,
                    network(type),
                    type.getSimpleName(),
                    parent.getSimpleName(),
                    SimilarNames.list(hidden));
        }
        return ofParent.isClean() && hidden.isEmpty() ? read : Optional.empty();
    }

    /** Reads a block for itself: what is wrong with its body. */
    public Optional<DeclaredBlock> readBlock(TypeElement block, ProblemReport report) {
        return new BlockReader(elements, order, unresolved).declared(block, report);
    }

    private List<DeclaredLayer> layers(TypeElement type, boolean inherits, ProblemReport report, MissingTypes missing) {
        List<DeclaredLayer> layers = new ArrayList<>();
        LayerReader reader = new LayerReader(report, missing, new BlockReader(elements, order, unresolved));
        List<VariableElement> fields = order.of(type, type, network(type), report);
        fields.forEach(field -> reader.read(field).ifPresent(layers::add));
        Optional<VariableElement> unknown = fields.stream()
                .filter(field -> field.asType().getKind() == TypeKind.ERROR)
                .findFirst();
        if (layers.isEmpty() && unknown.isPresent()) {
            missing.report(Origin.of(unknown.get()), unknown.get().asType());
        } else if (layers.isEmpty() && !inherits) {
            report.add(Problem.NO_LAYERS, Origin.of(type), type.getSimpleName());
        }
        return layers;
    }

    private static Optional<Found> named(List<Found> annotations, String name) {
        return annotations.stream().filter(found -> found.name().equals(name)).findFirst();
    }

    private static DeclaredPatterns patterns(Found found) {
        Attributes attributes = found.attributes();
        List<String> values = attributes.isWritten("value") ? attributes.texts("value") : List.of();
        boolean evaluation = found.name().equals(AnnotationNames.FROZEN)
                && found.attributes().flag("evaluation");
        return new DeclaredPatterns(values, evaluation, found.origin());
    }

    /** Nothing where javac could not read the name, which has been reported. */
    private static Optional<DeclaredWeights> weights(Found found) {
        return found.complete()
                ? Optional.of(new DeclaredWeights(
                        found.attributes().text("value"),
                        found.attributes().isWritten("entry")
                                ? found.attributes().text("entry")
                                : null,
                        found.attributes().flag("strict"),
                        found.origin()))
                : Optional.empty();
    }

    private static DeclaredBudget budget(Found found) {
        Map<String, Long> limits = new LinkedHashMap<>();
        for (String limit :
                List.of("parameters", "flops", "fileBytes", "inferenceBytes", "trainingBytes", "latencyMicros")) {
            if (found.attributes().isWritten(limit)) {
                limits.put(limit, ((Number) found.attributes().value(limit)).longValue());
            }
        }
        return new DeclaredBudget(
                limits, found.attributes().integer("batch"), found.attributes().flag("fails"), found.origin());
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

    private static String kindOf(TypeElement type) {
        return switch (type.getKind()) {
            case INTERFACE -> "an interface";
            case ENUM -> "an enum";
            case RECORD -> "a record";
            default -> "an annotation";
        };
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
        List<String> of =
                found.attributes().isWritten("of") ? found.attributes().texts("of") : List.of();
        boolean own = found.name().equals(AnnotationNames.OWN_DISTANCE);
        return new DeclaredLoss(
                found.name(),
                own ? OperatorReader.attributes(found, "distance") : found.attributes(),
                of,
                scale,
                found.origin());
    }
}
