package dev.netwright.processor.report.draw;

import dev.netwright.processor.report.draw.Drawing.Path;
import dev.netwright.processor.report.draw.Drawing.Placed;
import dev.netwright.processor.report.draw.Drawing.Point;
import dev.netwright.processor.report.draw.Levels.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Where levels lie below each other, and where lines leave and reach the boxes: between levels alone do they bend. */
final class Routes {
    /** Between levels. */
    private static final int GAP = 34;

    /** Around the drawing. */
    private static final int MARGIN = 8;

    private final Sketch sketch;
    private final Levels levels;
    private final int[] top;
    private final int[] bottom;

    Routes(Sketch sketch, Levels levels) {
        this.sketch = sketch;
        this.levels = levels;
        int count = levels.all().size();
        this.top = new int[count];
        this.bottom = new int[count];
        int y = MARGIN;
        for (int i = 0; i < count; i++) {
            top[i] = y;
            bottom[i] = y
                    + levels.all().get(i).stream()
                            .mapToInt(place -> place.height)
                            .max()
                            .orElse(0);
            y = bottom[i] + GAP;
        }
    }

    Drawing drawing() {
        List<Placed> boxes = new ArrayList<>();
        for (int i = 0; i < sketch.boxes().size(); i++) {
            Place place = levels.box(i);
            boxes.add(new Placed(x(place) - place.width / 2, top[place.level], place.width, place.height));
        }
        int[] leave = ports(true);
        int[] reach = ports(false);
        List<Path> paths = new ArrayList<>();
        int right = boxes.stream().mapToInt(box -> box.x() + box.width()).max().orElse(0);
        for (int i = 0; i < sketch.lines().size(); i++) {
            List<Place> way = levels.way(i);
            Place from = way.get(0);
            Place to = way.get(way.size() - 1);
            List<Point> points = new ArrayList<>();
            points.add(new Point(leave[i], top[from.level] + from.height));
            if (top[from.level] + from.height < bottom[from.level]) {
                points.add(new Point(leave[i], bottom[from.level]));
            }
            for (Place place : way.subList(1, way.size() - 1)) {
                points.add(new Point(x(place), top[place.level]));
                points.add(new Point(x(place), bottom[place.level]));
                right = Math.max(right, x(place));
            }
            points.add(new Point(reach[i], top[to.level]));
            paths.add(new Path(points));
        }
        int height = bottom.length == 0 ? 0 : bottom[bottom.length - 1];
        return new Drawing(boxes, paths, right + MARGIN, height + MARGIN);
    }

    private static int x(Place place) {
        return MARGIN + (int) Math.floor(place.x);
    }

    /** Where lines leave their boxes, or reach them: in the order of where they go; one that can go straight does. */
    private int[] ports(boolean leave) {
        int[] ports = new int[sketch.lines().size()];
        for (int box = 0; box < sketch.boxes().size(); box++) {
            int own = box;
            List<Integer> lines = IntStream.range(0, ports.length)
                    .filter(i -> own
                            == (leave
                                    ? sketch.lines().get(i).from()
                                    : sketch.lines().get(i).to()))
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer i) -> neighbour(i, leave).order))
                    .toList();
            Place place = levels.box(box);
            int straight = IntStream.range(0, lines.size())
                    .filter(i -> x(neighbour(lines.get(i), leave)) == x(place))
                    .findFirst()
                    .orElse(-1);
            int left = x(place) - place.width / 2;
            for (int i = 0; i < lines.size(); i++) {
                ports[lines.get(i)] = straight < 0
                        ? left + place.width * (i + 1) / (lines.size() + 1)
                        : i < straight
                                ? left + place.width / 2 * (i + 1) / (straight + 1)
                                : x(place) + place.width / 2 * (i - straight) / (lines.size() - straight);
            }
        }
        return ports;
    }

    private Place neighbour(int line, boolean leave) {
        List<Place> way = levels.way(line);
        return way.get(leave ? 1 : way.size() - 2);
    }
}
