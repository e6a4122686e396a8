package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Primitive.ElementLoss;
import dev.netwright.processor.graph.Primitive.LossPrimitive;
import dev.netwright.processor.graph.Primitive.Table;
import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Binary cross entropy of scores: {@code w * ((1 - y) * x + v * (log(1 + e^-|x|) + max(-x, 0)))} with {@code v = 1 +
 * (posWeight - 1) * y}, which overflows nowhere.
 *
 * @param target shape of one sample, of the scores as of the target
 * @param weight empty, one for all, or one for each element of the last dimension
 * @param posWeight likewise, for positive targets
 * @param reduction how losses are combined
 */
public record BCEWithLogitsLoss(Shape target, List<Float> weight, List<Float> posWeight, Reduction reduction)
        implements Loss {
    public BCEWithLogitsLoss {
        weight = List.copyOf(weight);
        posWeight = List.copyOf(posWeight);
    }

    static BCEWithLogitsLoss create(Attributes a, Shape input) {
        return new BCEWithLogitsLoss(
                input, weights(a, "weight", input), weights(a, "posWeight", input), Classes.reduction(a));
    }

    private static List<Float> weights(Attributes a, String name, Shape input) {
        List<Float> weights = Classes.numbers(a, name);
        int last = input.rank() == 0 ? 1 : input.size(input.rank() - 1);
        if (weights.size() > 1 && weights.size() != last) {
            throw LayerException.shape(
                    name,
                    name + " of %s has " + weights.size() + " values, but the last dimension of " + input
                            + " has the size " + last,
                    "Write one value, or " + last + ".");
        }
        return weights;
    }

    @Override
    public String name() {
        return "BCEWithLogitsLoss";
    }

    @Override
    public boolean indices() {
        return false;
    }

    @Override
    public LossPrimitive primitive() {
        List<Table> tables = new ArrayList<>();
        Expr x = arg(0);
        Expr y = arg(1);
        Expr negative = constant(1).minus(y);
        Expr positive = posWeight.isEmpty() ? y : y.times(factor(posWeight, tables));
        Expr both = posWeight.isEmpty() ? constant(1) : negative.plus(positive);
        Expr softplus = Functions.softplus(x.negated());
        Expr value = negative.times(x).plus(both.times(softplus));
        Expr gradient = both.times(Functions.sigmoid(x)).minus(positive);
        if (!weight.isEmpty()) {
            Expr factor = factor(weight, tables);
            value = value.times(factor);
            gradient = gradient.times(factor);
        }
        return new ElementLoss(value, gradient, reduction == Reduction.NONE, tables);
    }

    private static Expr factor(List<Float> values, List<Table> tables) {
        if (values.size() == 1) {
            return constant(values.get(0));
        }
        tables.add(new Table(values));
        return arg(1 + tables.size());
    }
}
