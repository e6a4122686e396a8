package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * How far the first of two scores is from being above the second, or below it, by a margin.
 *
 * @param target shape of one sample, of the output as of the target
 * @param margin the margin
 * @param reduction how losses are combined
 */
public record MarginRankingLoss(Shape target, double margin, Reduction reduction) implements ElementwiseLoss {
    static MarginRankingLoss create(Attributes a, List<Shape> inputs) {
        return new MarginRankingLoss(Compared.alike(inputs), Reals.finite(a, "margin"), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "MarginRankingLoss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        return x.get(0)
                .minus(x.get(1))
                .times(Dual.fixed(y.negated()))
                .plus(margin)
                .orZero();
    }
}
