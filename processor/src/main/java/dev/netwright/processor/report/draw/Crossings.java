package dev.netwright.processor.report.draw;

import dev.netwright.processor.report.draw.Levels.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Orders the places of each level so that few lines cross: by the medians of their neighbours on the level above or
 * below, up and down in turn (Sugiyama, Tagawa and Toda 1981; Gansner et al. 1993, section 3), then by exchanging
 * neighbours where that helps.
 */
final class Crossings {
    private static final int SWEEPS = 12;

    private final List<List<Place>> levels;

    Crossings(Levels levels) {
        this.levels = levels.all();
    }

    void reduce() {
        List<List<Place>> best = snapshot();
        int fewest = count();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < levels.size(); i++) {
                byMedians(levels.get(down ? i : levels.size() - 1 - i), down);
            }
            exchange();
            int crossings = count();
            if (crossings < fewest) {
                fewest = crossings;
                best = snapshot();
            }
        }
        for (int i = 0; i < levels.size(); i++) {
            order(levels.get(i), best.get(i));
        }
    }

    private List<List<Place>> snapshot() {
        return levels.stream().map(List::copyOf).toList();
    }

    private static void order(List<Place> level, List<Place> order) {
        for (int i = 0; i < order.size(); i++) {
            level.set(i, order.get(i));
            order.get(i).order = i;
        }
    }

    /** What has no neighbours there stays where it is. */
    private static void byMedians(List<Place> level, boolean down) {
        record Keyed(Place place, double key) {}
        List<Keyed> keyed = new ArrayList<>();
        for (Place place : level) {
            int[] orders = (down ? place.above : place.below)
                    .stream().mapToInt(other -> other.order).sorted().toArray();
            int middle = orders.length / 2;
            double median = orders.length == 0
                    ? place.order
                    : orders.length % 2 == 1 ? orders[middle] : (orders[middle - 1] + orders[middle]) / 2.0;
            keyed.add(new Keyed(place, median));
        }
        keyed.sort(Comparator.comparingDouble(Keyed::key));
        order(level, keyed.stream().map(Keyed::place).toList());
    }

    private void exchange() {
        boolean better = true;
        for (int round = 0; round < SWEEPS && better; round++) {
            better = false;
            for (List<Place> level : levels) {
                for (int i = 0; i + 1 < level.size(); i++) {
                    Place left = level.get(i);
                    Place right = level.get(i + 1);
                    int now = crossings(left.above, right.above) + crossings(left.below, right.below);
                    int then = crossings(right.above, left.above) + crossings(right.below, left.below);
                    if (then < now) {
                        level.set(i, right);
                        level.set(i + 1, left);
                        right.order = i;
                        left.order = i + 1;
                        better = true;
                    }
                }
            }
        }
    }

    /** Of the lines of a place with those of another to the right of it. */
    private static int crossings(List<Place> left, List<Place> right) {
        int crossings = 0;
        for (Place a : left) {
            for (Place b : right) {
                crossings += a.order > b.order ? 1 : 0;
            }
        }
        return crossings;
    }

    private int count() {
        int crossings = 0;
        for (List<Place> level : levels) {
            for (int i = 0; i < level.size(); i++) {
                for (int j = i + 1; j < level.size(); j++) {
                    crossings += crossings(level.get(i).below, level.get(j).below);
                }
            }
        }
        return crossings;
    }
}
