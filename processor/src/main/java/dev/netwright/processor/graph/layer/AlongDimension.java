package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import java.util.List;

/** A softmax of some kind: a function of all elements along one dimension. */
interface AlongDimension extends Layer {
    /** The dimension as written, for printing. */
    int dim();

    @Override
    default String name() {
        return getClass().getSimpleName();
    }

    /** Largest, difference, exponential, sum, and one more with the sum. */
    @Override
    default long flops() {
        return 5L * output().elements();
    }

    @Override
    default List<LayerAttribute> attributes() {
        return List.of(named("dim", dim()));
    }
}
