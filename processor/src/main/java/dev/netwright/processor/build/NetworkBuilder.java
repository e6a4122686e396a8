package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredInput;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Builds networks of what was declared, and tells all that is wrong with it. */
public final class NetworkBuilder {
    private final DeclaredNetwork declared;
    private final ProblemReport report;
    private final Inheritance.Whole whole;
    private final NetworkParts parts;
    private final BodyBuilder body;

    private NetworkBuilder(DeclaredNetwork declared, ProblemReport report) {
        this.declared = declared;
        this.report = report;
        this.whole = Inheritance.of(declared, report);
        this.parts = new NetworkParts(new Frozen(whole.frozen()), new InitRules(declared, whole.inits(), report));
        this.body = new BodyBuilder(parts, Arguments.NONE, "");
    }

    /**
     * The network. Nothing if something is wrong, be it found here or before, by us or by the Java compiler; nor if it is
     * only to be extended, as it leaves its input to others.
     */
    public static Optional<Network> build(DeclaredNetwork declared, ProblemReport report) {
        return new NetworkBuilder(declared, report).build();
    }

    private Optional<Network> build() {
        new LimitCheck(declared, whole, report).check();
        whole.inputs().forEach(this::addInput);
        body.build(whole.layers(), null);
        parts.keys().check();
        Map<String, Value> outputs = outputs();
        // what is missing may mark the outputs
        boolean judged = !report.has(Problem.MISSING_TYPE);
        List<LossTerm> losses = judged
                ? new LossBuilder(declared, whole, report, this::wording)
                        .build(outputs, body.scope(), (name, shape) -> parts.value(name, shape, true, Role.TARGET))
                : List.of();
        List<Value> inputs = whole.inputs().stream()
                .map(input -> body.scope().get(input.name()).values().get(0))
                .filter(Objects::nonNull)
                .toList();
        List<Value> values = outputs.values().stream().filter(Objects::nonNull).toList();
        boolean complete = inputs.size() == whole.inputs().size()
                && body.members().size() == whole.layers().size()
                && losses.size() == whole.losses().size();
        parts.inits().reportUnused(body.members().size() == whole.layers().size());
        if (complete) {
            checkFrozen();
        }
        return complete && report.isClean()
                ? Optional.of(new Network(
                        declared.simpleName(),
                        inputs,
                        values,
                        parts.layers(),
                        body.members(),
                        parts.parameters(),
                        losses,
                        declared.options().inputGradient(),
                        declared.options().exact()))
                : Optional.empty();
    }

    private void addInput(DeclaredInput input) {
        Shape shape = input.shape() == null && LengthInputs.tells(whole, input.name()) ? Shape.of(1) : input.shape();
        boolean usable = shape != null && LayerBuilder.fits(input.name(), shape, input.origin(), Site.own(report));
        body.input(
                input.name(),
                usable ? new Value(parts.nextValue(), input.name(), shape, true, Role.INPUT, input.type()) : null);
    }

    /** The marked ones, or the last layer; by name, null where they are wrong. */
    private Map<String, Value> outputs() {
        Map<String, Value> outputs = new LinkedHashMap<>();
        List<PlacedLayer> layers = whole.layers();
        if (whole.outputs().isEmpty() && !layers.isEmpty()) {
            output(layers.get(layers.size() - 1), outputs);
        }
        layers.stream()
                .filter(layer -> whole.outputs().contains(layer.name()))
                .forEach(layer -> output(layer, outputs));
        return outputs;
    }

    private void output(PlacedLayer layer, Map<String, Value> outputs) {
        Scope.Item item = body.scope().get(layer.name());
        if (item == null) {
            return;
        }
        boolean several = item.outputs().size() > 1;
        item.outputs().forEach((name, value) -> outputs.put(several ? layer.name() + "." + name : layer.name(), value));
    }

    private void checkFrozen() {
        List<String> keys = parts.parameters().stream()
                .filter(parameter -> parameter.declaration().kind() == Kind.PARAMETER)
                .map(Parameter::key)
                .toList();
        for (int index : parts.frozen().unused()) {
            String pattern = whole.frozen().values().get(index);
            Origin origin = declared.frozen() == null
                    ? declared.origin()
                    : whole.frozen().origin().attribute("value", index);
            List<String> buffers = parts.frozen().buffers(index);
            String suggestion = SimilarNames.suggestion(pattern, keys);
            if (buffers.isEmpty()) {
                report.add(Problem.FROZEN, origin, declared.simpleName(), pattern, suggestion);
            } else {
                String what = SimilarNames.list(buffers);
                report.add(Problem.FROZEN_BUFFERS, origin, pattern, declared.simpleName(), what, suggestion);
            }
        }
    }

    private String wording(LayerException exception, String subject, List<Value> inputs) {
        return new ShapeTrace(parts.layers()).wording(exception, subject, inputs);
    }
}
