package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Half the squared difference from the target up to a bound, from there on straight.
 *
 * @param target shape of one sample, of the output as of the target
 * @param delta the bound
 * @param reduction how losses are combined
 */
public record HuberLoss(Shape target, double delta, Reduction reduction) implements ElementwiseLoss {
    static HuberLoss create(Attributes a, Shape input) {
        return new HuberLoss(input, Reals.positive(a, "delta"), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "HuberLoss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Dual difference = x.get(0).minus(Dual.fixed(y));
        Dual far = difference.abs().plus(-0.5 * delta).times(delta);
        Dual near = difference.square().times(0.5);
        return Dual.select(Comparison.LT, difference.value().abs(), constant(delta), near, far);
    }
}
