package dev.netwright.processor.lint;

import dev.netwright.processor.graph.LayerNode;
import java.util.Set;

/** What kind of numbers a layer gives, by PyTorch's names of the layers. */
final class Kinds {
    /** Non-negative numbers that sum to 1, or lie between 0 and 1. */
    static final Set<String> PROBABILITIES = Set.of("Softmax", "Softmax2d", "Softmin", "Sigmoid", "Hardsigmoid");

    static final Set<String> LOGARITHMS = Set.of("LogSoftmax", "LogSigmoid");

    private static final Set<String> RECTIFIERS = Set.of("ReLU", "ReLU6");

    private Kinds() {}

    static boolean isProbability(LayerNode node) {
        return PROBABILITIES.contains(node.layer().name());
    }

    static boolean isLogarithm(LayerNode node) {
        return LOGARITHMS.contains(node.layer().name());
    }

    static boolean isRectifier(LayerNode node) {
        return RECTIFIERS.contains(node.layer().name());
    }

    static boolean isDropout(LayerNode node) {
        return node.layer().name().contains("Dropout");
    }

    static boolean isConvolution(LayerNode node) {
        return node.layer().name().startsWith("Conv");
    }

    static boolean isLinear(LayerNode node) {
        return node.layer().name().equals("Linear");
    }

    static boolean isBatchNorm(LayerNode node) {
        return node.layer().name().startsWith("BatchNorm");
    }

    /** Whether it computes weighted sums, which are anything from minus to plus infinity. */
    static boolean isUnbounded(LayerNode node) {
        return isConvolution(node)
                || isLinear(node)
                || isBatchNorm(node)
                || node.layer().name().equals("Bilinear");
    }
}
