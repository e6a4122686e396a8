package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Layer;

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
    default String arguments() {
        return "dim=" + dim();
    }
}
