package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.OperatorClass;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.Custom;
import java.util.ArrayList;
import java.util.List;

/**
 * As {@link TripletMarginLoss}, with a distance of the user's.
 *
 * @param shape of each of the three, vectors along the last dimension
 * @param distance the class with its methods
 * @param margin the margin
 * @param swap whether the distance of the other two counts where it is less than that of the anchor
 * @param reduction how losses are combined
 */
public record TripletMarginWithDistanceLoss(
        Shape shape, OperatorClass distance, double margin, boolean swap, Reduction reduction) implements Loss {
    static TripletMarginWithDistanceLoss create(Attributes a, List<Shape> inputs) {
        OperatorClass distance = a.operator("distance");
        if (distance.isKnown()) {
            Custom.requireMethods(distance, 2, "distance");
        }
        return new TripletMarginWithDistanceLoss(
                TripletMarginLoss.vectors(inputs),
                distance,
                Reals.positive(a, "margin"),
                a.flag("swap"),
                Classes.reduction(a));
    }

    @Override
    public String name() {
        return "TripletMarginWithDistanceLoss";
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

    private Value between(Lowering lowering, String suffix, Value a, Value b) {
        return lowering.apply(new Primitive.Custom(distance), suffix, losses(), true, List.of(a, b));
    }

    private List<Value> gradients(Lowering lowering, Value a, Value b, Value of, Value byDistance) {
        List<Value> gradients = List.of(
                lowering.value(".distance.grad", shape, true), lowering.value(".distance.other.grad", shape, true));
        lowering.node(new Primitive.CustomGradient(distance), List.of(a, b, of, byDistance), gradients);
        return gradients;
    }

    @Override
    public Terms lower(Lowering lowering, Judged judged) {
        Value anchor = judged.inputs().get(0);
        Value positive = judged.inputs().get(1);
        Value negative = judged.inputs().get(2);
        List<Value> arguments = new ArrayList<>(List.of(
                between(lowering, ".positive", anchor, positive), between(lowering, ".negative", anchor, negative)));
        if (swap) {
            arguments.add(between(lowering, ".swap", positive, negative));
        }
        Expr missing = TripletMarginLoss.missing(margin, swap);
        Value losses = lowering.map(".rows", missing.max(0), arguments.toArray(new Value[0]));
        if (!judged.trains()) {
            return new Terms(losses, List.of());
        }
        List<Value> distances = List.copyOf(arguments);
        Expr slope = TripletMarginLoss.slope(missing).times(arg(arguments.size()));
        arguments.add(judged.factor());
        Value[] all = arguments.toArray(new Value[0]);
        Value byNear = lowering.map(".positive.grad", slope, all);
        Expr far = swap ? slope.times(TripletMarginLoss.share(arg(1), arg(2))) : slope;
        Value byFar = lowering.map(".negative.grad", far.negated(), all);
        List<Value> ofNear = gradients(lowering, anchor, positive, distances.get(0), byNear);
        List<Value> ofFar = gradients(lowering, anchor, negative, distances.get(1), byFar);
        Value byAnchor = sum(lowering, ofNear.get(0), ofFar.get(0));
        if (!swap) {
            return new Terms(losses, List.of(byAnchor, ofNear.get(1), ofFar.get(1)));
        }
        Expr swapped = slope.times(TripletMarginLoss.share(arg(2), arg(1)));
        Value bySwap = lowering.map(".swap.grad", swapped.negated(), all);
        List<Value> ofSwap = gradients(lowering, positive, negative, distances.get(2), bySwap);
        return new Terms(
                losses,
                List.of(
                        byAnchor,
                        sum(lowering, ofNear.get(1), ofSwap.get(0)),
                        sum(lowering, ofFar.get(1), ofSwap.get(1))));
    }

    private static Value sum(Lowering lowering, Value a, Value b) {
        return lowering.map(".grad", arg(0).plus(arg(1)), a, b);
    }
}
