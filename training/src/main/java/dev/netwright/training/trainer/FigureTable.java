package dev.netwright.training.trainer;

import java.util.ArrayList;
import java.util.List;

/** Columns of figures, in as many tables below each other as it takes to keep within a terminal's width. */
final class FigureTable {
    private static final int WIDTH = 80;

    /** Names the rows in every table. */
    private final List<String> first;

    private final List<List<String>> columns = new ArrayList<>();

    FigureTable(String name, List<String> cells) {
        first = aligned(name, 0, cells);
    }

    void add(String name, int least, List<String> cells) {
        columns.add(aligned(name, least, cells));
    }

    /** Header and cells, all as wide as the widest. */
    private static List<String> aligned(String name, int least, List<String> cells) {
        int width = Math.max(least, name.length());
        for (String cell : cells) {
            width = Math.max(width, cell.length());
        }
        List<String> column = new ArrayList<>();
        column.add(" ".repeat(width - name.length()) + name);
        for (String cell : cells) {
            column.add(" ".repeat(width - cell.length()) + cell);
        }
        return column;
    }

    @Override
    public String toString() {
        List<String> tables = new ArrayList<>();
        int from = 0;
        while (from < columns.size()) {
            int to = end(from);
            tables.add(table(columns.subList(from, to)));
            from = to;
        }
        return String.join("\n\n", tables);
    }

    /** One column at least, however wide. */
    private int end(int from) {
        int width = first.get(0).length();
        int to = from;
        while (to < columns.size()) {
            width += 1 + columns.get(to).get(0).length();
            if (width > WIDTH && to > from) {
                break;
            }
            to++;
        }
        return to;
    }

    private String table(List<List<String>> shown) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < first.size(); row++) {
            StringBuilder line = new StringBuilder(first.get(row));
            for (List<String> column : shown) {
                line.append(' ').append(column.get(row));
            }
            lines.add(line.toString());
        }
        return String.join("\n", lines);
    }
}
