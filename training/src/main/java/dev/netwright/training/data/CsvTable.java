package dev.netwright.training.data;

import java.util.List;

/**
 * What was read of a table, row after row.
 *
 * @param encoding how the columns became numbers
 * @param inputs the values of the inputs
 * @param targets the values of the float targets; empty without any
 * @param labels the classes; null without any
 * @param lines the line of each row
 * @param skippedLines lines of rows that were left out
 */
record CsvTable(
        CsvEncoding encoding, float[] inputs, float[] targets, int[] labels, int[] lines, List<Integer> skippedLines) {}
