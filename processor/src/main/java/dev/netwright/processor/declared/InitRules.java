package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import dev.netwright.processor.graph.InitMethod;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Initial;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Layers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which parameters are drawn anew, and how. The rule on the field decides; else one of the nearest class that has any
 * for the parameter: there, one that names the layer before one for all. Each rule is told about once.
 */
final class InitRules {
    /** Attributes that say what a rule is, and for what. */
    static final Set<String> OF_EVERY_METHOD = Set.of("value", "parameter", "layers");

    private final DeclaredNetwork network;
    private final ProblemReport report;

    /** What the attributes of each rule say; nothing where they are wrong, which has been reported. */
    private final Map<DeclaredInit, Optional<Function<Shape, Initial>>> rules = new HashMap<>();

    private final Set<DeclaredInit> told = new HashSet<>();

    /** Names of the parameters there are, by layer annotation. */
    private final Map<String, Set<String>> parameters = new LinkedHashMap<>();

    InitRules(DeclaredNetwork network, ProblemReport report) {
        this.network = network;
        this.report = report;
        network.inits().stream().flatMap(List::stream).forEach(this::checkLayers);
        Stream<DeclaredInit> onFields = network.layers().stream().flatMap(layer -> layer.inits().stream());
        Stream.concat(network.inits().stream().flatMap(List::stream), onFields)
                .forEach(init -> rules.put(init, rule(init)));
    }

