package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The input gradient of a convolution with so few input channels that two columns fill a vector: the lanes' first half is
 * an even column, the second the one behind it, c[row, column, channel] = the sum over kernel rows, channels of the gradient
 * and taps of a[row and kernel row, column and tap, channel] * b[channel, kernel row, tap, lane]. Both halves read the same
 * of a, and of b what is one tap apart, so that the taps of two columns are one more than those of one; the zeros on either
 * side of a row of taps are what a half has no tap for. Columns of the border are left out. Sums have the order of a
 * {@link Tile}'s, and its bits. Operands: a, b, c.
 *
 * <p>Measured (Zen 5, one thread, JDK 17, 64 samples of 6 channels at 14 x 14, 5 x 5 taps of 16 channels at 10 x 10): with 32
 * registers 0.46 ms, as a tile of 7 x 1 0.86; with 16 registers 1.03 and 2.41.
 *
 * @param rows rows of results
 * @param columns columns of results, an even number
 * @param kernelRows rows of taps
 * @param taps taps of a row
 * @param channels of the gradient
 * @param border columns before the gradient's first among those that are gone through
 * @param width columns of the gradient
 * @param a of the gradient; a row of taps is one of the gradient, too, so many rows from the next
 * @param kernelRow floats from what a row of taps reads to what the next does
 * @param channel floats from a channel of the gradient to the next
 * @param c of the result
 */
public record ColumnPairs(
        int rows,
        int columns,
        int kernelRows,
        int taps,
        int channels,
        int border,
        int width,
        Strides a,
        int kernelRow,
        int channel,
        Strides c)
        implements Kernel {
    /** Lanes of a column. */
    public static final int HALF = Layout.LANES / 2;

    /** With one tap nothing is shared, with two a third of what is multiplied are zeros; more leave no registers for sums. */
    private static final int LEAST_TAPS = 3;

    private static final int MOST_TAPS = 6;

    /** Registers of sums and weights, where there are 16 and one has what is broadcast. */
    private static final int REGISTERS = 13;

    /** HotSpot's C1 gives up on longer methods of vector calls. */
    private static final int MOST_BYTECODES = 960;

    /**
     * Neighbouring pairs whose sums are in registers at the same time.
     *
     * @param first the first pair
     * @param pairs how many
     * @param from columns that are read begin with this one, counted from the first pair's first tap
     * @param to one past the last
     */
    public record Part(int first, int pairs, int from, int to) {
        /** Whether another reads the same from where it begins. */
        public boolean isLike(Part other) {
            return pairs == other.pairs && from == other.from && to == other.to;
        }
    }

    /** Whether a gradient of so many channels and columns can be computed so. */
    static boolean fits(int channels, int columns, int taps) {
        return channels <= HALF && columns % 2 == 0 && taps >= LEAST_TAPS && taps <= MOST_TAPS;
    }

    /** Floats of a row of taps: with a zero on each side. */
    public static int tapRow(int taps) {
        return (taps + 2) * HALF;
    }

    /** Floats of the taps of a channel of the gradient. */
    public int channelRow() {
        return kernelRows * tapRow(taps);
    }

    /** Floats from the first half's columns of two taps to the same of the pair behind. */
    public int pair() {
        return 2 * c.column();
    }

    /** The pairs of a row, in as few parts as registers and bytecodes allow. */
    public List<Part> parts() {
        int pairs = columns / 2;
        int count = Parts.fewest(pairs, Math.min(HALF, REGISTERS - taps - 1)).parts();
        List<Part> parts = divided(new Parts(pairs, count));
        while (count < pairs && parts.stream().anyMatch(part -> bytecodes(part) > MOST_BYTECODES)) {
            parts = divided(new Parts(pairs, ++count));
        }
        return parts;
    }

    private List<Part> divided(Parts parts) {
        List<Part> result = new ArrayList<>();
        int first = 0;
        while (first < parts.count()) {
            int size = first < parts.split() ? parts.small() + 1 : parts.small();
            int from = Math.max(0, border - 2 * first);
            int to = Math.min(2 * size + taps - 1, border + width - 2 * first);
            result.add(new Part(first, size, Math.min(from, to), to));
            first += size;
        }
        return result;
    }

    /** An estimate from the lengths of the calls; a test measures the real ones. */
    private int bytecodes(Part part) {
        int products = 0;
        for (int column = part.from(); column < part.to(); column++) {
            for (int pair = 0; pair < part.pairs(); pair++) {
                products += hasTap(column - 2 * pair) ? 1 : 0;
            }
        }
        return 70 + 15 * (taps + 1) + 17 * (part.to() - part.from()) + 11 * products + 28 * part.pairs();
    }

    /** Whether a pair has weights for the column at such a distance from its first tap. */
    public boolean hasTap(int distance) {
        return distance >= 0 && distance <= taps;
    }

    @Override
    public List<Operand> operands() {
        return Operand.floats("a", "b", "c");
    }

    @Override
    public ImageWalk image() {
        return new ImageWalk(List.of(rows), columns, false, Map.of("a", a), Map.of("c", c));
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        int row = a.rows().get(0);
        Access result = Access.write("c")
                .samples(c.sample())
                .loop(rows, c.rows().get(0))
                .loop(columns, c.column());
        return List.of(
                Access.read("a")
                        .samples(a.sample())
                        .from(border * a.column())
                        .loop(rows, row)
                        .loop(kernelRows, kernelRow)
                        .loop(width, a.column())
                        .loop(channels, channel),
                Access.read("b").with(Access.Padding.LANES).floats(channels * channelRow()),
                result.lanes(HALF),
                // a second store puts the other half of the vector in its place, and the first behind the first column
                result.from(HALF).with(Access.Padding.ANY).lanes(HALF));
    }
}
