package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.Expr.select;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * How far an anchor is from being nearer to what it belongs to than to what it does not by a margin.
 *
 * @param shape of each of the three, vectors along the last dimension
 * @param margin the margin
 * @param distance of two vectors
 * @param swap whether the distance of the other two counts where it is less than that of the anchor
 * @param reduction how losses are combined
 */
public record TripletMarginLoss(Shape shape, double margin, Distance distance, boolean swap, Reduction reduction)
        implements Loss {
    private static final Expr ZERO = constant(0);
    private static final Expr ONE = constant(1);

    static TripletMarginLoss create(Attributes a, List<Shape> inputs) {
        return new TripletMarginLoss(
                vectors(inputs),
                Reals.positive(a, "margin"),
                new Distance(Distance.power(a, "p"), Reals.notNegative(a, "eps")),
                a.flag("swap"),
                Classes.reduction(a));
    }

    /** The shape of three that are alike. */
    static Shape vectors(List<Shape> inputs) {
        Shape shape = Compared.alike(inputs);
        if (shape.rank() == 0) {
            throw LayerException.shape("of", "%s compares vectors but receives single numbers", "Give it vectors.");
        }
        return shape;
    }

    /** What a triplet lacks, of the distances of the positive, the negative and, with a swap, of these two. */
    static Expr missing(double margin, boolean swap) {
        Expr least = swap ? arg(1).min(arg(2)) : arg(1);
        return arg(0).minus(least).plus(constant(margin));
    }

    /** 1 where something is missing. */
    static Expr slope(Expr missing) {
        return select(Comparison.LT, missing, ZERO, ZERO, ONE);
    }

    @Override
    public String name() {
        return "TripletMarginLoss";
    }

    @Override
    public Shape target() {
        return Shape.of();
    }

    @Override
    public Targets targets() {
        return new Targets.None();
    }

    @Override
    public Shape losses() {
        return shape.with(shape.rank() - 1, 1);
    }

    @Override
    public Terms lower(Lowering lowering, Judged judged) {
        Value anchor = judged.inputs().get(0);
        Value positive = judged.inputs().get(1);
        Value negative = judged.inputs().get(2);
        Value near = distance.between(lowering, ".positive", anchor, positive);
        Value far = distance.between(lowering, ".negative", anchor, negative);
        List<Value> distances = new ArrayList<>(List.of(near, far));
        if (swap) {
            distances.add(distance.between(lowering, ".swap", positive, negative));
        }
        Expr missing = missing(margin, swap);
        Value losses = lowering.map(".rows", missing.max(0), distances.toArray(new Value[0]));
        if (!judged.trains()) {
            return new Terms(losses, List.of());
        }
        Expr slope = slope(missing).times(arg(distances.size()));
        distances.add(judged.factor());
        Value[] arguments = distances.toArray(new Value[0]);
        Value byNear = lowering.map(".positive.grad", slope, arguments);
        Value ofNear = distance.gradient(lowering, anchor, positive, near, byNear);
        if (!swap) {
            Value ofFar = distance.gradient(lowering, anchor, negative, far, byNear);
            return new Terms(
                    losses,
                    List.of(
                            lowering.map(".grad", arg(0).minus(arg(1)), ofNear, ofFar),
                            lowering.map(".grad", arg(0).negated(), ofNear),
                            ofFar));
        }
        Value byFar = lowering.map(".negative.grad", slope.times(share(arg(1), arg(2))), arguments);
        Value bySwap = lowering.map(".swap.grad", slope.times(share(arg(2), arg(1))), arguments);
        Value ofFar = distance.gradient(lowering, anchor, negative, far, byFar);
        Value ofSwap = distance.gradient(lowering, positive, negative, distances.get(2), bySwap);
        return new Terms(
                losses,
                List.of(
                        lowering.map(".grad", arg(0).minus(arg(1)), ofNear, ofFar),
                        lowering.map(".grad", arg(0).negated().minus(arg(1)), ofNear, ofSwap),
                        lowering.map(".grad", arg(0).plus(arg(1)), ofFar, ofSwap)));
    }

    /** What of the lesser distance's gradient the first of two has: half of it where they are equal. */
    static Expr share(Expr first, Expr second) {
        Expr equal = select(Comparison.EQ, first, second, constant(0.5), ZERO);
        return select(Comparison.LT, first, second, ONE, equal);
    }
}
