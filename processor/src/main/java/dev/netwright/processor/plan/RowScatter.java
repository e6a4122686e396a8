package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ElementType;
import java.util.ArrayList;
import java.util.List;

/**
 * gradient[indices[i]] += y[i], or += y where a sample has one for all of its indices, row by row, in the order of the
 * samples and their indices; where there are counts, the row divided by its own. A unit is the rows of one part of the
 * table, so that a sum has its order whatever the number of workers; {@code RowGradient} divides what comes before and
 * after, clearing and stepping, into the same parts.
 * Operands: gradient, y, indices[, counts].
 *
 * @param rows of the gradient
 * @param rowLength floats of a row
 * @param positions indices of a sample
 * @param padding the row that nothing is added to; -1 for none
 * @param isShared whether y is one row for all indices of a sample
 * @param byFrequency whether there are counts, one for each row
 * @param ySample floats of y from a sample to the next
 */
public record RowScatter(
        int rows, int rowLength, int positions, int padding, boolean isShared, boolean byFrequency, int ySample)
        implements Kernel {
    /** As {@code RowGradient} has them; row by row in turn, since often named ones stand together, as frequent words do. */
    private static final int MOST_PARTS = 64;

    /**
     * Rows below two vectors are one worker's: to pass over those of others takes as long as to add them (1,671 rows of 17,
     * 1,728 indices, two threads: 12 GB/s in parts, 25 in one; 13,594 rows of 52: 20 and 6).
     */
    private static final int SHORT = 2 * Layout.LANES;

    /** How many parts there are. */
    public int units() {
        return rowLength < SHORT ? 1 : Math.min(MOST_PARTS, rows);
    }

    /** Whether several rows are one part. */
    public boolean isParted() {
        return rows > units();
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("gradient", "y")
                .add("indices", ElementType.INT32)
                .floatsIf(byFrequency, "counts")
                .list();
    }

    @Override
    public List<Argument> arguments() {
        return List.of(Argument.SAMPLES);
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>(List.of(
                Access.read("indices").samples(positions).floats(positions),
                Access.read("y").samples(ySample).floats(isShared ? rowLength : positions * rowLength),
                Access.update("gradient").floats(rows * rowLength)));
        if (byFrequency) {
            accesses.add(Access.read("counts").floats(rows));
        }
        return accesses;
    }
}
