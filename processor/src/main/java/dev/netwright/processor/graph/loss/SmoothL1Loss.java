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
 * The absolute difference from the target, less half a bound; squared below the bound, and twice the bound the divisor.
 *
 * @param target shape of one sample, of the output as of the target
 * @param beta the bound; 0 for the absolute difference alone
 * @param reduction how losses are combined
 */
public record SmoothL1Loss(Shape target, double beta, Reduction reduction) implements ElementwiseLoss {
    static SmoothL1Loss create(Attributes a, Shape input) {
        return new SmoothL1Loss(input, Reals.notNegative(a, "beta"), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "SmoothL1Loss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Dual difference = x.get(0).minus(Dual.fixed(y));
        Dual far = difference.abs().plus(-0.5 * beta);
        if ((float) beta == 0) {
            return far;
        }
        Dual near = difference.square().times(0.5).dividedBy(Dual.fixed(beta));
        return Dual.select(Comparison.LT, difference.value().abs(), constant(beta), near, far);
    }
}
