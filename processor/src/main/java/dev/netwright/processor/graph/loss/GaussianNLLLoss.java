package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The negative log likelihood of a normal distribution: {@code (log(v) + (x - y)^2 / v) / 2}.
 *
 * @param target shape of one sample, of the mean as of the target
 * @param full whether the constant is added
 * @param eps the least variance; what is less is computed with this, as if it were its own
 * @param reduction how losses are combined
 */
public record GaussianNLLLoss(Shape target, boolean full, double eps, Reduction reduction) implements ElementwiseLoss {
    static GaussianNLLLoss create(Attributes a, List<Shape> inputs) {
        Shape mean = inputs.get(0);
        Shape variance = inputs.get(1);
        boolean one = mean.rank() > 0 && variance.equals(mean.with(mean.rank() - 1, 1));
        if (!one && !variance.equals(mean)) {
            throw LayerException.shape(
                    "of",
                    "%s receives means of " + mean + " and variances of " + variance,
                    "Give it a variance for each mean, or one for each row of them.");
        }
        return new GaussianNLLLoss(mean, a.flag("full"), Reals.positive(a, "eps"), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "GaussianNLLLoss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Dual difference = x.get(0).minus(Dual.fixed(y));
        Dual variance = x.get(1).raisedTo(eps);
        Dual loss = variance.log().plus(difference.square().dividedBy(variance)).times(0.5);
        Dual whole = full ? loss.plus(0.5 * Math.log(2 * Math.PI)) : loss;
        Dual undefined = Dual.fixed(Float.NaN);
        return Dual.select(Comparison.GE, x.get(1).value(), constant(0), whole, undefined);
    }
}
