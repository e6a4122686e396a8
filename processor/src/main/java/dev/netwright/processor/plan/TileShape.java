package dev.netwright.processor.plan;

/**
 * How many results a tile keeps in registers: columns (pooled ones, where it pools) times vectors of lanes.
 *
 * @param columns columns, or windows
 * @param vectors vectors of lanes
 */
public record TileShape(int columns, int vectors) {
    /**
     * Whether the tile's vectors are 16 lanes apart instead of neighbours: where each 16 lanes lie elsewhere, three
     * neighbours of 4 or 8 lanes would go over the end of the first 16.
     */
    public boolean spread(Tile tile) {
        return Integer.bitCount(vectors) > 1 && tile.strides().values().stream().anyMatch(Strides::isGrouped);
    }

    /** The tiles that so many columns are divided into: nearly equal ones, the larger first. */
    public Parts parts(int all) {
        return Parts.fewest(all, columns);
    }

    /** Reads what the table writes. */
    public static TileShape parse(String text) {
        String[] sizes = text.split("x", 2);
        return new TileShape(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
    }

    /** As the table writes it. */
    @Override
    public String toString() {
        return columns + "x" + vectors;
    }
}
