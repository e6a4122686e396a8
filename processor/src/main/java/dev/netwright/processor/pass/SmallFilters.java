package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;

/** How many multiplications the planner's minimal filtering (Winograd's algorithm) saves, for passes that compare costs. */
final class SmallFilters {
    private static final int FEWEST_CHANNELS = 16;

    private static final int FEWEST_CHANNELS_OF_WEIGHT_GRADIENT = 64;

    private static final int MOST_TILES_OF_WEIGHT_GRADIENT = 256;

    private SmallFilters() {}

    /** By what an input gradient's multiplications are divided; 1 where it is computed directly. */
    static double saving(Convolution convolution, Shape weight) {
        return saving(convolution, weight, FEWEST_CHANNELS);
    }

    /** By what a weight gradient's multiplications are divided; 1 where it is computed directly. */
    static double savingOfWeightGradient(Convolution convolution, Shape weight, Node node) {
        Shape gradient = node.inputs().get(1).shape();
        int tiles = (gradient.size(1) + 3) / 4 * ((gradient.size(2) + 3) / 4);
        return tiles <= MOST_TILES_OF_WEIGHT_GRADIENT
                ? saving(convolution, weight, FEWEST_CHANNELS_OF_WEIGHT_GRADIENT)
                : 1;
    }

    /** F(4x4,3x3) has 36 multiplications for 16 outputs of 9, F(4x4,5x5) 64 for 16 of 25. */
    private static double saving(Convolution convolution, Shape weight, int channels) {
        int taps = weight.size(2);
        boolean small = convolution.isDense()
                && taps == weight.size(3)
                && (taps == 3 || taps == 5)
                && Math.min(weight.size(0), weight.size(1)) >= channels;
        return small ? 16.0 * taps * taps / ((taps + 3) * (taps + 3)) : 1;
    }
}
