package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.plan.Tile.Samples;

/**
 * Makes a shape that the table prefers one that a tile can have: no larger than what it divides, and with no more
 * bytecodes than HotSpot's C1 takes.
 */
record TileFit(Tile.Extent extent, Samples samples, Tile.Sum sum, Store store) {
    /** HotSpot's C1 gives up on longer methods of vector calls, and they run interpreted until C2 has them. */
    private static final int MOST_BYTECODES = 960;

    /** Results of a window. */
    static final int WINDOW = 4;

    TileShape fitted(TileShape preferred) {
        int vectors = preferred.vectors();
        if (store.pooling().pools()) {
            int windows = Math.max(1, Math.min(preferred.columns() / WINDOW, extent.columns()));
            while (windows > 1 && bytecodes(WINDOW * windows, vectors) > MOST_BYTECODES) {
                windows--;
            }
            return new TileShape(windows, vectors);
        }
        boolean powers = samples == Samples.COLUMNS || samples == Samples.SUMMED;
        int columns = powers
                ? Integer.highestOneBit(Math.min(preferred.columns(), Planner.GROUP))
                : Parts.fewest(columnsOfUnit(), preferred.columns()).largest();
        while (columns > 1 && bytecodes(columns, vectors) > MOST_BYTECODES) {
            columns = powers
                    ? columns / 2
                    : Parts.fewest(columnsOfUnit(), columns - 1).largest();
        }
        return new TileShape(columns, vectors);
    }

    private int columnsOfUnit() {
        return extent.columnsOfUnits().largest();
    }

    /** An estimate from the lengths of the calls; a test measures the real ones. */
    private int bytecodes(int columns, int vectors) {
        Epilogue epilogue = store.epilogue();
        int element = 2
                + 11
                + 9 * Exprs.cost(epilogue.expr())
                + 16 * epilogue.operands().size();
        if (!store.pooling().pools()) {
            element += store.accumulate() ? 27 : 14;
        } else {
            element += store.pooling().storesIndex() ? 20 : 10;
        }
        if (sum.start().isOfResults()) {
            element += 10;
        }
        TileReads reads = TileReads.of(extent, samples, sum);
        int taps = reads.taps();
        int broadcasts = !store.pooling().pools()
                ? reads.offsets(columns).size() * (sum.lanewise() ? vectors : 1)
                : columns + 2 * (taps - 1);
        int products = 11 * (taps - 1) * columns;
        return 70
                + 30 * sum.loops().size()
                + 18 * vectors * taps
                + 18 * broadcasts
                + (element * columns + products) * vectors;
    }
}
