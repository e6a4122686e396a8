package dev.netwright.processor.graph;

import java.util.List;

/** The axes behind the channels as rows and columns: one axis is that of the columns of a single row. */
final class ImageAxes {
    private ImageAxes() {}

    /** What goes along the last axis but one. */
    static <T> T rows(List<? extends T> axes, T single) {
        return axes.size() == 1 ? single : axes.get(axes.size() - 2);
    }

    /** What goes along the last axis. */
    static <T> T columns(List<? extends T> axes) {
        return axes.get(axes.size() - 1);
    }
}
