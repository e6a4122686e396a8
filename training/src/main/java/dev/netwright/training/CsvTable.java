package dev.netwright.training;

import java.util.List;

/**
 * What was read of a table, row after row.
 *
 * @param inputs the values of the inputs
 * @param targets the values of the float targets; empty without any
 * @param labels the classes; null without any
 * @param lines the line of each row
 * @param inputNames what each value of an input is
 * @param classNames the names of the classes; empty without any
 * @param skippedLines lines of rows that were left out
 */
record CsvTable(
        float[] inputs,
        float[] targets,
        int[] labels,
        int[] lines,
        List<String> inputNames,
        List<String> classNames,
        List<Integer> skippedLines) {}
