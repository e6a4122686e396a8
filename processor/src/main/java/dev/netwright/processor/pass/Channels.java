package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;

/**
 * Which dimension of a result fills vectors: what a convolution sums to has its channels first, what a product sums to
 * its features last.
 */
final class Channels {
    private Channels() {}

    /**
     * Whether a value has one element for each channel or feature, in that dimension and no other: where two dimensions
     * have the same size, the number of elements does not tell.
     *
     * @param result shape of what the anchor computes
     * @param anchor a convolution or product, perhaps fused
     * @param value is broadcast to the result
     */
    static boolean isVectorOf(Shape result, Node anchor, Value value) {
        Primitive primitive = Primitive.Fused.anchor(anchor);
        int dimension = Primitive.isProduct(primitive) ? result.rank() - 1 : 0;
        int aligned = dimension - result.rank() + value.shape().rank();
        return aligned >= 0
                && value.shape().size(aligned) == value.shape().elements()
                && value.shape().elements() == result.size(dimension);
    }
}
