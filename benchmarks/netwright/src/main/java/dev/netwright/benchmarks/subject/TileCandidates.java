package dev.netwright.benchmarks.subject;

import dev.netwright.processor.plan.TileForm;
import dev.netwright.processor.plan.TileRow;
import dev.netwright.processor.plan.TileShape;
import dev.netwright.processor.plan.TileTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shapes that are tried for each row of the table, one in each round; the first round tries what the table says. */
final class TileCandidates {
    private static final List<String> TAPS_WIDE = List.of("12x1", "14x1", "10x1", "8x1", "6x1");
    private static final List<String> TAPS_NARROW = List.of("6x1", "7x1", "5x1", "8x1", "4x1");
    private static final List<String> NARROW = List.of("6x2", "4x2", "5x2", "3x2", "8x1");

    private TileCandidates() {}

    /** The table of a round. */
    static String table(int round) {
        return TileTable.measured().rows().stream()
                .map(row -> row.with(shape(row, round)).with(List.of()).toString())
                .collect(Collectors.joining());
    }

    private static TileShape shape(TileRow row, int round) {
        List<TileShape> all = Stream.concat(
                        Stream.of(row.shape()), shapes(row).stream().map(TileShape::parse))
                .distinct()
                .toList();
        // a row with fewer is tried again as it is
        return round < all.size() ? all.get(round) : row.shape();
    }

    private static List<String> shapes(TileRow row) {
        boolean wide = row.registers() == TileRow.WIDE;
        if (row.form() == TileForm.TAPS) {
            return wide ? TAPS_WIDE : TAPS_NARROW;
        } else if (row.form() == TileForm.POOLED) {
            int vectors = row.lanes() / 16;
            return wide ? columns(vectors, 4, 8, 12) : List.of("4x2", "8x1", "4x1", "8x2", "12x1");
        } else if (!wide) {
            return NARROW;
        }
        return switch (row.lanes()) {
            case 16 -> columns(1, 12, 14, 8, 10, 16);
            case 32 -> columns(2, 8, 10, 6, 12, 7);
            case 48 -> columns(3, 6, 7, 5, 8, 4);
            default -> columns(4, 4, 5, 6, 3, 2);
        };
    }

    private static List<String> columns(int vectors, int... columns) {
        return Arrays.stream(columns)
                .mapToObj(each -> String.format(Locale.ROOT, "%dx%d", each, vectors))
                .toList();
    }
}
