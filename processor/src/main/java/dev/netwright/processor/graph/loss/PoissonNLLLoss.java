package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The negative log likelihood of counts: {@code e^x - y * x}, or {@code x - y * log(x + eps)}.
 *
 * @param target shape of one sample, of the output as of the target
 * @param logInput whether x is the logarithm of the expected count
 * @param full whether Stirling's approximation of {@code log(y!)} is added, for y above 1
 * @param eps keeps the logarithm of 0 away
 * @param reduction how losses are combined
 */
public record PoissonNLLLoss(Shape target, boolean logInput, boolean full, double eps, Reduction reduction)
        implements ElementwiseLoss {
    static PoissonNLLLoss create(Attributes a, Shape input) {
        return new PoissonNLLLoss(
                input, a.flag("logInput"), a.flag("full"), Reals.notNegative(a, "eps"), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "PoissonNLLLoss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Dual rate = x.get(0);
        Dual loss = logInput
                ? rate.exp().minus(rate.times(Dual.fixed(y)))
                : rate.minus(rate.plus(eps).log().times(Dual.fixed(y)));
        return full ? loss.plus(Dual.fixed(stirling(y))) : loss;
    }

    /** log(y!) approximated, y log y - y + log(2 pi y) / 2; of what is above 1, where any logarithm is one. */
    private static Expr stirling(Expr y) {
        Expr log = Functions.log(y);
        Expr approximation = y.plus(constant(0.5)).times(log).minus(y).plus(constant(0.5 * Math.log(2 * Math.PI)));
        return Expr.select(Comparison.LE, y, constant(1), constant(0), approximation);
    }
}
