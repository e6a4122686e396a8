package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The divergence of a distribution from that of the target: {@code y * (log(y) - x)} of x, which is a logarithm.
 *
 * @param target shape of one sample, of the output as of the target
 * @param logTarget whether targets are logarithms too
 * @param reduction how losses are combined
 */
public record KLDivLoss(Shape target, boolean logTarget, Reduction reduction) implements ElementwiseLoss {
    static KLDivLoss create(Attributes a, Shape input) {
        return new KLDivLoss(input, a.flag("logTarget"), Reduction.valueOf(a.text("reduction")));
    }

    @Override
    public String name() {
        return "KLDivLoss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Dual log = x.get(0);
        if (logTarget) {
            return Dual.fixed(y).minus(log).times(Dual.fixed(Functions.exp(y)));
        }
        Expr entropy = Expr.select(Comparison.EQ, y, constant(0), constant(0), y.times(Functions.logOfAny(y)));
        return Dual.fixed(entropy).minus(log.times(Dual.fixed(y)));
    }
}
