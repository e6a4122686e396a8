package dev.netwright.processor.plan;

import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The gradient of a pool, added to a cleared result where windows may share elements or leave some out. Of maxima of few
 * channels, each element of the result collects what its windows have for it instead, so that it is written once and lines
 * are written in vectors: 3 x 3 by 2, 10 channels of 70 x 70, batch 8, 225 us instead of 863 on two threads. With more
 * channels that takes longer than adding does. Operands: gradient of in, gradient of out, [index].
 *
 * @param ends see {@link NarrowLines}; 0 where elements do not collect
 */
public record PoolGradient(
        List<PoolAxis> axes,
        Nest.Loop channels,
        int outSample,
        int inSample,
        PoolIndex index,
        boolean countIncludePad,
        int divisor,
        int ends)
        implements Kernel {
    /** Windows that may have an element: they are written out. */
    private static final int MOST_WINDOWS = 4;

    public boolean max() {
        return index != null;
    }

    /** Whether elements of such windows can collect: along each axis the windows of an element are neighbours. */
    static boolean collects(List<PoolWindow> windows) {
        return !isPartition(windows)
                && windows.stream().allMatch(window -> window instanceof Window even && even.dilation() == 1)
                && windows.stream().map(PoolGradient::windowsOf).reduce(1, Math::multiplyExact) <= MOST_WINDOWS;
    }

    /** Neighbouring windows that may have an element. */
    private static int windowsOf(PoolWindow windows) {
        int stride = ((Window) windows).stride();
        return (windows.kernel() + stride - 1) / stride;
    }

    /** The same along one of the axes. */
    public int windowsAlong(int axis) {
        return windowsOf(axes.get(axis).windows());
    }

    /** The same along all of them. */
    public int windowsOfElement() {
        return IntStream.range(0, axes.size()).map(this::windowsAlong).reduce(1, Math::multiplyExact);
    }

    private static boolean isPartition(List<PoolWindow> windows) {
        return windows.stream().allMatch(PoolWindow::isPartition);
    }

    /** Whether elements collect what they get. */
    public boolean collected() {
        return ends > 0;
    }

    /** Whether each element is written once; lines then are the units of work, else samples. */
    public boolean isStored() {
        return collected() || isPartition(axes.stream().map(PoolAxis::windows).toList());
    }

    /** Lines of a sample: of elements where these collect, else of windows. */
    int lines() {
        return collected()
                ? axes.subList(0, axes.size() - 1).stream()
                        .mapToInt(axis -> axis.windows().extent())
                        .reduce(1, Math::multiplyExact)
                : PoolAxis.lines(axes);
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("image", "pooled")
                .floatsIf(index != null, "index")
                .list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        accesses.add(PoolAccesses.pooled(Access.read("pooled").samples(outSample), axes, channels));
        if (index != null) {
            accesses.add(PoolAccesses.indices(Access.read("index"), index, axes, channels));
        }
        Access in = (isStored() ? Access.write("image") : Access.update("image")).samples(inSample);
        accesses.add(collected() ? PoolAccesses.image(in, axes, channels) : PoolAccesses.windows(in, axes, channels));
        return accesses;
    }
}
