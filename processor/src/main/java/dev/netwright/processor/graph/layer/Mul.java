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
 * The product of its inputs, from the first to the last; sizes of 1 are stretched.
 *
 * @param inputs shapes of one sample of each
 */
public record Mul(List<Shape> inputs) implements Layer {
    public Mul {
        inputs = List.copyOf(inputs);
    }

    static Mul create(Attributes attributes, List<Shape> inputs) {
        Joins.checkBroadcast(inputs);
        return new Mul(inputs);
    }

    @Override
    public String name() {
        return "Mul";
    }

    @Override
    public Shape output() {
        return Joins.broadcast(inputs);
    }

    @Override
    public long flops() {
        return (inputs.size() - 1L) * output().elements();
    }

    @Override
    public Value forward(Lowering l, List<Value> values) {
        return l.map(product(), values.toArray(Value[]::new));
    }

    private Expr product() {
        Expr product = arg(0);
        for (int i = 1; i < inputs.size(); i++) {
            product = product.times(arg(i));
        }
        return product;
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        List<Value> gradients = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            gradients.add(l.needsGradient(i) ? byInput(l, f, gradient, i) : null);
        }
        return gradients;
    }

    /** The gradient in the place of the input itself. */
    private Value byInput(Lowering l, Forward f, Value gradient, int input) {
        Value[] factors = f.inputs().toArray(Value[]::new);
        factors[input] = factors[0];
        factors[0] = gradient;
        return Joins.gradient(l, input, inputs.get(input), product(), factors);
    }
}
