package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ElementType;
import java.util.ArrayList;
import java.util.List;

/**
 * gradient[indices[i]] += y[i], or += y where a sample has one for all of its indices, row by row, in the order of the
 * samples and their indices; where there are counts, the row divided by its own. Units are blocks of columns, so that a sum has its order whatever the number of workers.
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
    /** Two lines of a cache, which no other worker writes to where rows are whole lines. */
    public static final int BLOCK = 2 * Layout.LANES;

    /** How many blocks there are. */
    public int units() {
        return (rowLength + BLOCK - 1) / BLOCK;
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
