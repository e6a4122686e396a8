package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One step of a recurrent layer: a loop of one.
 *
 * @param of the layer, of one step
 */
public record RecurrentCell(Recurrent of) implements Derived {
    /** The only layer's suffix, which parameters of cells have none of. */
    private static final String SUFFIX = "_l0";

    static RecurrentCell rnn(Attributes a, List<Shape> inputs) {
        return new RecurrentCell(new RNN(stack(a, inputs, List.of("h")), RNN.isReLU(a)));
    }

    static RecurrentCell lstm(Attributes a, List<Shape> inputs) {
        return new RecurrentCell(new LSTM(stack(a, inputs, List.of("h", "c"))));
    }

    static RecurrentCell gru(Attributes a, List<Shape> inputs) {
        return new RecurrentCell(new GRU(stack(a, inputs, List.of("h"))));
    }

    private static Stack stack(Attributes a, List<Shape> inputs, List<String> states) {
        Shape input = inputs.get(0);
        if (input.rank() != 1) {
            throw LayerException.shape(
                    null,
                    "%s reads a vector but receives " + input,
                    input.rank() == 2
                            ? "Give it one step, or use the layer that goes over all of them."
                            : "Put @Flatten before it.");
        }
        return Stack.ofCell(a, inputs, states);
    }

    private Stack stack() {
        return of.stack();
    }

    @Override
    public String name() {
        return of.name() + "Cell";
    }

    @Override
    public Shape output() {
        return Shape.of(stack().hidden());
    }

    @Override
    public Map<String, Shape> further() {
        return of.cells().isEmpty() ? Map.of() : Map.of("c", output());
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        int rows = of.gates() * stack().hidden();
        return Stack.parameters("", rows, stack().features(), stack().hidden(), stack().hidden(), stack().bias());
    }

    @Override
    public List<LayerAttribute> attributes() {
        List<LayerAttribute> all = new ArrayList<>(List.of(
                positional("input_size", stack().features()),
                positional("hidden_size", stack().hidden()),
                named("bias", stack().bias()).unless(true)));
        if (of instanceof RNN rnn) {
            all.add(LayerAttribute.word("nonlinearity", rnn.relu() ? "relu" : "tanh")
                    .unless("tanh"));
        }
        all.add(unprinted("initial_state", stack().initial()).unless(false));
        return all;
    }

    @Override
    public long flops() {
        return of.flops();
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        List<Value> rows = inputs.stream()
                .map(value -> l.reshape(value, Shape.of(1, value.shape().size(0))))
                .toList();
        List<Value> states = of.states(l, rows, name -> l.parameter(name.replace(SUFFIX, "")));
        List<Value> vectors =
                states.stream().map(value -> l.reshape(value, output())).toList();
        if (vectors.size() > 1) {
            l.give("c", vectors.get(1));
        }
        return vectors.get(0);
    }
}
