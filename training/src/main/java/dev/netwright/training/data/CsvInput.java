package dev.netwright.training.data;

import java.util.ArrayList;
import java.util.List;

/**
 * How one column of a table becomes values of the input.
 *
 * @param column its name
 * @param values the categories in the order of their places; null for a number
 * @param unknown whether other values have a place behind those
 * @param missing whether missing values have a place behind all
 * @param mean of a number's values in the training rows; NaN if all are missing
 */
record CsvInput(String column, List<String> values, boolean unknown, boolean missing, double mean) {

    static CsvInput number(String column, double mean) {
        return new CsvInput(column, null, false, false, mean);
    }

    boolean isCategory() {
        return values != null;
    }

    List<String> names() {
        if (values == null) {
            return List.of(column);
        }
        List<String> names = new ArrayList<>();
        for (String value : values) {
            names.add(column + "=" + value);
        }
        if (unknown) {
            names.add(column + "=(unknown)");
        }
        if (missing) {
            names.add(column + "=(missing)");
        }
        return names;
    }

    /** The place of a value of a category; -1 if it has none. */
    int place(String text, boolean isMissing) {
        if (isMissing) {
            return missing ? values.size() + (unknown ? 1 : 0) : -1;
        }
        int place = values.indexOf(text);
        return place < 0 && unknown ? values.size() : place;
    }
}
