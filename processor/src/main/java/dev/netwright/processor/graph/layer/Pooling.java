package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Window;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How the windows of a pool lie. Each list is as written, which is also how PyTorch prints it: one value for all axes, or
 * one for each.
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
    public Pooling {
        kernelSize = List.copyOf(kernelSize);
        stride = List.copyOf(stride);
        padding = List.copyOf(padding);
        dilation = List.copyOf(dilation);
    }

    /** Reads the attributes and checks them against the input. */
    static Pooling create(Attributes a, Shape input, boolean dilates) {
        a.sizes("padding", input.rank() - 1, 0);
        return create(a, input, a.integers("padding"), dilates);
    }

    /** The same of a pool that has neither padding nor dilation. */
    static Pooling withoutPadding(Attributes a, Shape input) {
        return create(a, input, List.of(0), false);
    }

    private static Pooling create(Attributes a, Shape input, List<Integer> padding, boolean dilates) {
        int axes = input.rank() - 1;
        a.sizes("kernelSize", axes, 1);
        if (a.isWritten("stride")) {
            a.sizes("stride", axes, 1);
        }
        if (dilates) {
            a.sizes("dilation", axes, 1);
        }
        Pooling pooling = new Pooling(
                a.integers("kernelSize"),
                a.integers(a.isWritten("stride") ? "stride" : "kernelSize"),
                padding,
                dilates ? a.integers("dilation") : List.of(1),
                a.flag("ceilMode"));
        for (int axis = 0; axis < axes; axis++) {
            check(pooling.window(input, axis), at(pooling.padding, axis), Images.axis(input, axis));
        }
        return pooling;
    }

    private static void check(Window window, int padding, String what) {
        long span = window.span();
        if (2L * padding > span) {
            throw new LayerException(
                            "padding",
                            "padding of %s is " + padding + ", but can be at most half the window of " + span + " "
                                    + what,
                            "Write padding = " + span / 2 + " or less.")
                    .besides("kernelSize", "dilation");
        }
        long windows = window.count();
        if (windows < 1) {
            throw LayerException.shape(
                            "kernelSize",
                            "%s needs " + span + " " + what + ", but its padded input has "
                                    + (window.extent() + 2L * padding),
                            "Write a smaller kernelSize, or more padding.")
                    .besides("stride", "padding", "dilation");
        }
        Math.toIntExact(windows);
        Math.toIntExact(span);
        // those that begin within the input meet it
        long step = window.stride();
        long begin = (padding + step - 1) / step;
        long end = ((long) window.extent() + padding + step - 1) / step;
        LongStream.concat(LongStream.range(0, Math.min(begin, windows)), LongStream.range(end, windows))
                .forEach(index -> checkMeetsInput(index, window, what));
    }

    private static void checkMeetsInput(long index, Window window, String what) {
        if (!meetsInput(index * window.stride() - window.before(), window)) {
            throw LayerException.shape(
                            "dilation",
                            "window " + index + " of the " + what
                                    + " of %s sees padding alone: its taps step by " + window.dilation()
                                    + " over an input of " + window.extent(),
                            "Write a smaller dilation, or less padding.")
                    .besides("kernelSize", "stride", "padding");
        }
    }

    private static boolean meetsInput(long start, Window window) {
        int step = window.dilation();
        long first = start < 0 ? start + (-start + step - 1) / step * step : start;
        return first < window.extent() && first < start + window.span();
    }

    private static int at(List<Integer> values, int axis) {
        return values.get(values.size() == 1 ? 0 : axis);
    }

    private Window window(Shape input, int axis) {
        int extent = input.size(axis + 1);
        int kernel = at(kernelSize, axis);
        int around = at(padding, axis);
        return ceilMode
                ? Window.overhanging(extent, kernel, at(stride, axis), at(dilation, axis), around)
                : new Window(extent, kernel, at(stride, axis), at(dilation, axis), around, around);
    }

    /** The windows along each axis behind the channels. */
    public List<PoolWindow> windows(Shape input) {
        return IntStream.range(0, input.rank() - 1)
                .<PoolWindow>mapToObj(axis -> window(input, axis))
                .toList();
    }

    /** The number of windows of each channel. */
    static Shape output(Shape input, List<PoolWindow> windows) {
        return Shape.of(input.size(0))
                .and(windows.stream().map(PoolWindow::output).toList());
    }

    Shape output(Shape input) {
        return output(input, windows(input));
    }

    /** Operations of one sample, one for each tap. */
    static long flops(Shape output, List<PoolWindow> windows) {
        long taps = windows.stream().mapToLong(PoolWindow::kernel).reduce(1, (a, b) -> a * b);
        return output.elements() * taps;
    }

    long flops(Shape input) {
        return flops(output(input), windows(input));
    }

    /** The first of every pool's. */
    List<LayerAttribute> attributes() {
        return attributes(LayerAttribute::single);
    }

    /** The same where PyTorch has tuples however sizes are written. */
    List<LayerAttribute> tuples() {
        return attributes(sizes -> sizes);
    }

    private List<LayerAttribute> attributes(Function<List<Integer>, Object> form) {
        return List.of(
                named("kernel_size", form.apply(kernelSize)),
                named("stride", form.apply(stride)),
                named("padding", form.apply(padding)));
    }
}
