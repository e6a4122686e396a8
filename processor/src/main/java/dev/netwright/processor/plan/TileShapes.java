package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Tile.Samples;

/**
 * The shapes of a tile. No rule of registers explains which is fastest, so each begins at what a row of the
 * {@link TileTable} was measured to be best for its kind.
 *
 * <p>What is known besides: on 32 registers a tile of one vector is bound by its broadcasts (73 %), unless each meets several
 * taps (98 %). Weights that come from memory come faster by four streams: Winograd's products of 512 channels at 7 x 7 take
 * 1.13 ms as 4 x 4 and 1.7 as 4 x 2, of 256 at 14 x 14 0.58 and 0.69 as 8 x 2 (Zen 5, one thread, weights not in the cache). On
 * 16 registers a tile of 6 x 2 leaves none to spare: where sums are one loop it makes 97 GF of 104 and 4 x 2 makes 91, but
 * where a loop lies around that, C2 keeps two of the sums on the stack (39; Zen 3), and JDK 17 in some runs without one, too.
 *
 * @param wide for 32 vector registers
 * @param narrow for 16 of them, and for scalar code
 * @param wideRow the row of the first
 * @param narrowRow the row of the second
 */
public record TileShapes(TileShape wide, TileShape narrow, TileRow wideRow, TileRow narrowRow) {
    static TileShapes of(Tile.Extent extent, Samples samples, Tile.Sum sum, Store store) {
        TileForm form = TileForm.of(extent, samples, sum, store);
        TileFit fit = new TileFit(extent, samples, sum, store);
        TileTable table = TileTable.measured();
        TileRow wide = table.row(form, extent.width(), TileRow.WIDE);
        TileRow narrow = table.row(form, extent.width(), TileRow.NARROW);
        return new TileShapes(fit.fitted(wide.shape()), fit.fitted(narrow.shape()), wide, narrow);
    }

    /** Why these, as a sentence. */
    public String reason() {
        return reason(wide, wideRow) + " " + reason(narrow, narrowRow);
    }

    private static String reason(TileShape shape, TileRow row) {
        return "Row " + row.key() + " of the measured table prefers " + row.shape()
                + (shape.equals(row.shape())
                        ? "."
                        : ", made " + shape + ", as a tile divides what there is evenly and keeps its method short.");
    }

    /** Whether there is a shape for each number of registers. */
    public boolean differ() {
        return !wide.equals(narrow);
    }
}
