package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.DropoutMask;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/** In training values become 0 with probability p, else are divided by 1 - p; in evaluation nothing happens. */
public interface Dropping extends Layer {
    double p();

    /** What one decision is made for each element of; it is broadcast to the output. */
    Shape decisions();

    /** Whether all samples share their decisions. */
    default boolean isShared() {
        return false;
    }

    @Override
    default Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        if (!l.training() || p() == 0) {
            return x;
        }
        if (p() == 1) {
            return l.map(arg(0).times(0), x); // a mask would hold 1 / (1 - p)
        }
        DropoutMask drawn = new DropoutMask(p(), l.stream(), isShared());
        Value mask = l.save(l.apply(drawn, ".mask", decisions(), true, List.of()));
        return l.map(arg(0).times(arg(1)), x, mask);
    }

    @Override
    default List<Value> backward(Lowering l, Forward f, Value gradient) {
        if (p() == 0) {
            return List.of(gradient);
        }
        return List.of(
                p() == 1
                        ? l.map(".grad", arg(0).times(0), gradient)
                        : l.map(".grad", arg(0).times(arg(1)), gradient, f.saved(0)));
    }
}
