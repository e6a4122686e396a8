package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Dual.variable;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Recurrence.Part;
import dev.netwright.processor.graph.RecurrenceBuilder.State;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/** Long short-term memory (Hochreiter and Schmidhuber, 1997), with PyTorch's gates: input, forget, cell, output. */
public record LSTM(Stack stack) implements Recurrent {
    private static final int GATES = 4;

    static LSTM create(Attributes a, List<Shape> inputs) {
        return new LSTM(Stack.of(a, inputs, List.of("h0", "c0")));
    }

    @Override
    public String name() {
        return "LSTM";
    }

    @Override
    public int gates() {
        return GATES;
    }

    @Override
    public List<String> cells() {
        return List.of("cn");
    }

    @Override
    public void step(Direction d) {
        int size = stack.hidden();
        Part gates = d.gates();
        Part in = d.elements("in", variable(0).sigmoid(), gates.part(0, size));
        Part forget = d.elements("forget", variable(0).sigmoid(), gates.part(size, size));
        Part candidate = d.elements("candidate", variable(0).tanh(), gates.part(2 * size, size));
        Part out = d.elements("out", variable(0).sigmoid(), gates.part(3 * size, size));
        State cell = d.cells().get(0);
        d.become(
                cell,
                "cell",
                variable(0).times(variable(1)).plus(variable(2).times(variable(3))),
                forget,
                cell.previous(),
                in,
                candidate);
        Part squashed = d.elements("squashed", variable(0).tanh(), cell.made());
        d.give(variable(0).times(variable(1)), out, squashed);
    }
}
