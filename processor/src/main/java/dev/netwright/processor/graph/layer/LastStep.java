package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The last step that each sample has.
 *
 * @param input shape of one sample, steps first
 * @param masked whether lengths are given
 */
public record LastStep(Shape input, boolean masked) implements Derived, StepReader {
    static LastStep create(Attributes a, List<Shape> inputs) {
        Shape input = inputs.get(0);
        if (input.rank() == 0) {
            throw LayerException.shape(
                    "from",
                    "%s takes the last of several steps but receives a single number",
                    "Give it steps x features.");
        }
        List<Limit> limits = StepReader.limits(a, inputs, List.of(new Limit(LENGTHS, input.size(0))));
        if (!a.unknown().contains(LENGTHS)) {
            Activation.single(StepReader.others(inputs, limits));
        }
        return new LastStep(input, !limits.isEmpty());
    }

    @Override
    public List<Limit> limits() {
        return masked ? List.of(new Limit(LENGTHS, input.size(0))) : List.of();
    }

    @Override
    public String name() {
        return "LastStep";
    }

    @Override
    public Shape output() {
        return Dimensions.without(input, List.of(0));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(LayerAttribute.unprinted(LENGTHS, masked).unless(false));
    }

    /** A sum of which one step is not zero: memory has no places that samples choose. */
    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        int steps = input.size(0);
        Value x = inputs.get(0);
        if (!masked) {
            return l.reshape(l.slice(x, 0, steps - 1, 1), output());
        }
        Shape ones = new Shape(Collections.nCopies(input.rank(), 1));
        Value lengths = l.reshape(lengths(inputs, 0), ones);
        Value ends = l.reshape(l.table(IntStream.rangeClosed(1, steps)), ones.with(0, steps));
        Dual last = Dual.select(Comparison.EQ, arg(1), arg(2), Dual.variable(0), Dual.fixed(0));
        return l.reshape(l.reduce(".kept", Reduce.Kind.SUM, last, List.of(0), x, lengths, ends), output());
    }
}
