package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Primitive.Table;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Binary cross entropy of scores: {@code w * ((1 - y) * x + v * (log(1 + e^-|x|) + max(-x, 0)))} with {@code v = 1 +
 * (posWeight - 1) * y}, which overflows nowhere.
 *
 * @param target shape of one sample, of the scores as of the target
 * @param weight of each element
 * @param posWeight likewise, for positive targets
 * @param reduction how losses are combined
 */
public record BCEWithLogitsLoss(Shape target, Weighting weight, Weighting posWeight, Reduction reduction)
        implements ElementwiseLoss {
    static BCEWithLogitsLoss create(Attributes a, Shape input) {
        return new BCEWithLogitsLoss(
                input,
                Weighting.ofLastDimension(a, "weight", input),
                Weighting.ofLastDimension(a, "posWeight", input),
                Classes.reduction(a));
    }

    @Override
    public String name() {
        return "BCEWithLogitsLoss";
    }

    @Override
    public List<Table> tables() {
        return Stream.concat(weight.tables(), posWeight.tables()).toList();
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Expr factor = posWeight.isOne() ? null : posWeight.factor(tables, weight.tableCount());
        return weight.times(ofScore(x.get(0).value(), y, factor), tables);
    }

    /**
     * The loss of one score. The derivative is stated: it keeps small gradients, which the formula's own would lose in a
     * difference.
     *
     * @param factor of positive targets; null for 1
     */
    static Dual ofScore(Expr x, Expr y, Expr factor) {
        Expr negative = constant(1).minus(y);
        Expr positive = factor == null ? y : y.times(factor);
        Expr softplus = Functions.softplus(x.negated());
        Expr sigmoid = Functions.sigmoid(x);
        return Dual.of(
                negative.times(x)
                        .plus(
                                factor == null
                                        ? softplus
                                        : negative.plus(positive).times(softplus)),
                (factor == null ? sigmoid : negative.plus(positive).times(sigmoid)).minus(positive));
    }
}
