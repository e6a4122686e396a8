package dev.netwright.processor.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is different between two texts: lines that occur once in both and have the same order in both are kept, as many as
 * can be, and the equal lines around them (the idea of Cohen's patience diff).
 */
final class LineDiff {
    /** A line with what became of it: {@code ' '}, {@code '-'} or {@code '+'}. */
    record Line(char sign, String text) {}

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    static List<Line> of(List<String> before, List<String> after) {
        LineDiff diff = new LineDiff(before, after);
        diff.between();
        return diff.lines;
    }

    private void between() {
        int i = 0;
        int j = 0;
        for (int[] pair : anchors()) {
            flush(i, pair[0], j, pair[1]);
            lines.add(new Line(' ', before.get(pair[0])));
            i = pair[0] + 1;
            j = pair[1] + 1;
        }
        flush(i, before.size(), j, after.size());
    }

    /** Between two anchors: equal lines at the beginning and the end are kept. */
    private void flush(int from, int to, int other, int otherTo) {
        int i = from;
        int j = other;
        while (i < to && j < otherTo && before.get(i).equals(after.get(j))) {
            lines.add(new Line(' ', before.get(i)));
            i++;
            j++;
        }
        int end = to;
        int otherEnd = otherTo;
        while (end > i && otherEnd > j && before.get(end - 1).equals(after.get(otherEnd - 1))) {
            end--;
            otherEnd--;
        }
        before.subList(i, end).forEach(text -> lines.add(new Line('-', text)));
        after.subList(j, otherEnd).forEach(text -> lines.add(new Line('+', text)));
        before.subList(end, to).forEach(text -> lines.add(new Line(' ', text)));
    }

    /** The longest run of lines, unique in both, whose places grow in both. */
    private List<int[]> anchors() {
        Map<String, Integer> places = unique(before);
        Map<String, Integer> others = unique(after);
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            int place = places.get(before.get(i));
            int other = others.getOrDefault(before.get(i), -1);
            if (place >= 0 && other >= 0) {
                pairs.add(new int[] {i, other});
            }
        }
        int[] last = new int[pairs.size() + 1];
        int[] previous = new int[pairs.size()];
        int length = 0;
        for (int i = 0; i < pairs.size(); i++) {
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) / 2;
                if (pairs.get(last[middle])[1] < pairs.get(i)[1]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            previous[i] = low == 0 ? -1 : last[low - 1];
            last[low] = i;
            length = Math.max(length, low + 1);
        }
        int[][] found = new int[length][];
        int at = length == 0 ? -1 : last[length - 1];
        for (int i = length - 1; i >= 0; i--) {
            found[i] = pairs.get(at);
            at = previous[at];
        }
        return Arrays.asList(found);
    }

    /** Where each line is; -1 for one that there are several of. */
    private static Map<String, Integer> unique(List<String> lines) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            places.merge(lines.get(i), i, (a, b) -> -1);
        }
        return places;
    }
}
