package dev.netwright.processor.pass;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LayerOutput;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.CrossEntropy;
import dev.netwright.processor.graph.Primitive.ElementLoss;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes every layer and loss of a network as primitives; with gradients, for the program that trains. */
public final class Lower {
    private final Network network;
    private final boolean training;
    private final Lowering lowering;
    private final Map<Value, Value> lowered = new HashMap<>();
    private final List<Value> upstream = new ArrayList<>();
    /** By the layer's number. */
    private final List<Layer.Forward> forwards = new ArrayList<>();

    private Lower(Network network, boolean training, int firstValue) {
        this.network = network;
        this.training = training;
        this.lowering = new Lowering(training, firstValue, network.parameters());
    }

    /**
     * The program that evaluates: outputs, and losses without gradients.
     *
     * @param firstValue the first number free for a new value
     */
    public static Graph inference(Network network, int firstValue) {
        Lower lower = new Lower(network, false, firstValue);
        lower.forward();
        return lower.graph(lower.losses(new HashMap<>()), List.of());
    }

    /**
     * The program that trains.
     *
     * @param firstValue the first number free for a new value
     */
    public static Graph training(Network network, int firstValue) {
        Lower lower = new Lower(network, true, firstValue);
        lower.forward();
        Map<Value, Value> seeds = new HashMap<>();
        List<LossTerm> losses = lower.losses(seeds);
        List<Value> inputGradients =
                new Differentiate(network, lower.lowering, lower.forwards).run(lower.seedsByLayerValue(seeds));
        return lower.graph(losses, inputGradients);
    }

    private void forward() {
        for (Value input : network.inputs()) {
            lowered.put(input, input);
        }
        for (LayerNode node : network.layers()) {
            lowering.enter(node, Phase.FORWARD);
            List<Value> inputs = node.inputs().stream().map(lowered::get).toList();
            Value output = node.layer().forward(lowering, inputs);
            if (node.kept() && inputs.contains(output)) {
                // what is asked for is a value of the layer's own, even where the layer changes nothing
                output = lowering.apply(new Primitive.Reshape(), "", output.shape(), true, List.of(output));
            }
            forwards.add(new Layer.Forward(inputs, output, lowering.takeSaved()));
            lowered.put(node.output(), output);
        }
    }

    /** Collects, for each lowered output, the gradient its losses give it. */
    private List<LossTerm> losses(Map<Value, Value> seeds) {
        List<LossTerm> terms = new ArrayList<>();
        for (LossTerm term : network.losses()) {
            String name = network.losses().size() == 1 ? "loss" : "loss" + terms.size();
            lowering.enter(name, Phase.LOSS);
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
        if (network.losses().isEmpty()) {
            for (Value output : network.outputs()) {
                Value given = upstream(output);
                lowering.enter(output.name(), Phase.BACKWARD);
                // the output gives the gradient its layout: kernels expect both to be alike
                seeds.put(output, lowering.map(".grad", arg(0), given, lowered.get(output)));
            }
        }
        return seeds;
    }

    private Graph graph(List<LossTerm> losses, List<Value> inputGradients) {
        List<Value> outputs = network.outputs().stream().map(lowered::get).toList();
        List<LayerOutput> layers = network.layers().stream()
                .map(node -> new LayerOutput(node.id(), lowered.get(node.output()), node.kept()))
                .toList();
        List<Node> nodes = new ArrayList<>(lowering.nodes());
        nodes.sort(Comparator.comparing(Node::phase)); // stable: only statistics move, to the end
        return new Graph(
                network.name(),
                new Graph.Given(network.inputs(), network.parameters(), upstream),
                nodes,
                new Graph.Results(outputs, inputGradients, losses, layers),
                network.exact());
    }
}
