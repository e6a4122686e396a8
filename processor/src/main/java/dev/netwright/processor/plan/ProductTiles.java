package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;

/** Sizes of a product's packed weights. */
final class ProductTiles {
    private ProductTiles() {}

    /** Whether a gradient by an input is summed from the weight as it is stored; otherwise from a transposed copy. */
    static boolean readsInPlace(Node inputGradient, Layout gradient, Weights weights) {
        return !Primitive.Fused.of(inputGradient).keepsAnchor() && LaneSums.suits(weights, gradient);
    }

    static int transposedPass(Weights weights) {
        return Weights.pass(weights.rows(), Weights.PRODUCT);
    }

    static int transposedSize(Weights weights) {
        return Math.multiplyExact(Layout.roundUp(weights.rows()), weights.outputs());
    }
}
