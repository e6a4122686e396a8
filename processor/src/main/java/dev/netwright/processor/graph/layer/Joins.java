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

    static Shape equal(List<Shape> inputs) {
        checkCount(inputs);
        Shape first = inputs.get(0);
        for (int i = 1; i < inputs.size(); i++) {
            if (!inputs.get(i).equals(first)) {
                throw LayerException.shape(
                        "from",
                        "%s needs inputs of one shape, but input 1 is " + first + " and input " + (i + 1) + " is "
                                + inputs.get(i),
                        "Give it layers of equal shape; a 1 x 1 convolution changes channels, its stride rows and"
                                + " columns.");
            }
        }
        return first;
    }
}
