package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Tile.Samples;
import java.util.List;
import java.util.TreeSet;

/**
 * What a tile's columns read of the operand that is broadcast.
 *
 * @param column floats from one column to the next
 * @param taps iterations of the innermost loop that share what is read; 1 where there is no such loop
 * @param tap floats from one of them to the next
 */
record TileReads(int column, int taps, int tap) {
    /** As many vectors of weights are kept in registers beside the sums. */
    static final int MOST_TAPS = 7;

    static TileReads of(Tile.Extent extent, Samples samples, Tile.Sum sum) {
        int column = sum.a().column();
        List<SumLoop> loops = sum.loops();
        if (samples != Samples.SEPARATE || extent.width() != Layout.LANES || loops.isEmpty()) {
            return new TileReads(column, 1, 0);
        }
        SumLoop last = loops.get(loops.size() - 1);
        boolean shares = (sum.lanewise() || last.a() == column) && last.count() <= MOST_TAPS;
        return shares && last.count() > 1 ? new TileReads(column, last.count(), last.a()) : new TileReads(column, 1, 0);
    }

    /** Of so many columns in one iteration, or as many as there are taps: in order. */
    List<Integer> offsets(int columns) {
        TreeSet<Integer> offsets = new TreeSet<>();
        for (int i = 0; i < columns; i++) {
            for (int t = 0; t < taps; t++) {
                offsets.add(i * column + t * tap);
            }
        }
        return List.copyOf(offsets);
    }
}