    /** The declarations of a layer's parameters and buffers, with the rules for them. */
    List<ParameterDeclaration> redrawn(DeclaredLayer layer, List<ParameterDeclaration> declarations) {
        Set<String> names = declarations.stream()
                .filter(declaration -> declaration.kind() == Kind.PARAMETER)
                .map(ParameterDeclaration::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        parameters
                .computeIfAbsent(layer.annotation(), any -> new LinkedHashSet<>())
                .addAll(names);
        layer.inits().forEach(init -> checkField(init, layer, names));
        return declarations.stream()
                .map(declaration -> names.contains(declaration.name()) ? redrawn(layer, declaration) : declaration)
                .toList();
    }

    private ParameterDeclaration redrawn(DeclaredLayer layer, ParameterDeclaration declaration) {
        DeclaredInit init = decisive(layer, declaration.name());
        if (init == null || rules.get(init).isEmpty()) {
            return declaration;
        }
        InitMethod method = InitMethod.valueOf(init.method());
        if (!method.takes(declaration.shape())) {
            tell(
                    init,
                    Problem.INIT_SHAPE,
                    init.method(),
                    method.needs(),
                    declaration.name(),
                    layer.fieldName(),
                    declaration.shape(),
                    layer.inits().contains(init) || init.namesLayers()
                            ? "Write a method for any shape, such as InitMethod.NORMAL."
                            : "Name the layers it is for, such as layers = Conv2d.class.");
            return declaration;
        }
        try {
            return declaration.redrawn(rules.get(init).get().apply(declaration.shape()));
        } catch (LayerException e) {
            tell(init, e);
            return declaration;
        }
    }

    /** The rule for a parameter, or null. */
    private DeclaredInit decisive(DeclaredLayer layer, String parameter) {
        for (List<DeclaredInit> level : Stream.concat(Stream.of(layer.inits()), network.inits().stream())
                .toList()) {
            List<DeclaredInit> all = level.stream()
                    .filter(init -> init.parameter().equals(parameter) && init.isFor(layer.annotation()))
                    .toList();
            List<DeclaredInit> naming =
                    all.stream().filter(DeclaredInit::namesLayers).toList();
            List<DeclaredInit> found = naming.isEmpty() ? all : naming;
            if (found.size() > 1) {
                tell(
                        found.get(1),
                        Problem.INIT_TWICE,
                        parameter,
                        layer.fieldName(),
                        layer.inits().contains(found.get(1))
                                ? "Remove one."
                                : "Remove one, or write in layers what each is for.");
            }
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        return null;
    }

    private Optional<Function<Shape, Initial>> rule(DeclaredInit init) {
        InitMethod method = InitMethod.valueOf(init.method());
        Set<String> others = new HashSet<>(init.attributes().written().keySet());
        others.removeAll(OF_EVERY_METHOD);
        method.attributes().forEach(others::remove);
        if (!others.isEmpty()) {
            String other = others.stream().sorted().findFirst().orElseThrow();
            String fix = method.attributes().isEmpty()
                    ? "It takes none: remove " + other + "."
                    : "It takes " + String.join(", ", method.attributes()) + ": remove " + other + ".";
            told.add(init);
            report.add(Problem.INIT_ATTRIBUTE, init.origin().attribute(other), init.method(), other, fix);
            return Optional.empty();
        }
        if (method == InitMethod.CONSTANT && !init.attributes().isWritten("constant")) {
            tell(init, Problem.INIT_CONSTANT);
            return Optional.empty();
        }
        try {
            return Optional.of(method.rule(init.attributes()));
        } catch (LayerException e) {
            tell(init, e);
            return Optional.empty();
        }
    }

    private void checkField(DeclaredInit init, DeclaredLayer layer, Set<String> names) {
        if (init.namesLayers() && told.add(init)) {
            report.add(Problem.INIT_FIELD, init.origin().attribute("layers"), layer.fieldName());
        } else if (!names.contains(init.parameter()) && told.add(init)) {
            String fix =
                    names.isEmpty() ? "It has none: remove @Init." : SimilarNames.suggestion(init.parameter(), names);
            report.add(
                    Problem.INIT_PARAMETER,
                    init.origin().attribute("parameter"),
                    init.parameter(),
                    layer.fieldName() + " does not have",
                    fix);
        }
    }

    /** Each of the named classes has to be a layer's, and the network has to have one of them. */
    private void checkLayers(DeclaredInit init) {
        for (int i = 0; i < init.layers().size(); i++) {
            String name = init.layers().get(i);
            if (!Layers.names().contains(name) && told.add(init)) {
                report.add(
                        Problem.INIT_LAYERS,
                        init.origin().attribute("layers", i),
                        name.substring(name.lastIndexOf('.') + 1) + ".class",
                        "that is no layer",
                        "Write the classes of layer annotations, such as Conv2d.class.");
            }
        }
        // a layer without an annotation may be meant to be one of them
        boolean none = network.layers().stream()
                .noneMatch(layer -> layer.annotation() == null || init.isFor(layer.annotation()));
        if (init.namesLayers() && none && told.add(init)) {
            List<String> annotations = network.layers().stream()
                    .map(DeclaredLayer::annotation)
                    .distinct()
                    .toList();
            report.add(
                    Problem.INIT_LAYERS,
                    init.origin().attribute("layers"),
                    text(init.layers()),
                    network.simpleName() + " has none",
                    "Remove it, or name one of its layers: " + SimilarNames.list(annotations) + ".");
        }
    }

    /**
     * Reports rules on the class for parameters that there are not; one that others hide is none of these.
     *
     * @param complete whether all layers are known
     */
    void reportUnused(boolean complete) {
        for (DeclaredInit init : network.inits().stream().flatMap(List::stream).toList()) {
            Set<String> names = new LinkedHashSet<>();
            parameters.forEach((annotation, own) -> names.addAll(init.isFor(annotation) ? own : Set.of()));
            if (complete && !names.contains(init.parameter()) && told.add(init)) {
                String layers = init.namesLayers() ? text(init.layers()) : "layer";
                report.add(
                        Problem.INIT_PARAMETER,
                        init.origin().attribute("parameter"),
                        init.parameter(),
                        "no " + layers + " of " + network.simpleName() + " has",
                        names.isEmpty() ? "Remove @Init." : SimilarNames.suggestion(init.parameter(), names));
            }
        }
    }

    private static String text(List<String> layers) {
        return layers.stream().map(name -> "@" + name).collect(Collectors.joining(" or "));
    }

    private void tell(DeclaredInit init, LayerException e) {
        if (told.add(init)) {
            report.add(
                    e.problem(),
                    init.origin().attribute(e.attribute()),
                    e.getMessage().replace("%s", "@Init") + ". " + e.fix());
        }
    }

    private void tell(DeclaredInit init, Problem problem, Object... arguments) {
        if (told.add(init)) {
            report.add(problem, init.origin(), arguments);
        }
    }
}
