package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import dev.netwright.processor.graph.layer.Layers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the graph of layers. A layer that cannot be built has no value; of those that depend on it, only what does not
 * rest on shapes is checked, and all others are checked as ever.
 */
public final class NetworkBuilder {
    /** The input of a layer behind one that is wrong. */
    private static final Shape STAND_IN = Shape.of(64, 64, 64);

    private final DeclaredNetwork network;
    private final ProblemReport report;
    private final Wiring wiring;
    private final InitRules inits;

    /** By name; null for an input or layer that is wrong or depends on one that is. */
    private final Map<String, Value> values = new LinkedHashMap<>();

    private final List<Node> nodes = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private int nextValue;
    private long parameterElements;

    private NetworkBuilder(DeclaredNetwork network, ProblemReport report) {
        this.network = network;
        this.report = report;
        this.wiring = new Wiring(network, report);
        this.inits = new InitRules(network, report);
    }

    /** The graph, or nothing if something is wrong, be it found here or before, by us or by the Java compiler. */
    public static Optional<Graph> build(DeclaredNetwork network, ProblemReport report) {
        Graph graph = new NetworkBuilder(network, report).graph();
        boolean complete = graph.inputs().size() == network.inputs().size()
                && graph.nodes().size() == network.layers().size()
                && graph.losses().size() == network.losses().size();
        return complete && report.isClean() ? Optional.of(graph) : Optional.empty();
    }

    private Graph graph() {
        new LimitCheck(network, report).check();
        new KeyCheck(report).check(network.layers());
        network.inputs().forEach(this::addInput);
        List<List<String>> sources = wiring.sources();
        for (int i = 0; i < network.layers().size(); i++) {
            DeclaredLayer layer = network.layers().get(i);
            values.putIfAbsent(layer.fieldName(), build(layer, sources.get(i)));
        }
        inits.reportUnused(nodes.size() == network.layers().size());
        List<String> outputs = wiring.outputs();
        // what is missing may mark the outputs
        List<LossTerm> losses = report.has(Problem.MISSING_TYPE)
                ? List.of()
                : new LossBuilder(network, report, this::wording)
                        .build(outputs, values, (name, shape) -> value(name, shape, true, Role.TARGET));
        return new Graph(network.simpleName(), inputs(), present(outputs), nodes, parameters, losses);
    }

    private void addInput(DeclaredInput input) {
        boolean usable = input.shape() != null && fits(input.name(), input.shape(), input.origin());
        values.put(input.name(), usable ? input(input) : null);
    }

    private Value input(DeclaredInput input) {
        return new Value(nextValue++, input.name(), input.shape(), true, Role.INPUT, input.type());
    }

    private List<Value> inputs() {
        return present(network.inputs().stream().map(DeclaredInput::name).toList());
    }

    private List<Value> present(List<String> names) {
        return names.stream()
                .filter(name -> values.get(name) != null)
                .map(values::get)
                .toList();
    }

    /** @param sources names of its inputs, or null if these are not known */
    private Value build(DeclaredLayer declared, List<String> sources) {
        Layers.Factory factory = factory(declared);
        if (factory == null) {
            return null;
        }
        List<Value> inputs = sources == null ? List.of() : present(sources);
        List<Shape> shapes = inputs.stream().map(Value::shape).toList();
        boolean known = sources != null && inputs.size() == sources.size();
        Maker<Layer> maker = new Maker<>(
                known ? attributes -> factory.create(attributes, shapes) : null,
                attributes -> factory.create(attributes, List.of(STAND_IN)));
        try {
            return maker.make(
                            declared.attributes(),
                            e -> report.add(
                                    e.problem(),
                                    declared.origin().attribute(e.attribute()),
                                    wording(
                                            new AxisOrder(nodes).suspect(e, declared.attributes(), inputs),
                                            declared.fieldName(),
                                            inputs)))
                    .map(layer -> layer.reading(inputs))
                    .filter(layer -> fits(declared, layer))
                    .map(layer -> add(declared, layer, inputs))
                    .orElse(null);
        } catch (ArithmeticException e) {
            report.add(Problem.TOO_LARGE, declared.origin(), "the output of " + declared.fieldName());
            return null;
        }
    }

    private Layers.Factory factory(DeclaredLayer declared) {
        if (declared.annotation() == null) {
            return null;
        }
        Layers.Factory factory = Layers.factory(declared.annotation());
        if (factory == null) {
            report.add(
                    Problem.UNSUPPORTED,
                    declared.origin(),
                    "The layer @" + declared.annotation(),
                    "Use another layer.");
        }
        return factory;
    }

    private Value add(DeclaredLayer declared, Layer layer, List<Value> inputs) {
        for (ParameterDeclaration parameter : inits.redrawn(declared, layer.parameters())) {
            parameterElements += parameter.shape().elements();
            String key = declared.key() + "." + parameter.name();
            Role role = parameter.kind() == Kind.PARAMETER ? Role.PARAMETER : Role.BUFFER;
            parameters.add(
                    new Parameter(key, declared.fieldName(), parameter, value(key, parameter.shape(), false, role)));
        }
        if (parameterElements > Integer.MAX_VALUE) {
            report.add(
                    Problem.TOO_LARGE,
                    declared.origin(),
                    "the parameters up to " + declared.fieldName() + " have " + parameterElements + " elements");
            return null;
        }
        Value output = value(declared.fieldName(), layer.output(), true, Role.ACTIVATION);
        nodes.add(new Node(declared.fieldName(), layer, inputs, List.of(output), Node.Phase.FORWARD));
        return output;
    }

    private Value value(String name, Shape shape, boolean batched, Role role) {
        return new Value(nextValue++, name, shape, batched, role);
    }

    private boolean fits(DeclaredLayer declared, Layer layer) {
        return fits(declared.fieldName(), layer.output(), declared.origin())
                && layer.parameters().stream()
                        .allMatch(parameter -> fits(
                                "the " + parameter.name() + " of " + declared.fieldName(),
                                parameter.shape(),
                                declared.origin()));
    }

    private boolean fits(String name, Shape shape, Origin origin) {
        long elements = 1;
        for (int size : shape.sizes()) {
            elements *= size;
            if (elements > Integer.MAX_VALUE) {
                report.add(Problem.TOO_LARGE, origin, name + " has the shape " + shape);
                return false;
            }
        }
        return true;
    }

    private String wording(LayerException exception, String subject, List<Value> inputs) {
        return new ShapeTrace(nodes).wording(exception, subject, inputs);
    }
}
