package dev.netwright.processor.report.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The boxes of a sketch on levels, so that each line leads from a level to the next: where one leads over several, it goes
 * through a place on each between.
 */
final class Levels {
    /** A box, or a place where a line passes a level. */
    static final class Place {
        /** Its number in the sketch; -1 for a line's. */
        final int box;

        final int width;
        final int height;
        final int level;
        final List<Place> above = new ArrayList<>();
        final List<Place> below = new ArrayList<>();
        /** On its level, from the left. */
        int order;
        /** Its middle. */
        double x;

        Place(int box, int width, int height, int level) {
            this.box = box;
            this.width = width;
            this.height = height;
            this.level = level;
        }

        boolean isBox() {
            return box >= 0;
        }
    }

    /** What is left free for a line that passes a box. */
    private static final int LINE = 10;

    private final List<List<Place>> levels = new ArrayList<>();
    private final List<Place> boxes = new ArrayList<>();
    /** For each line of the sketch, all it goes through, both ends included. */
    private final List<List<Place>> ways = new ArrayList<>();

    Levels(Sketch sketch) {
        int[] level = levels(sketch);
        int count = Arrays.stream(level).max().orElse(-1) + 1;
        for (int i = 0; i < count; i++) {
            levels.add(new ArrayList<>());
        }
        for (int i = 0; i < level.length; i++) {
            Sketch.Box box = sketch.boxes().get(i);
            boxes.add(add(new Place(i, box.width(), box.height(), level[i])));
        }
        for (Sketch.Line line : sketch.lines()) {
            List<Place> way = new ArrayList<>(List.of(boxes.get(line.from())));
            for (int i = level[line.from()] + 1; i < level[line.to()]; i++) {
                way.add(add(new Place(-1, LINE, 0, i)));
            }
            way.add(boxes.get(line.to()));
            for (int i = 1; i < way.size(); i++) {
                way.get(i - 1).below.add(way.get(i));
                way.get(i).above.add(way.get(i - 1));
            }
            ways.add(way);
        }
    }

    private Place add(Place place) {
        List<Place> level = levels.get(place.level);
        place.order = level.size();
        level.add(place);
        return place;
    }

    /** Each one below all that lead to it; what nothing leads to, right above the first that it leads to. */
    private static int[] levels(Sketch sketch) {
        int count = sketch.boxes().size();
        int[] level = new int[count];
        boolean[] reached = new boolean[count];
        // lines lead to higher numbers
        List<Sketch.Line> lines = new ArrayList<>(sketch.lines());
        lines.sort(Comparator.comparingInt(Sketch.Line::from));
        for (Sketch.Line line : lines) {
            level[line.to()] = Math.max(level[line.to()], level[line.from()] + 1);
            reached[line.to()] = true;
        }
        int[] next = new int[count];
        Arrays.fill(next, Integer.MAX_VALUE);
        lines.forEach(line -> next[line.from()] = Math.min(next[line.from()], level[line.to()]));
        for (int i = 0; i < count; i++) {
            if (!reached[i] && next[i] != Integer.MAX_VALUE) {
                level[i] = next[i] - 1;
            }
        }
        return level;
    }

    List<List<Place>> all() {
        return levels;
    }

    Place box(int number) {
        return boxes.get(number);
    }

    List<Place> way(int line) {
        return ways.get(line);
    }
}
