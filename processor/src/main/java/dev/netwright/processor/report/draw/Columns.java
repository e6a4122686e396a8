package dev.netwright.processor.report.draw;

import dev.netwright.processor.report.draw.Levels.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Says where each place of a level is, in the order that they have: as near to its neighbours above and below as the others
 * leave room for. Of a level that is the sum of squares of the distances, which is least where those that want to be in
 * each other's place are joined and lie around the middle of what they want.
 */
final class Columns {
    private static final int SWEEPS = 24;

    /** Between places of a level. */
    private static final int GAP = 18;

    /** What a box weighs against a line beside it. */
    private static final double BOX = 1 << 12;

    /** How much lines are kept straight: within long ones, from box to box, and at the ends of long ones. */
    private static final int WITHIN = 8;

    private static final int SHORT = 4;

    private final List<List<Place>> levels;

    Columns(Levels levels) {
        this.levels = levels.all();
    }

    void place() {
        for (List<Place> level : levels) {
            settle(level, place -> 0);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < levels.size(); i++) {
                settle(
                        levels.get(down ? i : levels.size() - 1 - i),
                        place -> wanted(place, down ? place.above : place.below));
            }
        }
        for (List<Place> level : levels) {
            settle(level, place -> {
                List<Place> both = new ArrayList<>(place.above);
                both.addAll(place.below);
                return wanted(place, both);
            });
        }
        toTheLeftEdge();
    }

    private interface Wish {
        double of(Place place);
    }

    /** The weighted median of its neighbours. */
    private static double wanted(Place place, List<Place> neighbours) {
        if (neighbours.isEmpty()) {
            return place.x;
        }
        List<Place> sorted = new ArrayList<>(neighbours);
        sorted.sort(Comparator.comparingDouble((Place other) -> other.x));
        int all = sorted.stream().mapToInt(other -> weight(place, other)).sum();
        int half = 0;
        for (int i = 0; i < sorted.size(); i++) {
            half += weight(place, sorted.get(i));
            if (2 * half == all) {
                return (sorted.get(i).x + sorted.get(i + 1).x) / 2;
            } else if (2 * half > all) {
                return sorted.get(i).x;
            }
        }
        throw new IllegalStateException("no half of " + all);
    }

    private static int weight(Place place, Place other) {
        if (place.isBox() && other.isBox()) {
            return SHORT;
        }
        return place.isBox() || other.isBox() ? 1 : WITHIN;
    }

    /** Joined places: they lie side by side. */
    private static final class Block {
        double sum;
        double weight;
        int count;

        double middle() {
            return sum / weight;
        }
    }

    private static void settle(List<Place> level, Wish wish) {
        double[] from = new double[level.size()];
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < level.size(); i++) {
            Place place = level.get(i);
            from[i] = i == 0 ? 0 : from[i - 1] + distance(level.get(i - 1), place);
            Block block = new Block();
            block.weight = place.isBox() ? BOX : 1;
            block.sum = block.weight * (wish.of(place) - from[i]);
            block.count = 1;
            while (!blocks.isEmpty() && blocks.get(blocks.size() - 1).middle() > block.middle()) {
                Block last = blocks.remove(blocks.size() - 1);
                block.sum += last.sum;
                block.weight += last.weight;
                block.count += last.count;
            }
            blocks.add(block);
        }
        int i = 0;
        for (Block block : blocks) {
            for (int end = i + block.count; i < end; i++) {
                level.get(i).x = block.middle() + from[i];
            }
        }
    }

    private static double distance(Place left, Place right) {
        return (left.width + right.width) / 2.0 + GAP;
    }

    /** In whole numbers, which keep their distances. */
    private void toTheLeftEdge() {
        double least = levels.stream()
                .flatMap(List::stream)
                .mapToDouble(place -> place.x - place.width / 2.0)
                .min()
                .orElse(0);
        for (List<Place> level : levels) {
            for (int i = 0; i < level.size(); i++) {
                Place place = level.get(i);
                double rounded = Math.rint(place.x - least);
                place.x = i == 0 ? rounded : Math.max(rounded, level.get(i - 1).x + distance(level.get(i - 1), place));
            }
        }
    }
}
