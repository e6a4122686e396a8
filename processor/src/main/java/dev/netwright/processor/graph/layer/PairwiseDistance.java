package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The norm of the difference of two inputs along the last dimension.
 *
 * @param inputs shapes of one sample of each
 * @param eps added to each difference
 */
public record PairwiseDistance(List<Shape> inputs, double p, double eps, boolean keepdim) implements Derived {
    public PairwiseDistance {
        inputs = List.copyOf(inputs);
    }

    static PairwiseDistance create(Attributes a, List<Shape> inputs) {
        Joins.checkTwo(inputs);
        int rank = inputs.get(0).rank();
        if (rank == 0) {
            throw LayerException.shape("from", "%s needs vectors but receives single numbers", "Give it vectors.");
        }
        Joins.checkAlong(inputs, rank - 1);
        return new PairwiseDistance(inputs, Norms.power(a, "p"), Reals.finite(a, "eps"), a.flag("keepdim"));
    }

    @Override
    public String name() {
        return "PairwiseDistance";
    }

    private List<Integer> last() {
        return List.of(inputs.get(0).rank() - 1);
    }

    @Override
    public Shape output() {
        Shape space = Joins.broadcast(inputs);
        return keepdim ? Dimensions.made(1, space, last()) : Dimensions.without(space, last());
    }

    @Override
    public long flops() {
        return 4L * Joins.broadcast(inputs).elements();
    }

    /** PyTorch's module prints nothing. */
    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                unprinted("p", p).unless(2.0),
                unprinted("eps", eps).unless(1e-6),
                unprinted("keepdim", keepdim).unless(false));
    }

    @Override
    public Value forward(Lowering l, List<Value> values) {
        Dual difference = Dual.variable(0).minus(Dual.variable(1)).plus(eps);
        return l.reshape(Norms.of(l, ".norm", p, difference, last(), values.get(0), values.get(1)), output());
    }
}
