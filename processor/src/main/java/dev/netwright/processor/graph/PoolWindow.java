package dev.netwright.processor.graph;

import java.util.List;

/** The windows of a pool along one axis. */
public sealed interface PoolWindow permits Window, AdaptiveWindow, FractionalWindow {
    /** Size of the input. */
    int extent();

    /** Number of windows. */
    int output();

    /** Taps of a window, at most. */
    int kernel();

    /** Whether windows of two neither overlap nor leave the input. */
    default boolean isPairs() {
        return false;
    }

    /** Whether each element of the input is in exactly one window. */
    default boolean isPartition() {
        return false;
    }

    /** Windows [i * extent / output, ceil((i + 1) * extent / output)). */
    static PoolWindow adaptive(int extent, int output) {
        return extent % output == 0
                ? Window.blocks(extent, extent / output)
                : new AdaptiveWindow(extent, output, (extent + output - 1) / output + 1);
    }

    /** As many windows as the output is to have, whose steps are drawn; where one is as large as the input, none is. */
    static PoolWindow fractional(int extent, int output, int size) {
        return extent == size ? Window.blocks(extent, size) : new FractionalWindow(extent, output, size + 1);
    }

    /** Whether windows of an image are of 2 x 2, and neither overlap nor leave it. */
    static boolean areTwoByTwo(List<PoolWindow> windows) {
        return windows.size() == 2 && windows.stream().allMatch(PoolWindow::isPairs);
    }

    /** The windows along each axis, with a single row where there is one axis. */
    static List<PoolWindow> withRows(List<PoolWindow> windows) {
        return ImageAxes.all(windows, Window.SINGLE);
    }
}
