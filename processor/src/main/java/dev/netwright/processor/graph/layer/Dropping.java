package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Draw;
import dev.netwright.processor.graph.Primitive.Draw.Sharing;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * In training values become 0 with probability p, else are multiplied by a number, and to either a number may be added;
 * in evaluation nothing happens.
 */
public interface Dropping extends Layer {
    double p();

    /** What one decision is made for each element of; it is broadcast to the output. */
    Shape decisions();

    /** Whether all samples share their decisions. */
    default boolean isShared() {
        return false;
    }

    /** What kept values are multiplied by. */
    default double scale() {
        return 1 / (1 - p());
    }

    /** What is added to kept values. */
    default double ofKept() {
        return 0;
    }

    /** What dropped values become. */
    default double ofDropped() {
        return 0;
    }

    /** One decision for each channel. */
    static Shape byChannel(Shape shape) {
        return Dimensions.made(1, shape, Lowering.pixels(shape));
    }

    @Override
    default Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        if (!l.training() || p() == 0) {
            return x;
        }
        if (p() == 1) {
            return l.map(arg(0).times(0), x);
        }
        Sharing sharing = isShared() ? Sharing.SAMPLES : Sharing.NONE;
        Value drawn = l.save(l.apply(new Draw(l.stream(), sharing), ".drawn", decisions(), true, List.of()));
        Expr y = arg(0).times(dropped(0, scale()));
        return l.map(ofDropped() == 0 ? y : y.plus(dropped(ofDropped(), ofKept())), x, drawn);
    }

    @Override
    default List<Value> backward(Lowering l, Forward f, Value gradient) {
        if (!l.training() || p() == 0) {
            return List.of(gradient);
        }
        return List.of(
                p() == 1
                        ? l.map(".grad", arg(0).times(0), gradient)
                        : l.map(".grad", arg(0).times(dropped(0, scale())), gradient, f.saved(0)));
    }

    /** One number where the drawn one is below p, else another. */
    private Expr dropped(double yes, double no) {
        double values = 1 << Draw.BITS;
        return Expr.select(
                Comparison.LT, arg(1), constant(Math.rint(p() * values) / values), constant(yes), constant(no));
    }
}
