package dev.netwright.processor.plan;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Lines of pixels whose channels fill no vector, which are gone through in vectors all the same: what a vector writes
 * behind its pixel's channels is what the next pixels write afterwards. The last pixels of a line have vectors that end
 * where they do, and keep what lies before. Max pool of 3 x 3 by 2, 10 channels of 70 x 70: 6 % of a copy's bandwidth
 * channel by channel.
 */
final class NarrowLines {
    /** With fewer, most lanes are computed for nothing. */
    private static final int FEWEST_CHANNELS = 4;

    private NarrowLines() {}

    /**
     * How many of the last pixels need vectors that end with them; 0 where a line cannot be written so, or need not.
     *
     * @param results pixels of a line
     * @param written axes along which they are written
     * @param read axis along which others are read
     * @param first of these that a pixel reads
     * @param last of these
     */
    static int ends(
            int results,
            Nest.Loop channels,
            List<Axis> written,
            Axis read,
            IntUnaryOperator first,
            IntUnaryOperator last) {
        int count = channels.count();
        boolean dense = channels.strides().stream().allMatch(stride -> stride == 1)
                && written.stream().allMatch(axis -> axis.stride() == count);
        if (!dense || count < FEWEST_CHANNELS || count >= Layout.LANES) {
            return 0;
        }
        for (int ends = (Layout.LANES - 1) / count; ends <= results / 2; ends++) {
            if (fits(results, ends, count, read, first, last)) {
                return ends;
            }
        }
        return 0;
    }

    private static boolean fits(
            int results, int ends, int count, Axis read, IntUnaryOperator first, IntUnaryOperator last) {
        int end = (read.extent() - 1) * read.stride() + count;
        for (int i = 0; i < results; i++) {
            boolean inside = i < results - ends
                    ? last.applyAsInt(i) * read.stride() + Layout.LANES <= end
                    : Math.min(first.applyAsInt(i) * read.stride(), i * count) + count >= Layout.LANES;
            if (!inside) {
                return false;
            }
        }
        return true;
    }
}
