package dev.netwright.processor.plan;

import java.util.List;

/**
 * The weight gradient of a convolution whose outputs, or those of a group, fill one vector: c[row, tap, channel, lane] += the sum over samples
 * and pixels of a[pixel + row and tap, channel] * b[pixel, lane]. A tile of one vector is bound by its broadcasts (measured:
 * 73 % of peak), so a few pixels are taken at once, and each value of a meets all taps that it belongs to (98 %). Operands:
 * a, b, c.
 *
 * @param lines rows of pixels, or planes and rows
 * @param columns pixels of a row
 * @param kernelLines rows of taps, or planes and rows
 * @param taps taps of a row, one after the other in a as the pixels are
 * @param channels of a, or of a group of them
 * @param blocks blocks of lanes
 * @param sharing blocks of lanes whose gradients meet the same of a, those of a group
 * @param a of the operand that is broadcast
 * @param b of the gradient
 * @param result of the weight's gradient
 */
public record SlidingWeightGradient(
        List<Integer> lines,
        int columns,
        List<Integer> kernelLines,
        int taps,
        int channels,
        int blocks,
        int sharing,
        Source a,
        Gradient b,
        Result result)
        implements Kernel {
    /** Accumulators that hide how long an addition takes: four turns, of two each. */
    private static final int ENOUGH = 8;

    /** Accumulators that hide three quarters of it. */
    private static final int ENOUGH_FOR_ONE = 6;

    /**
     * The input's strides.
     *
     * @param sample from a sample to the next
     * @param lines from a row of pixels to the next
     * @param column from a pixel to the next, and from a tap to the next
     * @param kernelLines from a row of taps to the next
     * @param channel from a channel to the next
     * @param group from a group of channels to the next
     */
    public record Source(
            int sample, List<Integer> lines, int column, List<Integer> kernelLines, int channel, int group) {
        public Source {
            lines = List.copyOf(lines);
            kernelLines = List.copyOf(kernelLines);
        }
    }

    /**
     * The gradient's strides.
     *
     * @param sample from a sample to the next
     * @param block from a block of lanes to the next
     * @param lines from a row to the next
     * @param column from a pixel to the next
     */
    public record Gradient(int sample, int block, List<Integer> lines, int column) {
        public Gradient {
            lines = List.copyOf(lines);
        }
    }

    /**
     * The result's strides; channels are vectors apart.
     *
     * @param block from a block of lanes to the next
     * @param kernelRow from a row of taps to the next
     * @param tap from a tap to the next
     */
    public record Result(int block, int kernelRow, int tap) {}

    public SlidingWeightGradient {
        lines = List.copyOf(lines);
        kernelLines = List.copyOf(kernelLines);
    }

    /** All rows of taps. */
    public int kernelRows() {
        return Lines.count(kernelLines);
    }

    @Override
    public List<Operand> operands() {
        return Operand.floats("a", "b", "c");
    }

    @Override
    public List<Argument> arguments() {
        return List.of(Argument.SAMPLES);
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        return List.of(
                Access.read("a")
                        .samples(a.sample())
                        .loops(lines, a.lines())
                        .loop(columns + taps - 1, a.column())
                        .loops(kernelLines, a.kernelLines())
                        .loop(channels, a.channel())
                        .loop(blocks / sharing, a.group()),
                Access.read("b")
                        .with(Access.Padding.LANES)
                        .samples(b.sample())
                        .loop(blocks, b.block())
                        .loops(lines, b.lines())
                        .loop(columns, b.column())
                        .lanes(Layout.LANES),
                Access.update("c")
                        .loop(blocks, result.block())
                        .loop(kernelRows(), result.kernelRow())
                        .loop(taps, result.tap())
                        .floats(channels * Layout.LANES));
    }

    /**
     * Channels of a tile: with its taps they are enough accumulators, eight or more, to hide how long an addition takes
     * (16 channels of 32 x 32: 4 channels and 2 pixels at once take 1.85 ms, 2 and 4 2.25), where that leaves turns enough
     * that C2 does not write out all of a row.
     */
    public int tileChannels() {
        int most = switch (taps) {
            case 2 -> 3;
            case 3 -> inPairs() ? 4 : 2;
            case 4, 5 -> inPairs() ? 2 : 1;
            default -> 1;
        };
        return Math.min(channels, most);
    }

    /**
     * Whether a tile has accumulators enough that a {@link Tile} of the same sums, which shares no value among taps, is not
     * faster: twelve columns of one vector are bound by their broadcasts, eight of two or more by nothing (58 channels to 107 by
     * 5 x 5 at 11 x 11: 1.4 ms, in rows of five taps 1.8; two threads, Zen 5).
     *
     * @param vectors of a tile of the same sums
     */
    boolean isFastest(int vectors) {
        int least = vectors == 1 ? ENOUGH_FOR_ONE : ENOUGH;
        return taps * tileChannels() >= least || taps * channels <= least;
    }

    private boolean inPairs() {
        return taps >= 3 && columns % 2 == 0 && Rehearsal.shortens(columns / 2, 1) && channels >= 4;
    }

    /** Pixels that a tile takes at once. */
    public int pixels() {
        if (inPairs()) {
            return 2;
        }
        return columns % 4 == 0
                ? 4
                : columns % 3 == 0 ? 3 : columns % 2 == 0 ? 2 : columns % 5 == 0 && taps < 5 ? 5 : 1;
    }

    /** Parts that the channels are divided into. */
    public int parts() {
        return (channels + tileChannels() - 1) / tileChannels();
    }

    /** Units of work. */
    public int units() {
        return blocks * kernelRows() * parts();
    }

    public int sampleBlock() {
        return SampleBlock.of(a.sample() + b.sample(), blocks * result.block());
    }
}
