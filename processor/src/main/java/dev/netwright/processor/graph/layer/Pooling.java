package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Primitive.Windows;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How the windows of a pool lie. Each list is as written, which is also how PyTorch prints it: one value for rows and
 * columns, or two.
 *
 * @param kernelSize taps of a window
 * @param stride from one window to the next
 * @param padding before and after the input
 * @param dilation from one tap to the next
 * @param ceilMode whether the last window may overhang the end
 */
public record Pooling(
        List<Integer> kernelSize,
        List<Integer> stride,
        List<Integer> padding,
        List<Integer> dilation,
        boolean ceilMode) {
    private static final String[] SIDES = {"rows", "columns"};

    public Pooling {
        kernelSize = List.copyOf(kernelSize);
        stride = List.copyOf(stride);
        padding = List.copyOf(padding);
        dilation = List.copyOf(dilation);
    }

    /** Reads the attributes and checks them against the input. */
    static Pooling create(Attributes a, Shape input, boolean dilates) {
        a.sizes("kernelSize", 2, 1);
        a.sizes("padding", 2, 0);
        if (a.isWritten("stride")) {
            a.sizes("stride", 2, 1);
        }
        if (dilates) {
            a.sizes("dilation", 2, 1);
        }
        Pooling pooling = new Pooling(
                a.integers("kernelSize"),
                a.integers(a.isWritten("stride") ? "stride" : "kernelSize"),
                a.integers("padding"),
                dilates ? a.integers("dilation") : List.of(1),
                a.flag("ceilMode"));
        for (int side = 0; side < SIDES.length; side++) {
            pooling.check(input, side);
        }
        return pooling;
    }

    private void check(Shape input, int side) {
        long span = span(side);
        int padded = at(padding, side);
        if (2L * padded > span) {
            throw new LayerException(
                            "padding",
                            "padding of %s is " + padded + ", but can be at most half the window of " + span + " "
                                    + SIDES[side],
                            "Write padding = " + span / 2 + " or less.")
                    .besides("kernelSize", "dilation");
        }
        int size = input.size(side + 1);
        long windows = count(size, side);
        if (windows < 1) {
            throw LayerException.shape(
                            "kernelSize",
                            "%s needs " + span + " " + SIDES[side] + ", but its padded input has "
                                    + (size + 2L * padded),
                            "Write a smaller kernelSize, or more padding.")
                    .besides("stride", "padding", "dilation");
        }
        Math.toIntExact(windows);
        Math.toIntExact(span);
        // those that begin within the input meet it
        long begin = (padded + at(stride, side) - 1L) / at(stride, side);
        long end = ((long) size + padded + at(stride, side) - 1) / at(stride, side);
        LongStream.concat(LongStream.range(0, Math.min(begin, windows)), LongStream.range(end, windows))
                .forEach(window -> checkMeetsInput(window, size, side));
    }

    private void checkMeetsInput(long window, int size, int side) {
        if (!meetsInput(window * at(stride, side) - at(padding, side), size, side)) {
            throw LayerException.shape(
                            "dilation",
                            "window " + window + " of the " + SIDES[side]
                                    + " of %s sees padding alone: its taps step by " + at(dilation, side)
                                    + " over an input of " + size,
                            "Write a smaller dilation, or less padding.")
                    .besides("kernelSize", "stride", "padding");
        }
    }

    private boolean meetsInput(long start, int size, int side) {
        long first =
                start < 0 ? start + (-start + at(dilation, side) - 1) / at(dilation, side) * at(dilation, side) : start;
        return first < size && first < start + span(side);
    }

    private long span(int side) {
        return (long) at(dilation, side) * (at(kernelSize, side) - 1) + 1;
    }

    /** PyTorch's pooling_output_shape: with ceilMode no window starts in the padding after the input. */
    private long count(int size, int side) {
        int step = at(stride, side);
        long room = size + 2L * at(padding, side) - span(side);
        long windows = Math.floorDiv(ceilMode ? room + step - 1 : room, (long) step) + 1;
        return ceilMode && (windows - 1) * step >= (long) size + at(padding, side) ? windows - 1 : windows;
    }

    private static int at(List<Integer> values, int side) {
        return values.get(values.size() == 1 ? 0 : side);
    }

    /** The windows over an image's rows (side 0) or columns (1). */
    Windows windows(Shape input, int side) {
        int size = input.size(side + 1);
        return new Windows(
                size,
                (int) count(size, side),
                at(kernelSize, side),
                at(stride, side),
                at(padding, side),
                at(dilation, side),
                false);
    }

    Shape output(Shape input) {
        return Shape.of(input.size(0), (int) count(input.size(1), 0), (int) count(input.size(2), 1));
    }

    /** Operations of one sample, one for each tap. */
    long flops(Shape input) {
        return (long) output(input).elements() * at(kernelSize, 0) * at(kernelSize, 1);
    }

    /** The first of every pool's. */
    List<LayerAttribute> attributes() {
        return List.of(
                named("kernel_size", single(kernelSize)),
                named("stride", single(stride)),
                named("padding", single(padding)));
    }
}
