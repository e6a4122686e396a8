package dev.netwright.processor.graph.layer;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Attributes that name a dimension as PyTorch does: the batch is 0, negative ones count from the end. */
final class Dimensions {
    private Dimensions() {}

    /** The dimension of the sample that an attribute names, from 0. */
    static int ofSample(Attributes a, String name, Shape sample) {
        return ofSample(a.integer(name), name, sample);
    }

    /** Those that an attribute names, each once, in order. */
    static List<Integer> someOfSample(Attributes a, String name, Shape sample) {
        List<Integer> dimensions = a.integers(name).stream()
                .map(written -> ofSample(written, name, sample))
                .sorted()
                .toList();
        if (dimensions.isEmpty() || dimensions.stream().distinct().count() < dimensions.size()) {
            throw new LayerException(
                    name,
                    name + " of %s is " + a.sizesText(name) + ", which names "
                            + (dimensions.isEmpty() ? "no dimension" : "one twice"),
                    "Write one or more of the sample's dimensions (" + sample + "), each once.");
        }
        return dimensions;
    }

    /** A shape with another size in some dimensions. */
    static Shape made(int size, Shape shape, List<Integer> dimensions) {
        return new Shape(IntStream.range(0, shape.rank())
                .mapToObj(d -> dimensions.contains(d) ? size : shape.size(d))
                .toList());
    }

    /** The last dimensions of the sample. */
    static List<Integer> last(Shape shape, int count) {
        return IntStream.range(shape.rank() - count, shape.rank()).boxed().toList();
    }

    /** A shape without some dimensions. */
    static Shape without(Shape shape, List<Integer> dimensions) {
        return new Shape(IntStream.range(0, shape.rank())
                .filter(d -> !dimensions.contains(d))
                .mapToObj(shape::size)
                .toList());
    }

    private static int ofSample(int written, String name, Shape sample) {
        int dimension = counted(written, name, sample);
        if (dimension == 0) {
            throw new LayerException(
                    Problem.BATCH_DIMENSION,
                    name,
                    name + " of %s is " + written + ", the batch, but samples never mix",
                    "Write a dimension of the sample (" + sample + "): 1 to " + sample.rank()
                            + ", or -1 for the last.");
        }
        return dimension - 1;
    }

    /** All dimensions of the sample, from 0, in the order in which an attribute names them behind the batch. */
    static List<Integer> permutation(Attributes a, String name, Shape sample) {
        List<Integer> written = a.integers(name);
        int rank = sample.rank() + 1;
        List<Integer> order = new ArrayList<>();
        for (int dim : written) {
            order.add(dim < 0 ? dim + rank : dim);
        }
        List<Integer> sorted = order.stream().sorted().toList();
        String all = IntStream.range(0, rank).mapToObj(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
        if (!sorted.equals(IntStream.range(0, rank).boxed().toList())) {
            throw new LayerException(
                    name,
                    name + " of %s is " + a.sizesText(name) + ", but the batch and the sample (" + sample
                            + ") have the dimensions 0 to " + (rank - 1) + ", each to be named once",
                    "Write the numbers " + all + " in another order, 0 first.");
        }
        if (order.get(0) != 0) {
            throw new LayerException(
                    Problem.BATCH_DIMENSION,
                    name,
                    name + " of %s puts 0, the batch, in place " + order.indexOf(0) + ", but samples never mix",
                    "Write 0 first, and behind it the dimensions of the sample (" + sample + ").");
        }
        return order.stream().skip(1).map(dim -> dim - 1).toList();
    }

    private static int counted(int written, String name, Shape sample) {
        int rank = sample.rank() + 1;
        if (sample.rank() == 0) {
            throw LayerException.shape(
                    name,
                    name + " of %s is " + written + ", but each sample is a single number",
                    "Give it an input with at least one dimension.");
        }
        if (written < -rank || written >= rank) {
            throw new LayerException(
                    name,
                    name + " of %s is " + written + ", but the sample (" + sample + ") has the dimensions 1 to "
                            + sample.rank(),
                    "Write one of them, or -1 for the last.");
        }
        return written < 0 ? written + rank : written;
    }
}
