package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The elements of one dimension from one place to another.
 *
 * @param input shape of one sample
 * @param dimension of the sample
 * @param start the first element
 * @param size how many
 * @param dim as written, for printing
 */
public record Slice(Shape input, int dimension, int start, int size, int dim) implements Part {
    static Slice create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        int dimension = Dimensions.ofSample(a, "dim", input);
        int size = input.size(dimension);
        int start = place(a, "start", dimension, size);
        int end = a.isWritten("end") ? place(a, "end", dimension, size) : size;
        if (start >= end) {
            boolean byEnd = a.isWritten("end");
            throw LayerException.shape(
                            byEnd ? "end" : "start",
                            "%s takes elements " + start + " up to, not including, " + end + " of dimension "
                                    + (dimension + 1) + ", which are none",
                            byEnd ? "Write an end behind the start." : "Write a start of less than " + size + ".")
                    .besides("start", "dim");
        }
        return new Slice(input, dimension, start, end - start, a.integer("dim"));
    }

    private static int place(Attributes a, String name, int dimension, int size) {
        int written = a.integer(name);
        long place = written < 0 ? (long) written + size : written;
        if (place < 0 || place > size) {
            throw LayerException.shape(
                            name,
                            name + " of %s is " + written + ", but dimension " + (dimension + 1) + " has " + size
                                    + " elements",
                            "Write 0 to " + size + ", or count from the end: -" + size + " to -1.")
                    .besides("dim");
        }
        return (int) place;
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("dim", dim), named("start", start), named("end", start + size));
    }
}
