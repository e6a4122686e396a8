package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredInit;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredNetwork;
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
public final class InitRules {
    /** Attributes that say what a rule is, and for what. */
    public static final Set<String> OF_EVERY_METHOD = Set.of("value", "parameter", "layers");

    private final String network;
    /** On classes, the nearest first. */
    private final List<List<DeclaredInit>> levels;

    private final List<DeclaredInit> own;
    private final ProblemReport report;

    /** What the attributes of each rule say; nothing where they are wrong, which has been reported. */
    private final Map<DeclaredInit, Optional<Function<Shape, Initial>>> rules = new HashMap<>();

    private final Set<DeclaredInit> told = new HashSet<>();

    /** Names of the parameters there are, by layer annotation. */
    private final Map<String, Set<String>> parameters = new LinkedHashMap<>();

    /** @param levels those on classes, the nearest first; of what is wrong with inherited ones their classes tell */
    InitRules(DeclaredNetwork network, List<List<DeclaredInit>> levels, ProblemReport report) {
        this.network = network.simpleName();
        this.levels = levels;
        this.own = network.inits();
        this.report = report;
        levels.stream()
                .flatMap(List::stream)
                .filter(init -> !own.contains(init))
                .forEach(told::add);
        own.forEach(this::checkLayers);
        levels.stream().flatMap(List::stream).forEach(this::known);
        network.layers().stream().flatMap(layer -> layer.inits().stream()).forEach(this::known);
    }

    private Optional<Function<Shape, Initial>> known(DeclaredInit init) {
        return rules.computeIfAbsent(init, this::rule);
    }

    /** The declarations of a layer's parameters and buffers, with the rules for them. */
    List<ParameterDeclaration> redrawn(PlacedLayer placed, List<ParameterDeclaration> declarations) {
        DeclaredLayer layer = placed.declared();
        Set<String> names = declarations.stream()
                .filter(declaration -> declaration.kind() == Kind.PARAMETER)
                .map(ParameterDeclaration::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        parameters
                .computeIfAbsent(layer.annotation(), any -> new LinkedHashSet<>())
                .addAll(names);
        layer.inits().forEach(init -> checkField(init, layer, names));
        return declarations.stream()
                .map(declaration -> names.contains(declaration.name())
                        ? redrawn(placed, declaration.added(turn(placed.since())))
                        : declaration)
                .toList();
    }

    /** When a class draws what it adds: the first ancestor's turn is 0. */
    private int turn(int distance) {
        return levels.size() - 1 - distance;
    }

    private ParameterDeclaration redrawn(PlacedLayer placed, ParameterDeclaration declaration) {
        DeclaredLayer layer = placed.declared();
        DeclaredInit init = decisive(placed, declaration.name());
        if (init == null || known(init).isEmpty()) {
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
            Initial by = known(init).get().apply(declaration.shape());
            return declaration.redrawn(by, turn(layer.inits().contains(init) ? placed.distance() : distance(init)));
        } catch (LayerException e) {
            tell(init, e);
            return declaration;
        }
    }

    /** Of the class that has the rule. */
    private int distance(DeclaredInit init) {
        int distance = 0;
        while (!levels.get(distance).contains(init)) {
            distance++;
        }
        return distance;
    }

    /**
     * The rule for a parameter, or null. Those of a class are for the layers that it has: what a class that extends it
     * adds starts as ever, as what is added to a network of PyTorch's.
     */
    private DeclaredInit decisive(PlacedLayer placed, String parameter) {
        DeclaredLayer layer = placed.declared();
        for (List<DeclaredInit> level : Stream.concat(
                        Stream.of(layer.inits()), levels.stream().limit(placed.distance() + 1L))
                .toList()) {
            List<DeclaredInit> all = level.stream()
                    .filter(init -> isFor(init, parameter, layer) && init.isFor(layer.annotation()))
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

    /** A parameter by itself has no name, which need not be said where a rule is for it alone. */
    private static boolean isFor(DeclaredInit init, String parameter, DeclaredLayer layer) {
        boolean alone = layer.inits().contains(init) || init.namesLayers();
        return init.parameter().equals(parameter)
                || parameter.isEmpty() && alone && !init.attributes().isWritten("parameter");
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
        } else if (names.stream().noneMatch(name -> isFor(init, name, layer)) && told.add(init)) {
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

    /** Each of the named classes has to be a layer's. */
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
    }

    /**
     * Reports rules on the class for parameters that there are not; one that others hide is none of these.
     *
     * @param complete whether all layers are known
     */
    void reportUnused(boolean complete) {
        for (DeclaredInit init : complete ? own : List.<DeclaredInit>of()) {
            Set<String> names = new LinkedHashSet<>();
            parameters.forEach((annotation, known) -> names.addAll(init.isFor(annotation) ? known : Set.of()));
            boolean none = parameters.keySet().stream().noneMatch(init::isFor);
            if (init.namesLayers() && none && told.add(init)) {
                report.add(
                        Problem.INIT_LAYERS,
                        init.origin().attribute("layers"),
                        text(init.layers()),
                        network + " has none",
                        "Remove it, or name one of its layers: " + SimilarNames.list(parameters.keySet()) + ".");
            } else if (!isUsed(init, names) && told.add(init)) {
                String layers = init.namesLayers() ? text(init.layers()) : "layer";
                report.add(
                        Problem.INIT_PARAMETER,
                        init.origin().attribute("parameter"),
                        init.parameter(),
                        "no " + layers + " of " + network + " has",
                        names.isEmpty() ? "Remove @Init." : SimilarNames.suggestion(init.parameter(), names));
            }
        }
    }

    private static boolean isUsed(DeclaredInit init, Set<String> names) {
        boolean unnamed = init.namesLayers() && !init.attributes().isWritten("parameter");
        return names.contains(init.parameter()) || unnamed && names.contains("");
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
