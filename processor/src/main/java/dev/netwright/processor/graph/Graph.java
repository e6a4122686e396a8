package dev.netwright.processor.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One of a network's programs: primitives in an order in which they can run. Nothing about it changes. */
public final class Graph {
    private final String name;
    private final Given given;
    private final List<Node> nodes;
    private final Results results;
    private final boolean exact;
    private final int leastSamples;
    private final List<Decision> decisions;
    /** Made when it is first asked for. */
    private GraphIndex index;

    /**
     * @param name the network's simple name
     * @param given what the program reads and does not compute
     * @param nodes in topological order
     * @param results what is read of it
     * @param exact whether every convolution is computed directly
     * @param leastSamples how many samples it needs at once
     */
    public Graph(String name, Given given, List<Node> nodes, Results results, boolean exact, int leastSamples) {
        this(name, given, nodes, results, exact, leastSamples, List.of());
    }

    private Graph(
            String name,
            Given given,
            List<Node> nodes,
            Results results,
            boolean exact,
            int leastSamples,
            List<Decision> decisions) {
        this.name = name;
        this.given = given;
        this.nodes = List.copyOf(nodes);
        this.results = results;
        this.exact = exact;
        this.leastSamples = leastSamples;
        this.decisions = List.copyOf(decisions);
    }

    /**
     * What a program reads and does not compute, besides the targets of its losses.
     *
     * @param inputs what the caller gives, in declared order
     * @param parameters every parameter and buffer of the network, in state-dict order
     * @param upstream gradients that the caller gives to the backward, in order, used or not
     */
    public record Given(List<Value> inputs, List<Parameter> parameters, List<Value> upstream) {
        public Given {
            inputs = List.copyOf(inputs);
            parameters = List.copyOf(parameters);
            upstream = List.copyOf(upstream);
        }
    }

    /**
     * What is read of a program when it has run.
     *
     * @param outputs what the caller gets, in declared order
     * @param inputGradients the gradients by the inputs, in declared order, if they are computed
     * @param losses in declared order
     * @param layers what the layers' outputs became, in the layers' order
     */
    public record Results(
            List<Value> outputs, List<Value> inputGradients, List<LossTerm> losses, List<LayerOutput> layers) {
        public Results {
            outputs = List.copyOf(outputs);
            inputGradients = List.copyOf(inputGradients);
            losses = List.copyOf(losses);
            layers = List.copyOf(layers);
        }
    }

    /**
     * A parameter or buffer of the network.
     *
     * @param key in the state dict, such as {@code conv1.weight}
     * @param declaration as its layer declares it
     * @param value how nodes refer to it
     * @param trained whether it has a gradient
     */
    public record Parameter(String key, ParameterDeclaration declaration, Value value, boolean trained) {}

    /**
     * One of the losses whose weighted sum is trained.
     *
     * @param loss the operator
     * @param inputs the outputs it judges, in the order of its annotation
     * @param target what they are judged by; null where there is none
     * @param weights those that the model holds; none in a network's own term
     * @param value the loss of each sample; null in a network's own term
     * @param factor what its gradients are multiplied by; null in a network's own term, and where there are none
     * @param scale its weight in the sum
     */
    public record LossTerm(
            Loss loss, List<Value> inputs, Value target, List<Value> weights, Value value, Value factor, float scale) {
        public LossTerm {
            inputs = List.copyOf(inputs);
            weights = List.copyOf(weights);
        }

        /** A network's own. */
        public LossTerm(Loss loss, List<Value> inputs, Value target, float scale) {
            this(loss, inputs, target, List.of(), null, null, scale);
        }
    }

    /**
     * What a layer's output became.
     *
     * @param layer the layer's number
     * @param value which; nothing may be left of it where nobody reads it
     * @param kept whether its last value can be asked for, so that it is computed and stays as it is
     * @param differentiated whether the gradient by it is computed
     */
    public record LayerOutput(int layer, Value value, boolean kept, boolean differentiated) {}

    public String name() {
        return name;
    }

    public List<Value> inputs() {
        return given.inputs();
    }

    public List<Value> outputs() {
        return results.outputs();
    }

    public List<Value> inputGradients() {
        return results.inputGradients();
    }

    public List<Node> nodes() {
        return nodes;
    }

    public List<Parameter> parameters() {
        return given.parameters();
    }

    public List<LossTerm> losses() {
        return results.losses();
    }

    public List<Value> upstream() {
        return given.upstream();
    }

    public List<LayerOutput> layers() {
        return results.layers();
    }

    public boolean exact() {
        return exact;
    }

    public int leastSamples() {
        return leastSamples;
    }

    /** What the passes before chose, in their order. */
    public List<Decision> decisions() {
        return decisions;
    }

    /** The values that are read when the program has run. */
    public Set<Value> read() {
        Set<Value> read = new LinkedHashSet<>(outputs());
        read.addAll(inputGradients());
        losses().forEach(loss -> read.add(loss.value()));
        layers().stream().filter(LayerOutput::kept).map(LayerOutput::value).forEach(read::add);
        return read;
    }

    /** The node that computes a value, or null for what is given. */
    public Node producer(Value value) {
        return index().producer(value);
    }

    /** The nodes that read a value, each once, in order. */
    public List<Node> consumers(Value value) {
        return index().consumers(value);
    }

    /**
     * What the forward product with a weight takes: its layout decides the order of the features, in gradients too. Empty
     * where nobody reads that product, though it has a gradient: where all of it is dropped.
     */
    public Optional<Value> productInput(Value weight) {
        return consumers(weight).stream()
                .filter(node -> Primitive.Fused.anchor(node) instanceof Primitive.Product
                        && node.inputs().get(1).equals(weight))
                .findFirst()
                .map(node -> node.inputs().get(0));
    }

    /** One more than the highest number of a value. */
    public int nextValue() {
        return index().nextValue();
    }

    public Graph withNodes(List<Node> newNodes) {
        return new Graph(name, given, newNodes, results, exact, leastSamples, decisions);
    }

    /** With what was chosen besides. */
    public Graph with(List<Decision> further) {
        List<Decision> all = new ArrayList<>(decisions);
        all.addAll(further);
        return new Graph(name, given, nodes, results, exact, leastSamples, all);
    }

    private GraphIndex index() {
        if (index == null) {
            index = new GraphIndex(this);
        }
        return index;
    }
}
