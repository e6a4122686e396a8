package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Tile.Samples;

/**
 * The shapes of a tile. No rule of registers explains which is fastest, so each begins at what a row of the
 * {@link TileTable} was measured to be best for its kind.
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

    /** Whether there is a shape for each number of registers. */
    public boolean differ() {
        return !wide.equals(narrow);
    }
}
