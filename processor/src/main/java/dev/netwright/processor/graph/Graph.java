package dev.netwright.processor.graph;

import java.util.List;

/** A network, or one of its programs: nodes in an order in which they can run. Nothing about it changes. */
public final class Graph {
    private final String name;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final List<Node> nodes;
    private final List<Parameter> parameters;
    private final List<LossTerm> losses;
    private final List<Value> upstream;
    /** Made when it is first asked for. */
    private GraphIndex index;

    /**
     * @param name the network's simple name
     * @param inputs what the caller gives, in declared order
     * @param outputs what the caller gets, in declared order
     * @param nodes in topological order
     * @param parameters every parameter and buffer, in state-dict order
     * @param losses in declared order
     * @param upstream gradients that the caller gives to the backward, in order, used or not
     */
    public Graph(
            String name,
            List<Value> inputs,
            List<Value> outputs,
            List<Node> nodes,
            List<Parameter> parameters,
            List<LossTerm> losses,
            List<Value> upstream) {
        this.name = name;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.nodes = List.copyOf(nodes);
        this.parameters = List.copyOf(parameters);
        this.losses = List.copyOf(losses);
        this.upstream = List.copyOf(upstream);
    }

    /** A graph that is given no gradients. */
    public Graph(
            String name,
            List<Value> inputs,
            List<Value> outputs,
            List<Node> nodes,
            List<Parameter> parameters,
            List<LossTerm> losses) {
        this(name, inputs, outputs, nodes, parameters, losses, List.of());
    }

    /**
     * A parameter or buffer of the network.
     *
     * @param key in the state dict, such as {@code conv1.weight}
     * @param layer the owner's field name
     * @param declaration as its layer declares it
     * @param value how nodes refer to it
     */
    public record Parameter(String key, String layer, ParameterDeclaration declaration, Value value) {}

    /**
     * One of the losses whose weighted sum is trained.
     *
     * @param loss the operator
     * @param input the output it judges
     * @param target what it is judged by
     * @param value the loss of each sample; null in a graph of layers
     * @param scale its weight in the sum
     */
    public record LossTerm(Loss loss, Value input, Value target, Value value, float scale) {}

    public String name() {
        return name;
    }

    public List<Value> inputs() {
        return inputs;
    }

    public List<Value> outputs() {
        return outputs;
    }

    public List<Node> nodes() {
        return nodes;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public List<LossTerm> losses() {
        return losses;
    }

    public List<Value> upstream() {
        return upstream;
    }

    /** The node that computes a value, or null for what is given. */
    public Node producer(Value value) {
        return index().producer(value);
    }

    /** The nodes that read a value, each once, in order. */
    public List<Node> consumers(Value value) {
        return index().consumers(value);
    }

    /** The parameter or buffer with this key. */
    public Parameter parameter(String key) {
        return index().parameter(key);
    }

    /** What the forward product with a weight takes: its layout decides the order of the features, in gradients too. */
    public Value productInput(Value weight) {
        return consumers(weight).stream()
                .filter(node -> Primitive.Fused.anchor(node) instanceof Primitive.Product
                        && node.inputs().get(1).equals(weight))
                .findFirst()
                .orElseThrow()
                .inputs()
                .get(0);
    }

    /** One more than the highest number of a value. */
    public int nextValue() {
        return index().nextValue();
    }

    public Graph withNodes(List<Node> newNodes) {
        return new Graph(name, inputs, outputs, newNodes, parameters, losses, upstream);
    }

    private GraphIndex index() {
        if (index == null) {
            index = new GraphIndex(this);
        }
        return index;
    }
}
