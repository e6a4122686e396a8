package dev.netwright.processor.plan;

import java.util.List;

/**
 * The strides of one operand of a kernel that makes rows and columns of results.
 *
 * @param sample floats from one sample to the next
 * @param block from one block of lanes to the next
 * @param rows along each of the row loops
 * @param column along the columns
 * @param group from 16 lanes of a block to the next 16
 */
public record Strides(int sample, int block, List<Integer> rows, int column, int group) {
    public Strides {
        rows = List.copyOf(rows);
    }

    /** All lanes of a block are neighbours. */
    public Strides(int sample, int block, List<Integer> rows, int column) {
        this(sample, block, rows, column, Layout.LANES);
    }

    public boolean isGrouped() {
        return group != Layout.LANES;
    }

    /** Of the first row of so many. */
    Strides joined(int together) {
        return new Strides(sample, block, List.of(together * rows.get(0)), column, group);
    }
}
