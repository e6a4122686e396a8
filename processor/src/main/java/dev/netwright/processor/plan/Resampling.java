package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Taps;
import java.util.List;

/**
 * out[row, column, channel] = the sum over the row's taps, of the sums over the column's taps, of weight * in. Operands:
 * out, in.
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
    /** As many as are written out, each with what it reads and its weight in a variable. */
    private static final int MOST_TAPS = 16;

    /** Whether all taps of a pixel are written out. */
    public boolean unrolls() {
        int vectors = channels.wholeVectors();
        int bodies = vectors > 0 && vectors < channels.count() ? 2 : 1;
        return rows.most() * columns.most() * bodies <= MOST_TAPS;
    }

    @Override
    public List<Operand> operands() {
        return Operand.floats("out", "in");
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        Access in = Access.read("in").samples(inSample);
        Access out = Access.write("out").samples(outSample);
        return List.of(
                all(in, rows.inputs(), inRows, columns.inputs(), inColumns, 1),
                all(out, rows.size(), outRows, columns.size(), outColumns, 0));
    }

    private Access all(Access access, int rowCount, Axis row, int columnCount, Axis column, int side) {
        return access.with(Access.Padding.LANES)
                .loop(rowCount, row.stride())
                .loop(columnCount, column.stride())
                .loop(channels.count(), channels.stride(side));
    }
}
