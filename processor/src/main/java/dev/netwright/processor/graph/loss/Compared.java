package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** What the losses over several outputs have in common. */
final class Compared {
    private Compared() {}

    /** The shape that all outputs have. */
    static Shape alike(List<Shape> inputs) {
        if (new HashSet<>(inputs).size() > 1) {
            String shapes = inputs.stream().map(Shape::toString).collect(Collectors.joining(" and "));
            throw LayerException.shape(
                    "of", "%s compares outputs of the shapes " + shapes, "Give it outputs of one shape.");
        }
        return inputs.get(0);
    }

    /** The same, of vectors. */
    static Shape vectors(List<Shape> inputs) {
        Shape shape = alike(inputs);
        if (shape.rank() != 1) {
            throw LayerException.shape(
                    "of", "%s compares vectors but receives outputs of the shape " + shape, "Flatten them first.");
        }
        return shape;
    }
}
