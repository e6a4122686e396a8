package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.Kernel.Tap;
import java.util.ArrayList;
import java.util.List;

/**
 * How the sums of a weight's gradient lie while they are added up by windows: for each output its taps by rows and
 * columns, channels innermost, as the input has them, so that both are read in vectors. Channels of the input that do
 * not fill vectors are taken together with those of the next columns.
 */
final class SumRow {
    private static final int SUMS = SparseKernel.NARROW_SUMS;

    private final Shape weight;
    private final int inRow;
    private final int inColumn;
    private final boolean joined;
    /** Floats of a row of taps, and of a tap within it. */
    private final int tapRow;

    private final int tapColumn;
    private final int width;
    private final int rowsTogether;

    SumRow(Layout x, Shape weight) {
        this.weight = weight;
        this.inRow = x.axis(1).stride();
        this.inColumn = x.axis(2).stride();
        this.joined = inColumn % Layout.LANES != 0;
        int spots = joined ? 1 : weight.size(3);
        int lanes = Layout.roundUp(joined ? (weight.size(3) - 1) * inColumn + weight.size(1) : weight.size(1));
        this.width = Layout.LANES * SparseKernel.vectors(lanes, spots, SUMS);
        this.tapColumn = joined ? inColumn : lanes;
        this.tapRow = joined ? lanes : weight.size(3) * lanes;
        int sums = spots * lanes / Layout.LANES;
        int together = 1;
        for (int rows = 2; rows <= weight.size(2); rows++) {
            together = weight.size(2) % rows == 0 && rows * sums <= SUMS ? rows : together;
        }
        this.rowsTogether = together;
    }

    /** Rows of taps whose sums stand in registers at the same time. */
    int rowsTogether() {
        return rowsTogether;
    }

    int width() {
        return width;
    }

    int outputRow() {
        return Math.multiplyExact(weight.size(2), tapRow);
    }

    /** Floats of one place of the input that one piece reads. */
    int lanesOfPlace() {
        return joined ? inColumn : width;
    }

    List<SumLoop> spots() {
        List<SumLoop> spots = new ArrayList<>();
        for (int r = 0; r < rowsTogether; r++) {
            for (int c = 0; c < (joined ? 1 : weight.size(3)); c++) {
                spots.add(new SumLoop(1, r * inRow + c * inColumn, r * tapRow + c * tapColumn));
            }
        }
        return spots;
    }

    SumLoop groups() {
        return new SumLoop(weight.size(2) / rowsTogether, rowsTogether * inRow, rowsTogether * tapRow);
    }

    SumLoop pieces() {
        int lanes = joined ? tapRow : tapColumn;
        return new SumLoop(lanes / width, width, width);
    }

    /** The kernel that takes the sums from the gradient, or back. */
    Kernel moved(boolean back, Weights weights) {
        List<Tap> taps = new ArrayList<>();
        for (int r = 0; r < weight.size(2); r++) {
            for (int c = 0; c < weight.size(3); c++) {
                int source = (r * weight.size(3) + c) * weight.size(1) * weights.width();
                taps.add(new Tap(r * tapRow + c * tapColumn, source));
            }
        }
        int padded = joined ? weight.size(1) : tapColumn;
        return new WeightRows(
                back,
                weight.size(0),
                weight.size(0),
                weight.size(1),
                padded,
                outputRow(),
                padded,
                0,
                weights.width(),
                weights.block(),
                taps);
    }
}
