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
 * Distances whose target is 1 as they are, and of those whose target is -1 what is missing to a margin.
 *
 * @param target shape of one sample, of the output as of the target
 * @param margin the distance from which on nothing is missing
 * @param reduction how losses are combined
 */
public record HingeEmbeddingLoss(Shape target, double margin, Reduction reduction) implements ElementwiseLoss {
    static HingeEmbeddingLoss create(Attributes a, Shape input) {
        return new HingeEmbeddingLoss(input, Reals.finite(a, "margin"), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "HingeEmbeddingLoss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Dual distance = x.get(0);
        Dual missing = distance.negated().plus(margin).orZero();
        Dual none = Dual.fixed(0);
        Dual apart = Dual.select(Comparison.EQ, y, constant(1), none, missing);
        Dual together = Dual.select(Comparison.EQ, y, constant(-1), none, distance);
        return apart.plus(together);
    }
}
