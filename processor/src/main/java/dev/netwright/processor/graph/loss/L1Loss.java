package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Primitive.ElementLoss;
import dev.netwright.processor.graph.Primitive.LossPrimitive;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The absolute difference from the target; the gradient where they are equal is 0.
 *
 * @param target shape of one sample, of the output as of the target
 * @param reduction how losses are combined
 */
public record L1Loss(Shape target, Reduction reduction) implements Loss {
    static L1Loss create(Attributes a, Shape input) {
        return new L1Loss(input, Classes.reduction(a));
    }

    @Override
    public String name() {
        return "L1Loss";
    }

    @Override
    public boolean indices() {
        return false;
    }

    @Override
    public LossPrimitive primitive() {
        Expr x = arg(0);
        Expr target = arg(1);
        Expr below = Expr.select(Comparison.LT, x, target, constant(-1), constant(0));
        Expr sign = Expr.select(Comparison.GT, x, target, constant(1), below);
        return new ElementLoss(x.minus(target).abs(), sign, reduction == Reduction.NONE, List.of());
    }
}
