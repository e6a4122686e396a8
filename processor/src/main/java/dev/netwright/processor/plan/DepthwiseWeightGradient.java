package dev.netwright.processor.plan;

import java.util.List;
import java.util.TreeSet;

/**
 * c[tap, lane] += the sum over samples and pixels of a[pixel and tap, lane] * b[pixel, lane]. Units are vectors of lanes,
 * and rows of taps where there are many. Operands: a, b, c.
 *
 * @param lines rows of pixels, or planes and rows
 * @param columns pixels of a row
 * @param width lanes, a multiple of 16
 * @param tapLines rows of taps, or planes and rows
 * @param tapColumns taps of a row
 * @param a of the input
 * @param b of the gradient
 * @param tapSteps of a from a row of taps to the next, along each of their axes
 * @param tapColumn stride of a from a tap to the next
 * @param tap stride of c from a tap to the next
 */
public record DepthwiseWeightGradient(
        List<Integer> lines,
        int columns,
        int width,
        List<Integer> tapLines,
        int tapColumns,
        Pixels a,
        Pixels b,
        List<Integer> tapSteps,
        int tapColumn,
        int tap)
        implements Kernel {
    /** As many accumulators as leave registers for what is loaded. */
    private static final int MOST_SUMS = 12;

    private static final int MOST_BYTECODES = 960;

    /**
     * Strides of pixels.
     *
     * @param sample from a sample to the next
     * @param lines from a row to the next, along each axis but the last
     * @param column from a pixel to the next
     */
    public record Pixels(int sample, List<Integer> lines, int column) {
        public Pixels {
            lines = List.copyOf(lines);
        }
    }

    public DepthwiseWeightGradient {
        lines = List.copyOf(lines);
        tapLines = List.copyOf(tapLines);
        tapSteps = List.copyOf(tapSteps);
    }

    /** All rows of taps. */
    public int tapRows() {
        return Lines.count(tapLines);
    }

    /** Where a row of taps begins in a, behind the first. */
    public int tapRow(int row) {
        return Lines.start(row, tapLines, tapSteps);
    }

    /** Rows of taps that a unit takes. */
    public int unitRows() {
        return tapRows() * tapColumns <= MOST_SUMS ? tapRows() : 1;
    }

    public int units() {
        return width / Layout.LANES * (tapRows() / unitRows());
    }

    public int sampleBlock() {
        return SampleBlock.of(a.sample() + b.sample(), tapRows() * tapColumns * width);
    }

    /** Pixels that are taken at once. */
    public int pixels() {
        for (int pixels = 4; pixels > 1; pixels--) {
            int taps = unitRows() * tapColumns;
            int loads = pixels + unitRows() * reads(pixels).size();
            if (columns % pixels == 0 && 80 + 36 * taps + 11 * taps * pixels + 16 * loads <= MOST_BYTECODES) {
                return pixels;
            }
        }
        return 1;
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
                pixels("a", a).loops(tapLines, tapSteps).loop(tapColumns, tapColumn),
                pixels("b", b),
                Access.update("c").loop(tapRows() * tapColumns, tap).floats(width));
    }

    private Access pixels(String operand, Pixels strides) {
        return Access.read(operand)
                .with(Access.Padding.LANES)
                .samples(strides.sample())
                .loops(lines, strides.lines())
                .loop(columns, strides.column())
                .lanes(width);
    }

    /** What the taps of one row read for some pixels: offsets in a, in order. */
    public List<Integer> reads(int pixels) {
        TreeSet<Integer> offsets = new TreeSet<>();
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int tap = 0; tap < tapColumns; tap++) {
                offsets.add(pixel * a.column() + tap * tapColumn);
            }
        }
        return List.copyOf(offsets);
    }
}
