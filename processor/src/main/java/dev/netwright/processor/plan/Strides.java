package dev.netwright.processor.plan;

import java.util.List;

/**
 * The strides of one operand of a kernel that makes rows and columns of results.
 *
 * @param sample floats from one sample to the next
 * @param block from one block of lanes to the next
 * @param rows along each of the row loops
 * @param column along the columns
 */
public record Strides(int sample, int block, List<Integer> rows, int column) {
    public Strides {
        rows = List.copyOf(rows);
    }

    /** Of the first row of so many. */
    Strides joined(int together) {
        return new Strides(sample, block, List.of(together * rows.get(0)), column);
    }
}
