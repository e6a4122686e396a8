package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Dual.variable;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The plain recurrent network (Elman, 1990).
 *
 * @param relu whether the state is cut below 0; else it goes through a hyperbolic tangent
 */
public record RNN(Stack stack, boolean relu) implements Recurrent {
    static RNN create(Attributes a, List<Shape> inputs) {
        return new RNN(Stack.of(a, inputs, List.of("h0")), isReLU(a));
    }

    static boolean isReLU(Attributes a) {
        return a.text("nonlinearity").equals("RELU");
    }

    @Override
    public String name() {
        return "RNN";
    }

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public List<LayerAttribute> attributes() {
        return LayerAttribute.join(
                stack.attributes(),
                LayerAttribute.unprinted("nonlinearity", relu ? "relu" : "tanh").unless("tanh"));
    }

    @Override
    public void step(Direction d) {
        d.give(relu ? variable(0).max(0) : variable(0).tanh(), d.gates());
    }
}
