package dev.netwright.processor.report.page;

import dev.netwright.processor.report.draw.Drawing;
import dev.netwright.processor.report.draw.Drawing.Path;
import dev.netwright.processor.report.draw.Drawing.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where shapes are written in a drawing: of each part what it gives, once for all that read it, beside a line straight down
 * or the one at the right; at the side where fewer lines pass.
 */
final class ShapeLabels {
    /** Between a line and its label. */
    private static final int GAP = 5;

    /** About what a character of a label takes; wider in no usual font. */
    private static final int CHARACTER = 6;

    private static final int HEIGHT = 12;
    private static final int BASELINE = 13;

    /** Of letters below the line that they stand on. */
    private static final int DESCENT = 2;

    private final GraphParts parts;
    private final Drawing drawing;

    private ShapeLabels(GraphParts parts, Drawing drawing) {
        this.parts = parts;
        this.drawing = drawing;
    }

    /**
     * A shape.
     *
     * @param text it
     * @param left side of the room that it takes
     * @param right side of that room
     * @param baseline on which it stands
     * @param ends whether it ends at the right side, and does not begin at the left
     */
    record Label(String text, int left, int right, int baseline, boolean ends) {
        /** Whether a line passes through the room. */
        boolean isMetBy(Path path) {
            for (int i = 1; i < path.points().size(); i++) {
                if (isMetBy(path.points().get(i - 1), path.points().get(i))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isMetBy(Point a, Point b) {
            int from = Math.max(Math.min(a.y(), b.y()), baseline - HEIGHT + DESCENT);
            int to = Math.min(Math.max(a.y(), b.y()), baseline + DESCENT);
            if (from > to) {
                return false;
            }
            int first = a.y() == b.y() ? a.x() : at(a, b, from);
            int last = a.y() == b.y() ? b.x() : at(a, b, to);
            return Math.min(first, last) <= right && Math.max(first, last) >= left;
        }

        private static int at(Point a, Point b, int y) {
            return a.x() + (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y());
        }
    }

    static List<Label> of(GraphParts parts, Drawing drawing) {
        return new ShapeLabels(parts, drawing).labels();
    }

    private List<Label> labels() {
        Map<String, Integer> lines = new HashMap<>();
        for (int i = 0; i < parts.edges().size(); i++) {
            lines.merge(key(i), i, (a, b) -> isStraight(a) || !isStraight(b) && start(a).x() >= start(b).x() ? a : b);
        }
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < parts.edges().size(); i++) {
            if (lines.get(key(i)) == i) {
                labels.add(beside(i));
            }
        }
        return labels;
    }

    private Label beside(int edge) {
        String text = parts.edges().get(edge).value().shape().toString();
        Point start = start(edge);
        Point next = drawing.paths().get(edge).points().get(1);
        int baseline = start.y() + BASELINE;
        // a line that leans leads through the room beside its beginning
        int leant = Label.at(start, next, Math.min(baseline + DESCENT, next.y()));
        List<Label> places = List.of(
                behind(text, start.x(), baseline),
                before(text, start.x(), baseline),
                behind(text, Math.max(start.x(), leant), baseline),
                before(text, Math.min(start.x(), leant), baseline));
        return places.stream()
                .filter(place -> place == places.get(0) || place.left() >= 0 && place.right() <= drawing.width())
                .min(Comparator.comparingLong(this::met))
                .orElseThrow();
    }

    private static Label behind(String text, int x, int baseline) {
        return new Label(text, x + GAP, x + GAP + CHARACTER * text.length(), baseline, false);
    }

    private static Label before(String text, int x, int baseline) {
        return new Label(text, x - GAP - CHARACTER * text.length(), x - GAP, baseline, true);
    }

    private long met(Label label) {
        return drawing.paths().stream().filter(label::isMetBy).count();
    }

    private String key(int edge) {
        GraphParts.Edge of = parts.edges().get(edge);
        return of.from() + " " + of.value().shape();
    }

    private boolean isStraight(int edge) {
        return start(edge).x() == drawing.paths().get(edge).points().get(1).x();
    }

    private Point start(int edge) {
        return drawing.paths().get(edge).points().get(0);
    }
}
