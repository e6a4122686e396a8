package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.Expr.select;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Powers;
import dev.netwright.processor.graph.Primitive.Reduce.Kind;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The p-norm of the difference of two vectors along the last dimension.
 *
 * @param power p, above 0; infinite for the largest
 * @param eps added to each difference
 */
public record Distance(double power, double eps) {
    private static final Expr ZERO = constant(0);

    static double power(Attributes a, String name) {
        double power = Reals.any(a, name);
        if (!(power > 0)) {
            throw LayerException.ofValue(
                    name,
                    name + " of %s is " + Reals.text(power) + ", but must be above 0",
                    "Write " + name + " = 2, say, or Double.POSITIVE_INFINITY.");
        }
        return power;
    }

    /** The distance of each two rows. */
    Value between(Lowering lowering, String suffix, Value a, Value b) {
        Expr difference = shifted(arg(0).minus(arg(1)));
        List<Integer> last = List.of(a.shape().rank() - 1);
        if (isLargest()) {
            return lowering.reduce(suffix, Kind.MAX, difference.abs(), last, a, b);
        }
        Expr term = power == 2 ? difference.times(difference) : raised(difference.abs(), power);
        Value sum = lowering.reduce(suffix, Kind.SUM, term, last, a, b);
        Expr root = power == 2 ? arg(0).sqrt() : raised(arg(0), 1 / power);
        return power == 1 ? sum : lowering.map(suffix, root, sum);
    }

    private boolean isLargest() {
        return power == Double.POSITIVE_INFINITY;
    }

    /**
     * What the gradient by a distance gives the first of two; the other has it with the other sign. Differences that are
     * largest together share it.
     */
    Value gradient(Lowering lowering, Value a, Value b, Value of, Value byDistance) {
        String suffix = ".distance.grad";
        Expr plain = arg(0).minus(arg(1));
        if (!isLargest()) {
            return lowering.map(suffix, slope(plain, arg(2)).times(arg(3)), a, b, of, byDistance);
        }
        Expr difference = shifted(plain);
        Expr one = select(Comparison.EQ, difference.abs(), arg(2), constant(1), ZERO);
        Value count =
                lowering.reduce(".largest", Kind.SUM, one, List.of(a.shape().rank() - 1), a, b, of);
        Expr sign = select(
                Comparison.GT, difference, ZERO, one, select(Comparison.LT, difference, ZERO, one.negated(), ZERO));
        return lowering.map(suffix, sign.times(arg(3)).dividedBy(arg(4)), a, b, of, byDistance, count);
    }

    /** The derivative of a distance by a difference; 0 where either is 0. */
    private Expr slope(Expr plain, Expr distance) {
        Expr difference = shifted(plain);
        if (power == 2) {
            return select(Comparison.GT, distance, ZERO, difference.dividedBy(distance), ZERO);
        }
        Expr magnitude = power == 1 ? constant(1) : raised(difference.abs().dividedBy(distance), power - 1);
        Expr below = select(Comparison.LT, difference, ZERO, magnitude.negated(), ZERO);
        return select(Comparison.GT, difference, ZERO, magnitude, below);
    }

    private Expr shifted(Expr difference) {
        return difference.plus(constant(eps));
    }

    /** A number of at least 0 to a power. */
    private static Expr raised(Expr x, double exponent) {
        return exponent == 1 ? x : Powers.positive(x, exponent);
    }
}
