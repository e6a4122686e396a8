package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.DropoutMask;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * In training each value becomes 0 with probability p, else is divided by 1 - p; in evaluation nothing happens.
 *
 * @param output shape of one sample
 * @param p probability of a zero
 */
public record Dropout(Shape output, double p) implements Layer {
    static Dropout create(Attributes a, List<Shape> inputs) {
        return new Dropout(Activation.single(inputs), Reals.probability(a, "p"));
    }

    @Override
    public String name() {
        return "Dropout";
    }

    @Override
    public String arguments() {
        return "p=" + PythonFormat.real(p) + ", inplace=False";
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        if (!l.training() || p == 0) {
            return x;
        }
        if (p == 1) {
            return l.map(arg(0).times(0), x); // a mask would hold 1 / (1 - p)
        }
        Value mask = l.save(l.apply(new DropoutMask(p, l.stream()), ".mask", output, true, List.of()));
        return l.map(arg(0).times(arg(1)), x, mask);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        if (p == 0) {
            return List.of(gradient);
        }
        return List.of(
                p == 1
                        ? l.map(".grad", arg(0).times(0), gradient)
                        : l.map(".grad", arg(0).times(arg(1)), gradient, f.saved(0)));
    }
}
