package dev.netwright.training.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints a confusion matrix within 80 columns. */
final class ConfusionText {

    private static final int COLUMNS = 80;
    private static final int LISTED = 20;
    private static final int LONGEST_NAME = 14;
    private static final int SHARE = 8;

    private record Confusion(int actual, int predicted, long count) {}

    private final ConfusionMatrix matrix;
    private final int classes;
    private final int nameWidth;

    ConfusionText(ConfusionMatrix matrix) {
        this.matrix = matrix;
        this.classes = matrix.classNames().size();
        this.nameWidth = Math.min(
                LONGEST_NAME,
                Math.max(
                        "precision".length(),
                        matrix.classNames().stream()
                                .mapToInt(String::length)
                                .max()
                                .orElse(0)));
    }

    @Override
    public String toString() {
        int free = COLUMNS - nameWidth - SHARE;
        int cell = free / classes;
        boolean fits = cell >= 5 && cell > Long.toString(largest()).length();
        return (fits ? table(Math.min(cell, 8)) : list())
                + String.format(Locale.ROOT, "accuracy %.2f %% of %d", 100 * matrix.accuracy(), matrix.total());
    }

    private long largest() {
        long largest = 0;
        for (int a = 0; a < classes; a++) {
            for (int p = 0; p < classes; p++) {
                largest = Math.max(largest, matrix.count(a, p));
            }
        }
        return largest;
    }

    private String table(int cell) {
        StringBuilder text = new StringBuilder(pad("", nameWidth));
        for (int p = 0; p < classes; p++) {
            text.append(right(clip(name(p), cell - 1), cell));
        }
        text.append(right("recall", SHARE)).append('\n');
        for (int a = 0; a < classes; a++) {
            text.append(pad(clip(name(a), nameWidth), nameWidth));
            for (int p = 0; p < classes; p++) {
                long count = matrix.count(a, p);
                text.append(right(count == 0 ? "." : Long.toString(count), cell));
            }
            text.append(right(percent(matrix.recall(a)), SHARE)).append('\n');
        }
        text.append(pad("precision", nameWidth));
        for (int p = 0; p < classes; p++) {
            text.append(right(percent(matrix.precision(p)), cell));
        }
        return text.append('\n').toString();
    }

    private String list() {
        List<Confusion> confusions = new ArrayList<>();
        for (int a = 0; a < classes; a++) {
            for (int p = 0; p < classes; p++) {
                if (a != p && matrix.count(a, p) > 0) {
                    confusions.add(new Confusion(a, p, matrix.count(a, p)));
                }
            }
        }
        confusions.sort(Comparator.comparingLong(Confusion::count).reversed());
        StringBuilder text = new StringBuilder();
        for (Confusion confusion : confusions.subList(0, Math.min(LISTED, confusions.size()))) {
            text.append(right(Long.toString(confusion.count), 12))
                    .append(" x ")
                    .append(clip(name(confusion.actual), 24))
                    .append(" taken for ")
                    .append(clip(name(confusion.predicted), 24))
                    .append('\n');
        }
        if (confusions.size() > LISTED) {
            text.append("and ").append(confusions.size() - LISTED).append(" rarer confusions\n");
        }
        return text.toString();
    }

    private String name(int label) {
        return matrix.classNames().get(label);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, share < 1 ? "%.1f" : "%.0f", 100 * share);
    }

    private static String clip(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
