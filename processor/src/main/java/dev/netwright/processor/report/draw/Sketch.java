package dev.netwright.processor.report.draw;

import java.util.List;

/**
 * A graph that is to be drawn.
 *
 * @param boxes numbered from 0 on
 * @param lines each from a box to one with a higher number
 */
public record Sketch(List<Box> boxes, List<Line> lines) {
    /** The size of a box. */
    public record Box(int width, int height) {}

    /** A line from a box to another. */
    public record Line(int from, int to) {}

    public Sketch {
        boxes = List.copyOf(boxes);
        lines = List.copyOf(lines);
        for (Line line : lines) {
            if (line.from() >= line.to() || line.to() >= boxes.size()) {
                throw new IllegalArgumentException(line + " does not lead on among " + boxes.size() + " boxes");
            }
        }
    }
}
