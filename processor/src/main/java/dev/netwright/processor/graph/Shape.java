package dev.netwright.processor.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of a tensor, row-major. The shape of a batched value is that of one sample; the batch is never part of it.
 *
 * @param sizes one positive size per dimension; empty for a single number
 */
public record Shape(List<Integer> sizes) {
    public Shape {
        sizes = List.copyOf(sizes);
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("a shape has positive sizes only, got " + sizes);
            }
        }
    }

    public static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    public int rank() {
        return sizes.size();
    }

    public int size(int dimension) {
        return sizes.get(dimension);
    }

    /** The number of elements, exactly: more than an {@code int} holds is an {@link ArithmeticException}. */
    public int elements() {
        int elements = 1;
        for (int size : sizes) {
            elements = Math.multiplyExact(elements, size);
        }
        return elements;
    }

    /**
     * The shape to which others are broadcast as NumPy does: aligned at their last dimensions, where sizes of 1 are
     * stretched; empty where other sizes meet.
     */
    public static Optional<Shape> broadcast(List<Shape> shapes) {
        int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(rank, 1));
        for (Shape shape : shapes) {
            int missing = rank - shape.rank();
            for (int d = 0; d < shape.rank(); d++) {
                int size = shape.size(d);
                int known = sizes.get(missing + d);
                if (size != 1 && known != 1 && size != known) {
                    return Optional.empty();
                }
                sizes.set(missing + d, Math.max(size, known));
            }
        }
        return Optional.of(new Shape(sizes));
    }

    /** The last two exchanged. */
    public Shape transposed() {
        int last = rank() - 1;
        return with(last, size(last - 1)).with(last - 1, size(last));
    }

    /** The same sizes in another order: for each dimension of the result, which of these it is. */
    public Shape permuted(List<Integer> order) {
        return new Shape(order.stream().map(sizes::get).toList());
    }

    /** With further dimensions behind the last. */
    public Shape and(List<Integer> further) {
        List<Integer> all = new ArrayList<>(sizes);
        all.addAll(further);
        return new Shape(all);
    }

    public Shape with(int dimension, int size) {
        return new Shape(IntStream.range(0, rank())
                .mapToObj(i -> i == dimension ? size : sizes.get(i))
                .toList());
    }

    public int[] toArray() {
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String toString() {
        return sizes.isEmpty() ? "1" : sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }
}
