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
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

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
        return lower.graph(lower.losses(new HashMap<>()), List.of(), Set.of());
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
        Differentiate differentiate = new Differentiate(network, lower.lowering, lower.forwards);
        List<Value> inputGradients = differentiate.run(lower.seedsByLayerValue(seeds));
        return lower.graph(losses, inputGradients, differentiate.differentiated());
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
            Layer.Forward left = lowering.left(node.layer(), inputs, output);
            forwards.add(left);
            lowered.put(node.output(), output);
            for (int i = 0; i < left.further().size(); i++) {
                lowered.put(node.further().get(i), left.further().get(i));
            }
        }
    }

    /** Collects, for each lowered output, the gradient its losses give it. */
    private List<LossTerm> losses(Map<Value, Value> seeds) {
        List<LossTerm> terms = new ArrayList<>();
        for (LossTerm term : network.losses()) {
            String name = network.losses().size() == 1 ? "loss" : "loss" + terms.size();
            lowering.enter(name, Phase.LOSS);
            List<Value> inputs = term.inputs().stream().map(lowered::get).toList();
            Value target = term.target() == null
                    ? null
                    : lowering.external(name + ".target", term.target().shape(), Role.TARGET);
            List<Value> weights = term.loss().runTimeWeights().stream()
                    .map(each ->
                            lowering.externalWhole(name + '.' + each.kind().method(), each.shape(), Role.LOSS_WEIGHTS))
                    .toList();
            Value factor = training ? lowering.externalWhole(name + ".factor", Shape.of(), Role.FACTOR) : null;
            Loss.Terms written = term.loss().lower(lowering, new Loss.Judged(inputs, target, weights, factor));
            Value value = term.loss().isApart() ? written.losses() : total(written.losses());
            List<Value> gradients = term.loss().isApart() && training
                    ? scaled(written.gradients(), upstream(value))
                    : written.gradients();
            for (int i = 0; i < gradients.size(); i++) {
                Value gradient = unstretched(gradients.get(i), inputs.get(i).shape());
                seeds.merge(term.inputs().get(i), gradient, this::sum);
            }
            terms.add(new LossTerm(term.loss(), inputs, target, weights, value, factor, term.scale()));
        }
        return terms;
    }

    private Value total(Value losses) {
        List<Integer> all = IntStream.range(0, losses.shape().rank()).boxed().toList();
        return losses.shape().elements() == 1
                ? losses
                : lowering.reduce("", Primitive.Reduce.Kind.SUM, arg(0), all, losses);
    }

    /** Gradients of losses that stay apart; the caller gives what they are multiplied by with the backward only. */
    private List<Value> scaled(List<Value> gradients, Value given) {
        lowering.phase(Phase.BACKWARD);
        return gradients.stream()
                .map(gradient -> lowering.map(".upstream.grad", arg(0).times(arg(1)), gradient, given))
                .toList();
    }

    /** The sum over what met one element of an input that is smaller than the losses. */
    private Value unstretched(Value gradient, Shape input) {
        List<Integer> stretched = IntStream.range(0, input.rank())
                .filter(d -> input.size(d) != gradient.shape().size(d))
                .boxed()
                .toList();
        return stretched.isEmpty()
                ? gradient
                : lowering.reduce(".stretched.grad", Primitive.Reduce.Kind.SUM, arg(0), stretched, gradient);
    }

    /** A gradient that the caller gives. */
    private Value upstream(Value of) {
        Value given = lowering.external(of.name() + ".upstream", of.shape(), Role.TARGET);
        upstream.add(given);
        return given;
    }

    private Value sum(Value a, Value b) {
        lowering.phase(Phase.BACKWARD);
        return lowering.map(".sum", arg(0).plus(arg(1)), a, b);
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

    private int leastSamples() {
        return network.layers().stream()
                .mapToInt(node -> node.layer().leastSamples(training && !node.evaluates()))
                .max()
                .orElse(1);
    }

    private Graph graph(List<LossTerm> losses, List<Value> inputGradients, Set<Value> differentiated) {
        List<Value> outputs = network.outputs().stream().map(lowered::get).toList();
        List<LayerOutput> layers = network.layers().stream()
                .map(node -> new LayerOutput(
                        node.id(), lowered.get(node.output()), node.kept(), differentiated.contains(node.output())))
                .toList();
        List<Node> nodes = new ArrayList<>(lowering.nodes());
        nodes.sort(Comparator.comparing(Node::phase)); // stable: only statistics move, to the end
        return new Graph(
                network.name(),
                new Graph.Given(network.inputs(), network.parameters(), upstream),
                nodes,
                new Graph.Results(outputs, inputGradients, losses, layers),
                network.exact(),
                leastSamples());
    }
}
