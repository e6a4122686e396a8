package dev.netwright.training.data;

import java.util.Set;

/**
 * How a table is written.
 *
 * @param separator what stands between values
 * @param header whether the first line names the columns
 * @param missingTexts what stands for a missing value
 * @param missing what to do about missing values
 */
record CsvFormatting(char separator, boolean header, Set<String> missingTexts, CsvReader.Missing missing) {}
