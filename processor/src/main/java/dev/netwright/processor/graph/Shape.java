package dev.netwright.processor.graph;

import java.util.Arrays;
import java.util.List;
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
        return sizes.stream().reduce(1, Math::multiplyExact);
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
