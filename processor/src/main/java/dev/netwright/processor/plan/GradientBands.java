package dev.netwright.processor.plan;

import java.util.LinkedList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Over how much of a sample all tiles of a convolution's weight gradient go before the next: see {@link Tile.Bands}.
 *
 * @param lines of a band, along each axis of lines
 * @param columns of a line
 * @param isWhole whether each unit goes through all samples by itself
 * @param reason why, as a sentence
 */
record GradientBands(List<Integer> lines, int columns, boolean isWhole, String reason) {
    /** A panel of 32 lanes of each operand then fits L1: measured with 256, twice the time. */
    private static final int POSITIONS = 128;

    /** The same where operands are read in place and a band stays in the second cache. */
    private static final int POSITIONS_IN_PLACE = 224;

    /** With fewer, and a weight that does not stay in L2, adding to it costs more than reading all samples. */
    private static final int FEWEST_POSITIONS = 64;

    /** What stays in L2. */
    private static final int LARGE_WEIGHT = 1 << 17;

    GradientBands {
        lines = List.copyOf(lines);
    }

    /**
     * Bands whose share of the gradient, a block of 32 lanes, stays in the cache while a unit's tiles go over it.
     *
     * @param weight floats of the weight
     * @param inPlace whether operands are read where they lie
     */
    static GradientBands of(List<Integer> lines, int columns, int weight, boolean inPlace) {
        int all = lines.stream().reduce(columns, Math::multiplyExact);
        if (all < FEWEST_POSITIONS && weight > LARGE_WEIGHT) {
            String reason =
                    "A sample has fewer than " + FEWEST_POSITIONS + " positions, so that adding to the large weight"
                            + " after each would cost more than reading all samples for each tile.";
            return new GradientBands(lines, columns, true, reason);
        }
        int positions = inPlace ? POSITIONS_IN_PLACE : POSITIONS;
        LinkedList<Integer> bands = new LinkedList<>();
        int each = columns;
        for (int i = lines.size() - 1; i >= 0; i--) {
            boolean whole = bands.equals(lines.subList(i + 1, lines.size()));
            int band = whole ? largestPart(lines.get(i), positions / each) : 1;
            bands.addFirst(band);
            each *= band;
        }
        String reason = "As many lines as have up to " + positions + " positions, and one at least, stay in the "
                + (inPlace ? "second" : "first") + " cache while all tiles go over them.";
        return new GradientBands(bands, columns, false, reason);
    }

    /** The same of rows of features, all of the last dimension's where it has no part that is worth adding up. */
    static GradientBands ofRows(List<Integer> rows, int weight) {
        GradientBands bands = of(rows, 1, weight, true);
        int last = rows.size() - 1;
        int each = bands.lines.stream().reduce(1, Math::multiplyExact);
        if (bands.isWhole || bands.lines.get(last).equals(rows.get(last)) || each >= FEWEST_POSITIONS) {
            return bands;
        }
        LinkedList<Integer> lines = new LinkedList<>(bands.lines.subList(0, last));
        lines.add(rows.get(last));
        return new GradientBands(
                lines, 1, false, "No part of " + rows.get(last) + " rows is worth adding up by itself.");
    }

    /** The largest divisor that is not above a limit, or 1. */
    private static int largestPart(int count, int most) {
        int part = Math.max(1, Math.min(count, most));
        while (count % part != 0) {
            part--;
        }
        return part;
    }

    /** What was chosen, in a few words. */
    String choice() {
        return isWhole
                ? "all samples for one tile after the other"
                : "bands of " + lines.stream().map(line -> line + " x ").collect(Collectors.joining()) + columns;
    }
}
