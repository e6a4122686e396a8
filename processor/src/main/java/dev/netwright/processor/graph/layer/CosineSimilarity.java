package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The cosine between vectors of two inputs.
 *
 * @param inputs shapes of one sample of each
 * @param dimension of the sample that vectors lie along
 * @param dim as written, for printing
 */
public record CosineSimilarity(List<Shape> inputs, int dimension, int dim, double eps) implements Derived {
    public CosineSimilarity {
        inputs = List.copyOf(inputs);
    }

    static CosineSimilarity create(Attributes a, List<Shape> inputs) {
        Joins.checkTwo(inputs);
        int dimension = Dimensions.ofSample(a, "dim", inputs.get(0));
        Joins.checkAlong(inputs, dimension);
        return new CosineSimilarity(inputs, dimension, a.integer("dim"), Reals.positive(a, "eps"));
    }

    @Override
    public String name() {
        return "CosineSimilarity";
    }

    @Override
    public Shape output() {
        return Dimensions.without(Joins.broadcast(inputs), List.of(dimension));
    }

    @Override
    public long flops() {
        return 6L * Joins.broadcast(inputs).elements();
    }

    /** PyTorch's module prints nothing. */
    @Override
    public List<LayerAttribute> attributes() {
        return List.of(unprinted("dim", dim).unless(1), unprinted("eps", eps).unless(1e-8));
    }

    @Override
    public Value forward(Lowering l, List<Value> values) {
        Value a = values.get(0);
        Value b = values.get(1);
        Dual first = Dual.variable(0);
        List<Integer> along = List.of(dimension);
        Value dot = l.reduce(".dot", Reduce.Kind.SUM, first.times(Dual.variable(1)), along, a, b);
        Value ofA = Norms.of(l, ".length0", 2, first, along, a);
        Value ofB = Norms.of(l, ".length1", 2, first, along, b);
        Dual lengths = Dual.variable(1).raisedTo(eps).times(Dual.variable(2).raisedTo(eps));
        return l.reshape(l.map(".kept", first.dividedBy(lengths), dot, ofA, ofB), output());
    }
}
