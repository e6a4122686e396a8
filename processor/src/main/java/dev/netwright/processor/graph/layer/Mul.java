package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The product of its inputs, from the first to the last.
 *
 * @param output shape of one sample, as of every input
 * @param count number of inputs
 */
public record Mul(Shape output, int count) implements Layer {
    static Mul create(Attributes attributes, List<Shape> inputs) {
        return new Mul(Joins.equal(inputs), inputs.size());
    }

    @Override
    public String name() {
        return "Mul";
    }

    @Override
    public long flops() {
        return (count - 1L) * output.elements();
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return l.map(product(), inputs.toArray(Value[]::new));
    }

    private Expr product() {
        Expr product = arg(0);
        for (int i = 1; i < count; i++) {
            product = product.times(arg(i));
        }
        return product;
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        List<Value> gradients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            gradients.add(l.needsGradient(i) ? byInput(l, f, gradient, i) : null);
        }
        return gradients;
    }

    /** The gradient in the place of the input itself. */
    private Value byInput(Lowering l, Forward f, Value gradient, int input) {
        Value[] factors = f.inputs().toArray(Value[]::new);
        factors[input] = factors[0];
        factors[0] = gradient;
        return l.map(".grad" + input, product(), factors);
    }
}
