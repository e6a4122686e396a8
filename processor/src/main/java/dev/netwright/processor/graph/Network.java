package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Graph.Parameter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A network as declared, complete and free of errors: its layers in an order in which they can run, and all that later
 * stages have to know of what was asked for.
 *
 * @param name the declared class's simple name
 * @param inputs what the caller gives, in declared order
 * @param outputs what the caller gets, in declared order
 * @param layers in declared order; each reads inputs and layers before it
 * @param members what the declaration's fields are, in declared order
 * @param parameters every parameter and buffer once, in state-dict order
 * @param losses in declared order
 * @param inputGradient whether gradients by the inputs are computed too
 * @param exact whether every convolution is computed directly
 */
public record Network(
        String name,
        List<Value> inputs,
        List<Value> outputs,
        List<LayerNode> layers,
        List<Member> members,
        List<Parameter> parameters,
        List<LossTerm> losses,
        boolean inputGradient,
        boolean exact) {
    public Network {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        layers = List.copyOf(layers);
        members = List.copyOf(members);
        parameters = List.copyOf(parameters);
        losses = List.copyOf(losses);
    }

    /** One more than the highest number of a value. */
    public int nextValue() {
        return 1
                + Stream.of(
                                inputs.stream(),
                                layers.stream().map(LayerNode::outputs).flatMap(List::stream),
                                parameters.stream().map(Parameter::value),
                                losses.stream().map(LossTerm::target).filter(Objects::nonNull))
                        .flatMap(values -> values)
                        .mapToInt(Value::id)
                        .max()
                        .orElse(-1);
    }
}
