package dev.netwright.training;

import dev.netwright.runtime.MalformedFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** From a table of texts to numbers. */
final class CsvParser {

    private static final int MOST_NAMED = 10;

    private final CsvColumns table;
    private final Set<String> missingTexts;
    private final CsvReader.Missing missing;
    private final List<Integer> rows = new ArrayList<>();
    private final List<Integer> skipped = new ArrayList<>();

    CsvParser(CsvColumns table, Set<String> missingTexts, CsvReader.Missing missing) {
        this.table = table;
        this.missingTexts = missingTexts;
        this.missing = missing;
    }

    CsvTable parse(
            List<String> inputs,
            Map<String, List<String>> categories,
            String label,
            List<String> classNames,
            List<String> targets)
            throws MalformedFileException {
        List<Integer> targetColumns = new ArrayList<>();
        for (String target : targets) {
            targetColumns.add(table.column(target));
        }
        int labelColumn = label == null ? -1 : table.column(label);
        List<Integer> inputColumns = inputColumns(inputs, labelColumn, targetColumns);
        for (String category : categories.keySet()) {
            if (!inputColumns.contains(table.column(category))) {
                throw new MalformedFileException(
                        table.file() + ": the category \"" + category + "\" is not among the inputs.");
            }
        }
        keepRows(inputColumns, categories, labelColumn, targetColumns);

        List<String> names = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        for (int column : inputColumns) {
            List<String> given = categories.get(table.names().get(column));
            if (given == null) {
                names.add(table.names().get(column));
                values.add(numbers(column));
            } else {
                oneHot(column, given.isEmpty() ? occurring(column) : given, names, values);
            }
        }
        List<float[]> targetValues = new ArrayList<>();
        for (int column : targetColumns) {
            targetValues.add(numbers(column));
        }
        List<String> classes = labelColumn < 0 ? List.of() : classNames != null ? classNames : occurring(labelColumn);
        return new CsvTable(
                rowMajor(values),
                rowMajor(targetValues),
                labelColumn < 0 ? null : indices(labelColumn, classes),
                rows.stream().mapToInt(table.lines()::get).toArray(),
                names,
                classes,
                skipped);
    }

    private List<Integer> inputColumns(List<String> inputs, int labelColumn, List<Integer> targetColumns)
            throws MalformedFileException {
        List<Integer> columns = new ArrayList<>();
        if (inputs != null) {
            for (String name : inputs) {
                columns.add(table.column(name));
            }
        } else {
            for (int i = 0; i < table.names().size(); i++) {
                if (i != labelColumn && !targetColumns.contains(i)) {
                    columns.add(i);
                }
            }
        }
        if (columns.isEmpty()) {
            throw new MalformedFileException(table.file() + " has no column left for the input.");
        }
        return columns;
    }

    /** Finds what is missing, and either leaves its row out, or names all of it in one message. */
    private void keepRows(List<Integer> inputs, Map<String, List<String>> categories, int label, List<Integer> targets)
            throws MalformedFileException {
        List<Integer> used = new ArrayList<>(inputs);
        used.addAll(targets);
        if (label >= 0) {
            used.add(label);
        }
        List<String> refused = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            boolean whole = true;
            for (int column : used) {
                if (isMissing(row, column)) {
                    whole = false;
                    boolean filled = missing == CsvReader.Missing.MEAN
                            && inputs.contains(column)
                            && !categories.containsKey(table.names().get(column));
                    if (!filled && missing != CsvReader.Missing.SKIP) {
                        refused.add("line " + table.lines().get(row) + " column \""
                                + table.names().get(column) + "\"");
                    }
                }
            }
            if (whole || missing != CsvReader.Missing.SKIP) {
                rows.add(row);
            } else {
                skipped.add(table.lines().get(row));
            }
        }
        if (!refused.isEmpty()) {
            throw new MalformedFileException(table.file() + " has " + refused.size() + " missing value"
                    + (refused.size() == 1 ? "" : "s") + ": "
                    + String.join(", ", refused.subList(0, Math.min(MOST_NAMED, refused.size())))
                    + (refused.size() > MOST_NAMED ? " and more" : "")
                    + ". Choose missing(SKIP) to leave such rows out, or missing(MEAN) to fill input numbers.");
        }
        if (rows.isEmpty()) {
            throw new MalformedFileException(table.file() + " has no row without a missing value.");
        }
    }

    private boolean isMissing(int row, int column) {
        return missingTexts.contains(text(row, column));
    }

    private String text(int row, int column) {
        return table.rows().get(row)[column];
    }

    private float[] numbers(int column) throws MalformedFileException {
        float[] values = new float[rows.size()];
        List<Integer> gaps = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            if (isMissing(rows.get(i), column)) {
                gaps.add(i);
                continue;
            }
            values[i] = number(rows.get(i), column);
            sum += values[i];
        }
        if (gaps.size() == values.length) {
            throw new MalformedFileException(
                    table.file() + ", column \"" + table.names().get(column) + "\": all values are missing.");
        }
        for (int i : gaps) {
            values[i] = (float) (sum / (values.length - gaps.size()));
        }
        return values;
    }

    private float number(int row, int column) throws MalformedFileException {
        float value;
        try {
            value = Float.parseFloat(text(row, column));
        } catch (NumberFormatException e) {
            throw table.at(
                    row,
                    column,
                    "\"" + text(row, column)
                            + "\" is no number; make the column a category, or leave it out of the inputs");
        }
        if (!Float.isFinite(value)) {
            throw table.at(row, column, "\"" + text(row, column) + "\" is no finite 32-bit number");
        }
        return value;
    }

    private void oneHot(int column, List<String> categories, List<String> names, List<float[]> values)
            throws MalformedFileException {
        int[] indices = indices(column, categories);
        for (int c = 0; c < categories.size(); c++) {
            names.add(table.names().get(column) + "=" + categories.get(c));
            float[] places = new float[indices.length];
            for (int i = 0; i < places.length; i++) {
                places[i] = indices[i] == c ? 1 : 0;
            }
            values.add(places);
        }
    }

    private int[] indices(int column, List<String> names) throws MalformedFileException {
        int[] indices = new int[rows.size()];
        for (int i = 0; i < indices.length; i++) {
            String text = text(rows.get(i), column);
            indices[i] = names.indexOf(text);
            if (indices[i] < 0) {
                throw table.at(rows.get(i), column, "\"" + text + "\" is none of " + names);
            }
        }
        return indices;
    }

    private List<String> occurring(int column) {
        Set<String> texts = new TreeSet<>();
        for (int row : rows) {
            texts.add(text(row, column));
        }
        List<String> names = new ArrayList<>(texts);
        if (texts.stream().allMatch(text -> text.matches("-?\\d{1,18}"))) {
            names.sort(Comparator.comparingLong(Long::parseLong));
        }
        return names;
    }

    private float[] rowMajor(List<float[]> columns) {
        float[] values = new float[Math.multiplyExact(rows.size(), columns.size())];
        for (int c = 0; c < columns.size(); c++) {
            for (int i = 0; i < rows.size(); i++) {
                values[i * columns.size() + c] = columns.get(c)[i];
            }
        }
        return values;
    }
}
