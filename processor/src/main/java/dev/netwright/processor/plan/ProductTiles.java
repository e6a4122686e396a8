package dev.netwright.processor.plan;

/** Sizes of a product's packed weights. */
final class ProductTiles {
    private ProductTiles() {}

    static int transposedWidth(Weights weights) {
        return Weights.width(weights.rows(), 64);
    }

    static int transposedSize(Weights weights) {
        return Math.multiplyExact(Layout.roundUp(weights.rows()), weights.outputs());
    }
}
