package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Graph.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer in its place in a network.
 *
 * @param id its number within the network, in declared order from 0 on; whatever is told of a layer in a later stage is
 *     told by it
 * @param name for people: the field's name, behind those of the blocks it is in
 * @param key its name in the state dict
 * @param layer what it computes
 * @param inputs in the layer's order
 * @param parameters in the order in which the layer declares them; another layer may have the same
 * @param output its result
 * @param further what it gives besides, in the layer's order
 * @param kept whether its last output can be asked for
 * @param shared whether its parameters are those of a layer before it
 * @param declaration its annotation as it was written, for people; with the block's arguments where it is in one
 * @param evaluates whether it computes as in evaluation in the program that trains, too
 */
public record LayerNode(
        int id,
        String name,
        String key,
        Layer layer,
        List<Value> inputs,
        List<Parameter> parameters,
        Value output,
        List<Value> further,
        boolean kept,
        boolean shared,
        String declaration,
        boolean evaluates) {
    /** A layer with parameters of its own. */
    public LayerNode(
            int id,
            String name,
            String key,
            Layer layer,
            List<Value> inputs,
            List<Parameter> parameters,
            Value output,
            boolean kept) {
        this(id, name, key, layer, inputs, parameters, output, List.of(), kept, false, "", false);
    }

    public LayerNode {
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
        further = List.copyOf(further);
    }

    /** Its result, and what it gives besides. */
    public List<Value> outputs() {
        List<Value> outputs = new ArrayList<>(List.of(output));
        outputs.addAll(further);
        return outputs;
    }

    public LayerNode asKept() {
        return new LayerNode(
                id, name, key, layer, inputs, parameters, output, further, true, shared, declaration, evaluates);
    }

    /** The value of the parameter or buffer that the layer declares under this name. */
    public Value parameter(String declared) {
        return parameters.stream()
                .filter(parameter -> parameter.declaration().name().equals(declared))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
