package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.LossWeights.Kind;
import dev.netwright.processor.graph.Primitive.Table;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Binary cross entropy of scores: {@code w * ((1 - y) * x + v * (log(1 + e^-|x|) + max(-x, 0)))} with {@code v = 1 +
 * (posWeight - 1) * y}, which overflows nowhere, and is the same to the bit with a weight of 1 as without.
 *
 * @param target shape of one sample, of the scores as of the target
 * @param weight of each element
 * @param posWeight of positive targets: one for each element of the last dimension, or one for all
 * @param reduction how losses are combined
 */
public record BCEWithLogitsLoss(Shape target, Weighting weight, LossWeights posWeight, Reduction reduction)
        implements ElementwiseLoss {
    static BCEWithLogitsLoss create(Attributes a, Shape input) {
        List<Float> positive = Weighting.ofLastDimension(a, "posWeight", input).values();
        // the elements of a vector are classes; those along an image's rows are none
        int count = input.rank() == 1 ? input.size(0) : Math.max(1, positive.size());
        return new BCEWithLogitsLoss(
                input,
                Weighting.ofLastDimension(a, "weight", input),
                LossWeights.of(Kind.POSITIVE, positive, count),
                Classes.reduction(a));
    }

    @Override
    public String name() {
        return "BCEWithLogitsLoss";
    }

    @Override
    public List<Table> tables() {
        return weight.tables().toList();
    }

    @Override
    public List<LossWeights> runTimeWeights() {
        return List.of(posWeight);
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Expr factor = tables.get(tables.size() - 1);
        return weight.times(ofScore(x.get(0).value(), y, factor), tables);
    }

    /**
     * The loss of one score. The derivative is stated: it keeps small gradients, which the formula's own would lose in a
     * difference.
     *
     * @param factor of positive targets; null for 1
     */
    static Dual ofScore(Expr x, Expr y, Expr factor) {
        Expr softplus = Functions.softplus(x.negated());
        Expr sigmoid = Functions.sigmoid(x);
        Expr rest = constant(1).minus(y).times(x);
        if (factor == null) {
            return Dual.of(rest.plus(softplus), sigmoid.minus(y));
        }
        Expr both = constant(1).plus(factor.minus(constant(1)).times(y));
        return Dual.of(rest.plus(both.times(softplus)), both.times(sigmoid).minus(y.times(factor)));
    }
}
