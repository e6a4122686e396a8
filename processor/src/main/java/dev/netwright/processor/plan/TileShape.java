package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.plan.Tile.Samples;

/**
 * How many results a tile keeps in registers: columns (pooled ones, where it pools) times vectors of lanes. Measured on
 * 32 registers: 8 x 2 is within a few percent of
 * the best where operands are in the caches; on 16 registers 4 x 2, as more accumulators spill and halve the speed. A tile of
 * one vector is bound by its broadcasts (73 %), unless each meets several taps (98 %). Weights that come from memory come
 * faster by four streams: Winograd's products of 512 channels at 7 x 7 take 1.13 ms as 4 x 4 and 1.7 as 4 x 2, of 256 at
 * 14 x 14 0.58 and 0.69 as 8 x 2 (Zen 5, one thread, weights not in the cache).
 *
 * @param columns columns, or windows
 * @param vectors vectors of lanes
 */
public record TileShape(int columns, int vectors) {
    /** HotSpot's C1 gives up on longer methods of vector calls, and they run interpreted until C2 has them. */
    private static final int MOST_BYTECODES = 960;

    /**
     * The same of a sum over positions by four vectors. Read in place, four lines of each pixel come from the second
     * cache, and 24 sums wait for them less than 16: 256 channels to 1024 of 14 x 14, 186 GF as 6 x 4 and 133 as 4 x 4 (one
     * thread, Zen 5). The C1 of JDK 17 and of 25 compiles them: 1,377 bytecodes, more than the
     * estimate.
     */
    private static final int MOST_BYTECODES_OF_GRADIENT = 1_250;

    /** For 32 vector registers. */
    public static TileShape wide(Tile tile) {
        int vectors = tile.width() / Layout.LANES;
        int columns = switch (vectors) {
            case 1 -> 12;
            case 2 -> 8;
            case 3 -> 6;
            // without bands a sixth column has 1,010 bytecodes, which the estimate, low for vectors in several blocks, misses
            default -> tile.bands() != null ? 6 : tile.samples() == Samples.ACCUMULATED ? 5 : 4;
        };
        return fitted(tile, columns, vectors);
    }

    /**
     * For 16 vector registers, and for scalar code. A tile of 6 x 2 leaves no register to spare: where sums are one loop it
     * makes 97 GF of 104 and 4 x 2 makes 91, but where a loop lies around that, C2 keeps two of the sums on the stack (39).
     * Few terms, or few columns, do not pay for columns that are not divided evenly.
     */
    public static TileShape narrow(Tile tile) {
        if (tile.taps() > 1) {
            return fitted(tile, 6, 1);
        }
        boolean single =
                tile.sum().loops().size() == 1 && !tile.store().pooling().pools();
        boolean pays = single
                && (tile.columns() % 4 != 0
                        || tile.columns() > 16 && tile.sum().loops().get(0).count() > 64);
        return fitted(tile, pays ? 6 : 4, 2);
    }

    /**
     * Whether the tile's vectors are 16 lanes apart instead of neighbours: where each 16 lanes lie elsewhere, three
     * neighbours of 4 or 8 lanes would go over the end of the first 16.
     */
    public boolean spread(Tile tile) {
        return Integer.bitCount(vectors) > 1 && tile.strides().values().stream().anyMatch(Strides::isGrouped);
    }

    private static TileShape fitted(Tile tile, int most, int vectors) {
        if (tile.store().pooling().pools()) {
            int windows = Math.max(1, Math.min(most / 4, tile.columns()));
            while (windows > 1 && bytecodes(tile, 4 * windows, vectors) > MOST_BYTECODES) {
                windows--;
            }
            return new TileShape(windows, vectors);
        }
        int columns = tile.samples() == Samples.COLUMNS || tile.samples() == Samples.SUMMED
                ? powerOfTwo(Math.min(most, Planner.GROUP))
                : Parts.fewest(tile.columns(), most).largest();
        int bytecodes = tile.samples() == Samples.ACCUMULATED && tile.bands() != null && vectors == 4
                ? MOST_BYTECODES_OF_GRADIENT
                : MOST_BYTECODES;
        while (columns > 1 && bytecodes(tile, columns, vectors) > bytecodes) {
            columns = tile.samples() == Samples.COLUMNS || tile.samples() == Samples.SUMMED
                    ? columns / 2
                    : Parts.fewest(tile.columns(), columns - 1).largest();
        }
        return new TileShape(columns, vectors);
    }

    private static int powerOfTwo(int n) {
        return Integer.highestOneBit(n);
    }

    /** An estimate from the lengths of the calls; a test measures the real ones. */
    private static int bytecodes(Tile tile, int columns, int vectors) {
        Epilogue epilogue = tile.store().epilogue();
        int element = 2
                + 11
                + 9 * Exprs.cost(epilogue.expr())
                + 16 * epilogue.operands().size();
        if (!tile.store().pooling().pools()) {
            element += tile.store().accumulate() ? 27 : 14;
        } else {
            element += tile.store().pooling().storesIndex() ? 20 : 10;
        }
        int taps = tile.taps();
        int broadcasts = !tile.store().pooling().pools()
                ? tile.reads(columns).size() * (tile.sum().lanewise() ? vectors : 1)
                : columns + 2 * (taps - 1);
        int products = 11 * (taps - 1) * columns;
        return 70
                + 30 * tile.sum().loops().size()
                + 18 * vectors * taps
                + 18 * broadcasts
                + (element * columns + products) * vectors;
    }

    /** The tiles that so many columns are divided into: nearly equal ones, the larger first. */
    public Parts parts(int all) {
        return Parts.fewest(all, columns);
    }
}
