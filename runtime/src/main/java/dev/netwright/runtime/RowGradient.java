package dev.netwright.runtime;

import java.util.Arrays;

/**
 * The gradient of a parameter that is read row by row, as an embedding's, and which of its rows a pass has added to. The
 * others are zeros, so that neither clearing nor stepping need go over them. For models and optimisers.
 */
public final class RowGradient {
    /**
     * Into so many parts the rows are divided, row by row in turn. Workers take them in runs, the same ones in each step
     * of a training step: what a worker wrote is in its own cache when it comes to step it, and to clear it.
     */
    private static final int PARTS = 64;

    private final ParameterSpec spec;
    private final int rowLength;
    private final int rows;
    /** The rows that were added to, in the order of their first time; as long as there are rows from the first pass on. */
    private int[] touched = {};

    private boolean[] marks = {};
    private int count;
    /** Whether any row may be something else than zero. */
    private boolean whole;
    /** Whether the array is known outside, so that this stays so. */
    private boolean exposed;

    RowGradient(ParameterSpec spec) {
        this.spec = spec;
        this.rows = spec.dimensions()[0];
        this.rowLength = spec.layout().elements() / rows;
    }

    /**
     * The parameter's entry.
     *
     * @return the entry
     */
    public ParameterSpec spec() {
        return spec;
    }

    /**
     * Floats of a row.
     *
     * @return elements, without padding
     */
    public int rowLength() {
        return rowLength;
    }

    /**
     * Whether any row may be something else than zero, not only those that were noted.
     *
     * @return true if a stranger may have written to the gradients
     */
    public boolean isWhole() {
        return whole;
    }

    /**
     * How many rows were added to.
     *
     * @return rows since the gradient was zero
     */
    public int count() {
        return count;
    }

    /**
     * Where a row begins in the array of gradients.
     *
     * @param index of those that were added to
     * @return the place of its first float
     */
    public int start(int index) {
        return spec.gradientOffset() + touched[index] * rowLength;
    }

    /**
     * Notes the rows that a pass adds to.
     *
     * @param indices of rows
     * @param from the first of them
     * @param to one past the last
     * @param padding the row that nothing is added to; -1 for none
     */
    public void touch(int[] indices, int from, int to, int padding) {
        if (marks.length == 0) {
            marks = new boolean[rows];
            touched = new int[rows];
        }
        for (int i = from; i < to; i++) {
            int row = indices[i];
            if (row != padding && !marks[row]) {
                marks[row] = true;
                touched[count++] = row;
            }
        }
    }

    /** Says that rows have been written to that were not noted. */
    public void spoil() {
        whole = true;
    }

    /** Says that the array is known outside. */
    void expose() {
        exposed = true;
        whole = true;
    }

    /**
     * A worker's share of setting the gradient to zero; when all have done theirs, one calls {@link #restart()}.
     *
     * @param gradients the array of all
     * @param share the worker's number
     * @param shares how many there are
     */
    void clear(float[] gradients, int share, int shares) {
        if (whole) {
            clear(gradients, spec.gradientOffset(), spec.gradientEnd(), share, shares);
            return;
        }
        int first = firstPart(share, shares);
        int end = firstPart(share + 1, shares);
        for (int i = 0; i < count; i++) {
            if (isWithin(i, first, end)) {
                Arrays.fill(gradients, start(i), start(i) + rowLength, 0f);
            }
        }
    }

    /** A worker's share of setting some floats to zero. */
    static void clear(float[] values, int from, int to, int share, int shares) {
        Arrays.fill(values, from + part(to - from, share, shares), from + part(to - from, share + 1, shares), 0f);
    }

    /**
     * Where the parts begin whose rows a worker clears and steps; they end where those of the next worker begin.
     *
     * @param share the worker's number, or how many workers there are for the end of the last one's
     * @param shares how many there are
     * @return the number of the first part
     */
    public static int firstPart(int share, int shares) {
        return part(PARTS, share, shares);
    }

    /**
     * Whether a row is of some parts.
     *
     * @param index of those that were added to
     * @param first the first part
     * @param end one past the last part
     * @return true if its part is one of them
     */
    public boolean isWithin(int index, int first, int end) {
        int part = touched[index] % PARTS;
        return part >= first && part < end;
    }

    private static int part(int length, int share, int shares) {
        return (int) ((long) length * share / shares);
    }

    /** Notes that all rows are zero. */
    void restart() {
        for (int i = 0; i < count; i++) {
            marks[touched[i]] = false;
        }
        count = 0;
        whole = exposed;
    }
}
