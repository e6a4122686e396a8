package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Primitive.Table;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the elements of a loss are multiplied by.
 *
 * @param values empty for 1, one for all, or one for each element of the last dimension
 */
public record Weighting(List<Float> values) {
    public Weighting {
        values = List.copyOf(values);
    }

    static Weighting ofLastDimension(Attributes a, String name, Shape input) {
        List<Float> weights = Classes.numbers(a, name);
        int last = input.rank() == 0 ? 1 : input.size(input.rank() - 1);
        if (weights.size() > 1 && weights.size() != last) {
            throw LayerException.shape(
                    name,
                    name + " of %s has " + weights.size() + " values, but the last dimension of " + input
                            + " has the size " + last,
                    "Write one value, or " + last + ".");
        }
        return new Weighting(weights);
    }

    /** The weights, where they differ from element to element. */
    Stream<Table> tables() {
        return values.size() > 1 ? Stream.of(new Table(values)) : Stream.empty();
    }

    /** A loss multiplied by the weight, whose table is the first. */
    Dual times(Dual loss, List<Expr> tables) {
        if (values.isEmpty()) {
            return loss;
        }
        return loss.times(Dual.fixed(values.size() > 1 ? tables.get(0) : constant(values.get(0))));
    }
}
