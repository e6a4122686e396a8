package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Draw;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * x above 0, else x times a slope: in training one drawn for each element, in evaluation the mean of the bounds; the
 * gradient at 0 is the slope.
 *
 * @param output shape of one sample
 * @param lower least slope
 * @param upper largest slope
 */
public record RReLU(Shape output, double lower, double upper) implements Layer {
    static RReLU create(Attributes a, List<Shape> inputs) {
        double lower = Reals.finite(a, "lower");
        double upper = Reals.finite(a, "upper");
        if (lower > upper || !Reals.isFinite(upper - lower)) {
            throw LayerException.ofValue(
                    a.isWritten("lower") ? "lower" : "upper",
                    "lower of %s is " + lower + " and upper " + upper + ", but slopes are drawn from lower to upper",
                    "Write lower = 0.1 and upper = 0.3, say.");
        }
        return new RReLU(Activation.single(inputs), lower, upper);
    }

    @Override
    public String name() {
        return "RReLU";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("lower", lower), named("upper", upper));
    }

    @Override
    public long flops() {
        return output.elements();
    }

    /** What is not above 0 times a slope. */
    private static Expr sloped(Expr x, Expr value, Expr slope) {
        return Expr.select(Comparison.GT, x, constant(0), value, value.times(slope));
    }

    private boolean draws(Lowering l) {
        return l.training() && lower < upper;
    }

    private Expr mean() {
        return constant((lower + upper) / 2);
    }

    private Expr drawn(Expr number) {
        return number.fma(constant(upper - lower), constant(lower));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        if (!draws(l)) {
            return l.map(sloped(arg(0), arg(0), mean()), x);
        }
        Value numbers = l.save(l.apply(new Draw(l.stream(), Draw.Sharing.NONE), ".drawn", output, true, List.of()));
        return l.map(sloped(arg(0), arg(0), drawn(arg(1))), x, numbers);
    }

    /** Where no slope is negative, the output tells the input's sign. */
    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Value sign = lower >= 0 ? f.output() : f.input();
        return List.of(
                draws(l)
                        ? l.map(".grad", sloped(arg(1), arg(0), drawn(arg(2))), gradient, sign, f.saved(0))
                        : l.map(".grad", sloped(arg(1), arg(0), mean()), gradient, sign));
    }
}
