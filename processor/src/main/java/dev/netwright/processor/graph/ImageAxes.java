package dev.netwright.processor.graph;

import java.util.ArrayList;
import java.util.List;

/** The axes behind the channels as lines and columns: one axis is that of the columns of a single line. */
final class ImageAxes {
    private ImageAxes() {}

    /** What goes along the last axis but one. */
    static <T> T rows(List<? extends T> axes, T single) {
        List<T> lines = lines(axes, single);
        return lines.get(lines.size() - 1);
    }

    /** What goes along each axis but the last: rows, or planes and rows. */
    static <T> List<T> lines(List<? extends T> axes, T single) {
        return axes.size() == 1 ? List.of(single) : List.copyOf(axes.subList(0, axes.size() - 1));
    }

    /** What goes along each axis, with the single line where there is one axis. */
    static <T> List<T> all(List<? extends T> axes, T single) {
        List<T> all = new ArrayList<>(lines(axes, single));
        all.add(columns(axes));
        return List.copyOf(all);
    }

    /** What goes along the last axis. */
    static <T> T columns(List<? extends T> axes) {
        return axes.get(axes.size() - 1);
    }
}
