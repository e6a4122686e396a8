package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/** What the layers of several inputs have in common. */
final class Joins {
    private Joins() {}

    static void checkCount(List<Shape> inputs) {
        if (inputs.size() < 2) {
            throw LayerException.shape(
                    "from",
                    "%s joins two or more inputs but is given " + inputs.size(),
                    "Name them: from = {\"first\", \"second\"}.");
        }
    }

    /** Refuses inputs that do not meet element by element once sizes of 1 are stretched. */
    static void checkBroadcast(List<Shape> inputs) {
        checkCount(inputs);
        for (int i = 1; i < inputs.size(); i++) {
            for (int j = 0; j < i; j++) {
                check(inputs, j, i);
            }
        }
    }

    /** The same of exactly two. */
    static void checkTwo(List<Shape> inputs) {
        if (inputs.size() > 2) {
            throw LayerException.shape(
                    "from", "%s takes two inputs but is given " + inputs.size(), "Name two layers in from.");
        }
        checkBroadcast(inputs);
    }

    /** Refuses two inputs of which one is stretched along a dimension. */
    static void checkAlong(List<Shape> inputs, int dimension) {
        if (inputs.get(0).size(dimension) != inputs.get(1).size(dimension)) {
            throw LayerException.shape(
                    "from",
                    "%s compares vectors along dimension " + (dimension + 1) + ", but input 1 is " + inputs.get(0)
                            + " and input 2 is " + inputs.get(1),
                    "Give it vectors of the same size.");
        }
    }

    private static void check(List<Shape> inputs, int one, int other) {
        Shape a = inputs.get(one);
        Shape b = inputs.get(other);
        String both = ", but input " + (one + 1) + " is " + a + " and input " + (other + 1) + " is " + b;
        if (a.rank() != b.rank()) {
            throw LayerException.shape(
                    "from",
                    "%s needs inputs with the same number of dimensions" + both,
                    "PyTorch would align the batch of one with a dimension of the other. Give it layers with equally"
                            + " many; AdaptiveAvgPool2d and 1 x 1 convolutions keep those of an image.");
        }
        if (Shape.broadcast(List.of(a, b)).isEmpty()) {
            throw LayerException.shape(
                    "from",
                    "%s needs inputs whose sizes are equal or 1" + both,
                    "Give it layers of equal shape, but for sizes of 1"
                            + (a.rank() == 3
                                    ? ": a 1 x 1 convolution changes channels, padding and stride rows and columns."
                                    : "."));
        }
    }

    /** The shape to which inputs that go together are broadcast. */
    static Shape broadcast(List<Shape> inputs) {
        return Shape.broadcast(inputs).orElseThrow();
    }
}
