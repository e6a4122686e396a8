package dev.netwright.processor.pass;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.CrossEntropy;
import dev.netwright.processor.graph.Primitive.ElementLoss;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Writes every layer and loss of a network as primitives; with gradients, for the program that trains. */
public final class Lower {
    private final Graph layers;
    private final Set<String> kept;
    private final boolean training;
    private final Lowering lowering;
    private final Map<Value, Value> lowered = new HashMap<>();
    private final List<Value> upstream = new ArrayList<>();
    private final Map<String, Layer.Forward> forwards = new HashMap<>();
    private final Map<String, Map<String, Value>> parameters = new HashMap<>();

    private Lower(Graph layers, Collection<String> kept, boolean training, int firstValue) {
        this.layers = layers;
        this.kept = Set.copyOf(kept);
        this.training = training;
        this.lowering = new Lowering(training, firstValue);
        for (Parameter parameter : layers.parameters()) {
            parameters
                    .computeIfAbsent(parameter.layer(), layer -> new HashMap<>())
                    .put(parameter.declaration().name(), parameter.value());
        }
    }

    /**
     * The program that evaluates: outputs, and losses without gradients.
     *
     * @param kept names of layers whose output is a value of that name, even where it is that of another layer
     * @param firstValue the first number free for a new value
     */
    public static Graph inference(Graph layers, Collection<String> kept, int firstValue) {
        Lower lower = new Lower(layers, kept, false, firstValue);
        lower.forward();
        return lower.graph(lower.losses(new HashMap<>()));
    }

    /**
     * The program that trains.
     *
     * @param kept as for {@link #inference}
     * @param inputGradient whether the gradients by the inputs are outputs too, after the network's own
     * @param firstValue as for {@link #inference}
     */
    public static Graph training(Graph layers, Collection<String> kept, boolean inputGradient, int firstValue) {
        Lower lower = new Lower(layers, kept, true, firstValue);
        lower.forward();
        Map<Value, Value> seeds = new HashMap<>();
        List<LossTerm> losses = lower.losses(seeds);
        List<Value> inputGradients = new Differentiate(layers, lower.lowering, lower.forwards, lower::parametersOf)
                .run(lower.seedsByLayerValue(seeds), inputGradient);
        Graph graph = lower.graph(losses);
        List<Value> outputs = new ArrayList<>(graph.outputs());
        outputs.addAll(inputGradients);
        return new Graph(
                graph.name(),
                graph.inputs(),
                outputs,
                graph.nodes(),
                graph.parameters(),
                graph.losses(),
                lower.upstream);
    }

    private Function<String, Value> parametersOf(String layer) {
        return name -> parameters.get(layer).get(name);
    }

    private void forward() {
        for (Value input : layers.inputs()) {
            lowered.put(input, input);
        }
        int index = 0;
        for (Node node : layers.nodes()) {
            Layer layer = (Layer) node.operator();
            lowering.enter(node.name(), index++, Phase.FORWARD, parametersOf(node.name()));
            List<Value> inputs = node.inputs().stream().map(lowered::get).toList();
            Value output = layer.forward(lowering, inputs);
            if (kept.contains(node.name()) && inputs.contains(output)) {
                output = lowering.apply(new Primitive.Reshape(), "", output.shape(), true, List.of(output));
            }
            forwards.put(node.name(), new Layer.Forward(inputs, output, lowering.takeSaved()));
            lowered.put(node.output(), output);
        }
    }

    /** Collects, for each lowered output, the gradient its losses give it. */
    private List<LossTerm> losses(Map<Value, Value> seeds) {
        List<LossTerm> terms = new ArrayList<>();
        int index = 0;
        for (LossTerm term : layers.losses()) {
            String name = layers.losses().size() == 1 ? "loss" : "loss" + index;
            lowering.enter(name, index++, Phase.LOSS, parameter -> null);
            Value x = lowered.get(term.input());
            Value target = lowering.external(name + ".target", term.target().shape(), Role.TARGET);
            boolean apart = term.loss().reduction() == Loss.Reduction.NONE;
            Primitive.LossPrimitive primitive = term.loss().primitive();
            Value value = lowering.value("", apart ? term.loss().losses() : Shape.of(), true);
            List<Value> inputs = new ArrayList<>(List.of(x, target));
            tables(primitive)
                    .forEach(table -> inputs.add(lowering.apply(
                            table, ".table", Shape.of(table.values().size()), false, List.of())));
            if (!training) {
                lowering.node(primitive, inputs, List.of(value));
            } else {
                Value gradient = lowering.value(".grad", x.shape(), true);
                lowering.node(primitive, inputs, List.of(value, gradient));
                seeds.merge(term.input(), scaled(term, gradient, value, apart), this::sum);
            }
            terms.add(new LossTerm(term.loss(), x, target, value, term.scale()));
        }
        return terms;
    }

    private Value scaled(LossTerm term, Value gradient, Value value, boolean apart) {
        if (!apart) {
            return gradient; // the kernel multiplies by the scale and the reduction's divisor, known at the step
        }
        lowering.phase(Phase.BACKWARD); // the caller gives it with the backward only
        Value given = upstream(value);
        Value broadcast = gradient.shape().equals(value.shape())
                ? given
                : lowering.reshape(given, withUnitClasses(gradient.shape()));
        return lowering.map(".upstream.grad", arg(0).times(arg(1)), gradient, broadcast);
    }

    /** A gradient that the caller gives. */
    private Value upstream(Value of) {
        Value given = lowering.external(of.name() + ".upstream", of.shape(), Role.TARGET);
        upstream.add(given);
        return given;
    }

    private static Shape withUnitClasses(Shape shape) {
        return shape.with(0, 1);
    }

    private Value sum(Value a, Value b) {
        lowering.phase(Phase.BACKWARD);
        return lowering.map(".sum", arg(0).plus(arg(1)), a, b);
    }

    private static List<Primitive.Table> tables(Primitive.LossPrimitive primitive) {
        if (primitive instanceof ElementLoss loss) {
            return loss.tables();
        }
        List<Float> weights = ((CrossEntropy) primitive).weights();
        return weights.isEmpty() ? List.of() : List.of(new Primitive.Table(weights));
    }

    /** Outputs without a loss get their gradient from the caller, if the network has no loss at all. */
    private Map<Value, Value> seedsByLayerValue(Map<Value, Value> fromLosses) {
        Map<Value, Value> seeds = new HashMap<>(fromLosses);
        if (layers.losses().isEmpty()) {
            for (Value output : layers.outputs()) {
                Value given = upstream(output);
                lowering.enter(output.name(), 0, Phase.BACKWARD, parameter -> null);
                // the output gives the gradient its layout: kernels expect both to be alike
                seeds.put(output, lowering.map(".grad", arg(0), given, lowered.get(output)));
            }
        }
        return seeds;
    }

    private Graph graph(List<LossTerm> losses) {
        List<Value> outputs = layers.outputs().stream().map(lowered::get).toList();
        List<Node> nodes = new ArrayList<>(lowering.nodes());
        nodes.sort(java.util.Comparator.comparing(Node::phase)); // stable: only statistics move, to the end
        return new Graph(layers.name(), layers.inputs(), outputs, nodes, layers.parameters(), losses, upstream);
    }
}
