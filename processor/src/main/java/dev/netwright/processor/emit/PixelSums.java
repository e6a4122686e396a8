package dev.netwright.processor.emit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The loops of a weight gradient's tile that takes a few pixels at once: {@code ak} and {@code bk} are where they begin,
 * and {@code b0}, {@code b1}, ... the gradient's vectors.
 *
 * @param lines rows of pixels, or planes and rows
 * @param columns pixels of a row
 * @param pixels taken at once, a divisor of the columns
 * @param aLines from a row to the next in a
 * @param aColumn from a pixel to the next in a
 * @param bLines from a row to the next in b
 * @param bColumn from a pixel to the next in b
 */
record PixelSums(
        List<Integer> lines,
        int columns,
        int pixels,
        List<Integer> aLines,
        int aColumn,
        List<Integer> bLines,
        int bColumn) {
    PixelSums {
        lines = List.copyOf(lines);
        aLines = List.copyOf(aLines);
        bLines = List.copyOf(bLines);
    }

    /** Opens a loop for each axis. */
    void open(Code.Builder code, Lanes lanes) {
        Index a = Index.of("aBase");
        Index b = Index.of("bBase");
        for (int i = 0; i < lines.size(); i++) {
            code.beginControlFlow("$L", Trips.loop("k" + i, lines.get(i), lanes));
            a.plus("k" + i, aLines.get(i));
            b.plus("k" + i, bLines.get(i));
        }
        String column = "k" + lines.size();
        code.beginControlFlow("$L", Trips.loop(column, columns / pixels, lanes));
        code.addStatement("int ak = $L", a.plus(column, pixels * aColumn));
        code.addStatement("int bk = $L", b.plus(column, pixels * bColumn));
        for (int p = 0; p < pixels; p++) {
            String index = Index.of("bk").plus(p * bColumn).toString();
            code.addStatement("$T b$L = $L", lanes.type(), p, lanes.load("b", index));
        }
    }

    void close(Code.Builder code) {
        for (int i = 0; i <= lines.size(); i++) {
            code.endControlFlow();
        }
    }

    /** What there are of each axis, for texts. */
    static String sizes(List<Integer> lines, int columns) {
        return Stream.concat(lines.stream(), Stream.of(columns))
                .map(String::valueOf)
                .collect(Collectors.joining(" x "));
    }
}
