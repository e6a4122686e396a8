package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Primitive.ElementLoss;
import dev.netwright.processor.graph.Primitive.LossPrimitive;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The squared difference from the target.
 *
 * @param target shape of one sample, of the output as of the target
 * @param reduction how losses are combined
 */
public record MSELoss(Shape target, Reduction reduction) implements Loss {
    static MSELoss create(Attributes a, Shape input) {
        return new MSELoss(input, Classes.reduction(a));
    }

    @Override
    public String name() {
        return "MSELoss";
    }

    @Override
    public boolean indices() {
        return false;
    }

    @Override
    public LossPrimitive primitive() {
        Expr difference = arg(0).minus(arg(1));
        return new ElementLoss(
                difference.times(difference), difference.times(2), reduction == Reduction.NONE, List.of());
    }
}
