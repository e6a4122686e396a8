package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Primitive.Table;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Binary cross entropy of probabilities, whose logarithms are at least -100.
 *
 * @param target shape of one sample, of the output as of the target
 * @param weight of each element
 * @param reduction how losses are combined
 */
public record BCELoss(Shape target, Weighting weight, Reduction reduction) implements ElementwiseLoss {
    private static final double LEAST_LOG = -100;
    private static final double LEAST_VARIANCE = 1e-12;

    static BCELoss create(Attributes a, Shape input) {
        return new BCELoss(input, Weighting.ofLastDimension(a, "weight", input), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "BCELoss";
    }

    @Override
    public List<Table> tables() {
        return weight.tables().toList();
    }

    /** The derivative is stated: that of the formula has no bound where p is 0 or 1, PyTorch's has. */
    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Expr p = x.get(0).value();
        Expr log = Functions.logOfAny(p).max(LEAST_LOG);
        Expr logOfRest = logOfRest(p).max(LEAST_LOG);
        Expr value = y.minus(constant(1)).times(logOfRest).minus(y.times(log));
        Expr slope = p.minus(y).dividedBy(constant(1).minus(p).times(p).max(LEAST_VARIANCE));
        return weight.times(Dual.of(value, slope), tables);
    }

    /** log(1 - p): the logarithm of the rounded difference, and what the rounding lost. */
    private static Expr logOfRest(Expr p) {
        Expr rest = constant(1).minus(p);
        Expr positive = rest.max(Float.MIN_NORMAL);
        Expr lost = p.negated().minus(rest.minus(constant(1)));
        Expr log = Functions.log(positive).plus(lost.dividedBy(positive));
        Expr bound = Expr.select(Comparison.EQ, rest, constant(0), constant(LEAST_LOG), constant(Float.NaN));
        return Expr.select(Comparison.GT, rest, constant(0), log, bound);
    }
}
