package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Taps;
import java.util.ArrayList;
import java.util.List;

/**
 * out[row, column, channel] = the sum over the column's taps, of weight times the sum over the row's taps, of weight * in.
 * A unit is a row of out: first those of in are added up, as they lie, to a line in the worker's own memory, which the
 * columns are then made of. Operands: out, in, [the worker's own memory].
 *
 * @param rows taps of each row
 * @param columns taps of each column
 * @param channels strides of out and of in
 * @param outRows of out
 * @param outColumns of out
 * @param inRows of in
 * @param inColumns of in
 * @param outSample floats of out from one sample to the next
 * @param inSample floats of in
 */
public record Resampling(
        Taps rows,
        Taps columns,
        Nest.Loop channels,
        Axis outRows,
        Axis outColumns,
        Axis inRows,
        Axis inColumns,
        int outSample,
        int inSample)
        implements Kernel {
    /** Whether channels are neighbours, so that lines are of pixels; else there is a line for each channel. */
    public boolean isOfPixels() {
        return channels.count() > 1 && channels.strides().stream().allMatch(stride -> stride == 1);
    }

    /** Whether rows are used as they lie in the input: all are copies, and vectors read nothing beyond them. */
    public boolean isInPlace() {
        return rows.copies() && !isDrafted();
    }

    /**
     * Whether vectors have more lanes than there are channels. Each then reads into the next column, and writes into it what
     * the next overwrites: in a line of the worker's own, which is copied.
     */
    public boolean isDrafted() {
        return isOfPixels() && channels.count() < Layout.LANES && outColumns.stride() == channels.count();
    }

    /** Floats from a column of a line to the next. */
    public int lineStride() {
        return isOfPixels() || isInPlace() ? inColumns.stride() : 1;
    }

    /** Floats of a line. */
    public int lineLength() {
        return isOfPixels() ? (columns.inputs() - 1) * inColumns.stride() + channels.count() : columns.inputs();
    }

    /** Floats of a drafted row of the result. */
    public int draftLength() {
        return columns.size() * channels.count();
    }

    /** Where a drafted row begins, behind the line and what vectors read beyond it. */
    public int draftAt() {
        return Layout.roundUp(lineLength()) + Layout.LANES;
    }

    /** Floats of the worker's own memory. */
    int local() {
        int line = isInPlace() ? 0 : draftAt();
        return isDrafted() ? line + Layout.roundUp(draftLength()) + Layout.LANES : line;
    }

    /** What the taps of most columns have in common; null if nothing. */
    public TapPeriod period() {
        return TapPeriod.of(columns);
    }

    @Override
    public List<Operand> operands() {
        Operand.Builder operands = Operand.list().floats("out", "in");
        return (isInPlace() ? operands : operands.own("local")).list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        Access in = Access.read("in").samples(inSample);
        Access out = Access.write("out").samples(outSample);
        List<Access> accesses = new ArrayList<>();
        accesses.add(all(in, rows.inputs(), inRows, columns.inputs(), inColumns, 1));
        if (!isInPlace()) {
            accesses.add(Access.write("local").floats(local()));
        }
        accesses.add(all(out, rows.size(), outRows, columns.size(), outColumns, 0));
        return accesses;
    }

    private Access all(Access access, int rowCount, Axis row, int columnCount, Axis column, int side) {
        return access.with(Access.Padding.LANES)
                .loop(rowCount, row.stride())
                .loop(columnCount, column.stride())
                .loop(channels.count(), channels.stride(side));
    }
}
