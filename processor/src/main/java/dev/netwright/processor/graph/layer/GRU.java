package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Dual.variable;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Recurrence.Part;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/** Gated recurrent units (Cho et al., arXiv:1406.1078), with PyTorch's gates: reset, update, new. */
public record GRU(Stack stack) implements Recurrent {
    private static final int GATES = 3;

    static GRU create(Attributes a, List<Shape> inputs) {
        return new GRU(Stack.of(a, inputs, List.of("h0")));
    }

    @Override
    public String name() {
        return "GRU";
    }

    @Override
    public int gates() {
        return GATES;
    }

    @Override
    public boolean addsProducts() {
        return false;
    }

    /** The reset gate is applied to the product with the state, bias included, and not to the state. */
    @Override
    public void step(Direction d) {
        int size = stack.hidden();
        Part products = d.products();
        Dual gate = variable(0).plus(variable(1)).sigmoid();
        Part reset = d.elements("reset", gate, d.rows().part(0, size), products.part(0, size));
        Part update = d.elements("update", gate, d.rows().part(size, size), products.part(size, size));
        Part candidate = d.elements(
                "candidate",
                variable(0).plus(variable(1).times(variable(2))).tanh(),
                d.rows().part(2 * size, size),
                reset,
                products.part(2 * size, size));
        // (1 - z) n + z h, as n + z (h - n)
        d.give(
                variable(0).plus(variable(1).times(variable(2).minus(variable(0)))),
                candidate,
                update,
                d.hidden().previous());
    }
}
