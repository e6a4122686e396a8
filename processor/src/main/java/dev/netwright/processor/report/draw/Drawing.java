package dev.netwright.processor.report.draw;

import java.util.List;

/**
 * A graph as it is drawn, from the top to the bottom.
 *
 * @param boxes where each box of the sketch is
 * @param paths where each line of the sketch goes
 * @param width of all
 * @param height of all
 */
public record Drawing(List<Placed> boxes, List<Path> paths, int width, int height) {
    /** A box: its upper left corner and its size. */
    public record Placed(int x, int y, int width, int height) {
        int centre() {
            return x + width / 2;
        }
    }

    /** A point. */
    public record Point(int x, int y) {}

    /** A line from the lower side of a box to the upper side of another, straight from point to point. */
    public record Path(List<Point> points) {
        public Path {
            points = List.copyOf(points);
        }
    }

    public Drawing {
        boxes = List.copyOf(boxes);
        paths = List.copyOf(paths);
    }

    /** Draws a graph. */
    public static Drawing of(Sketch sketch) {
        Levels levels = new Levels(sketch);
        new Crossings(levels).reduce();
        new Columns(levels).place();
        return new Routes(sketch, levels).drawing();
    }
}
