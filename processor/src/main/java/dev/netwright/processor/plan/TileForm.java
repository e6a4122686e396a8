package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Tile.Samples;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the best shape of a tile depends on, besides its lanes and the registers: the loops of its sum, and what is done
 * with it.
 */
public enum TileForm {
    /** Each value that is broadcast meets several taps, in neighbouring columns. */
    TAPS,
    /** The sums are pooled in windows of 2 x 2. */
    POOLED,
    /** No loop, or one around another: C2 keeps what the outer one carries on the stack, where no register is to spare. */
    NESTED,
    /** One loop, and columns that four does not divide, or so many and so long sums that a rest costs little. */
    ONE_LOOP,
    /** One loop for few columns, or for short sums, that four divides. */
    ONE_LOOP_EVEN,
    /** As {@link #NESTED}, where each unit of work goes through all samples. */
    NESTED_ALL,
    /** As {@link #ONE_LOOP}, where each unit of work goes through all samples. */
    ONE_LOOP_ALL,
    /** As {@link #ONE_LOOP_EVEN}, where each unit of work goes through all samples. */
    ONE_LOOP_EVEN_ALL;

    private static final int FOUR = 4;
    private static final int MANY_COLUMNS = 16;
    private static final int LONG_SUM = 64;

    static TileForm of(Tile.Extent extent, Samples samples, Tile.Sum sum, Store store) {
        if (TileReads.of(extent, samples, sum).taps() > 1) {
            return TAPS;
        } else if (store.pooling().pools()) {
            return POOLED;
        }
        boolean all = samples == Samples.ACCUMULATED;
        if (sum.loops().size() != 1) {
            return all ? NESTED_ALL : NESTED;
        }
        int columns = extent.columnsOfUnits().largest();
        boolean uneven = columns % FOUR != 0
                || columns > MANY_COLUMNS && sum.loops().get(0).count() > LONG_SUM;
        if (uneven) {
            return all ? ONE_LOOP_ALL : ONE_LOOP;
        }
        return all ? ONE_LOOP_EVEN_ALL : ONE_LOOP_EVEN;
    }

    /** The form of a name in the table. */
    static Optional<TileForm> named(String text) {
        return Arrays.stream(values())
                .filter(form -> form.toString().equals(text))
                .findFirst();
    }

    /** As the table writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
