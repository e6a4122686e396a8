package dev.netwright.training.data;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be made of a table's columns, before its values are seen.
 *
 * @param inputs the columns of the input; null for all that are neither label nor target
 * @param categories columns that are categories, with their values; empty for those that occur
 * @param unknownPlaces categories that have a place for unknown values
 * @param missingPlaces categories that have a place for missing values
 * @param label the column of the class; null without one
 * @param classNames the classes; null for those that occur
 * @param targets the columns of the target
 * @param fitRows the training rows; null for all
 */
record CsvDescription(
        List<String> inputs,
        Map<String, List<String>> categories,
        Set<String> unknownPlaces,
        Set<String> missingPlaces,
        String label,
        List<String> classNames,
        List<String> targets,
        int[] fitRows) {

    /** That of an encoding, whose values are known already. */
    static CsvDescription of(CsvEncoding encoding) {
        Map<String, List<String>> categories = new LinkedHashMap<>();
        Set<String> missingPlaces = new HashSet<>();
        for (CsvInput input : encoding.inputs()) {
            if (input.isCategory()) {
                categories.put(input.column(), input.values());
            }
            if (input.missing()) {
                missingPlaces.add(input.column());
            }
        }
        return new CsvDescription(
                encoding.inputs().stream().map(CsvInput::column).toList(),
                categories,
                Set.of(),
                missingPlaces,
                encoding.label(),
                encoding.classNames(),
                encoding.targets(),
                null);
    }
}
