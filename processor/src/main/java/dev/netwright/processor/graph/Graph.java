package dev.netwright.processor.graph;

import java.util.List;

/**
 * A network, or one of its programs: nodes in an order in which they can run.
 *
 * @param name the network's simple name
 * @param inputs what the caller gives, in declared order
 * @param outputs what the caller gets, in declared order
 * @param nodes in topological order
 * @param parameters every parameter and buffer, in state-dict order
 * @param losses in declared order
 * @param upstream gradients that the caller gives to the backward, in order, used or not
 */
public record Graph(
        String name,
        List<Value> inputs,
        List<Value> outputs,
        List<Node> nodes,
        List<Parameter> parameters,
        List<LossTerm> losses,
        List<Value> upstream) {
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

    public Graph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        parameters = List.copyOf(parameters);
        losses = List.copyOf(losses);
        upstream = List.copyOf(upstream);
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

    /** What the forward product with a weight takes: its layout decides the order of the features, in gradients too. */
    public Value productInput(Value weight) {
        return nodes.stream()
                .filter(node -> Primitive.Fused.anchor(node) instanceof Primitive.Product
                        && node.inputs().get(1).equals(weight))
                .findFirst()
                .orElseThrow()
                .inputs()
                .get(0);
    }

    public Graph withNodes(List<Node> newNodes) {
        return new Graph(name, inputs, outputs, newNodes, parameters, losses, upstream);
    }
}
