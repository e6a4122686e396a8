package dev.netwright.processor.plan;

/**
 * How tiles go over lanes: so many at a time, a number of blocks of 16. The last pass may have more than the others, as two
 * vectors at a time leave one of an odd number of blocks over, and a tile of one is bound by what it broadcasts.
 *
 * @param count number of passes
 * @param width lanes of each but the last
 * @param last lanes of the last
 */
public record Passes(int count, int width, int last) {
    private static final int TWO_BLOCKS = 2 * Layout.LANES;
    private static final int THREE_BLOCKS = 3 * Layout.LANES;

    /** Passes over so many lanes, rounded up to blocks, that are all filled; of so many lanes each where those divide them. */
    static Passes of(int lanes, int preferred) {
        Passes even = even(lanes, preferred);
        return even.width == Layout.LANES && even.count > 3
                ? new Passes(even.count / 2, TWO_BLOCKS, THREE_BLOCKS)
                : even;
    }

    /** The same with as many lanes in the last pass as in the others. */
    static Passes even(int lanes, int preferred) {
        int padded = Layout.roundUp(lanes);
        for (int width : new int[] {preferred, TWO_BLOCKS, THREE_BLOCKS}) {
            if (padded % width == 0) {
                return new Passes(padded / width, width, width);
            }
        }
        return new Passes(padded / Layout.LANES, Layout.LANES, Layout.LANES);
    }

    /** All passes have the same lanes. */
    boolean isEven() {
        return width == last;
    }

    /** Lanes of all passes. */
    int lanes() {
        return Math.addExact(Math.multiplyExact(count - 1, width), last);
    }

    /** All lanes in one pass. */
    static Passes one(int lanes) {
        return new Passes(1, lanes, lanes);
    }
}
