package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** From a table of texts to numbers. */
final class CsvParser {

    private static final int MOST_NAMED = 10;

    private final CsvColumns table;
    private final CsvFormatting formatting;
    private final CsvDescription description;
    private final List<Integer> rows = new ArrayList<>();
    private final List<Integer> skipped = new ArrayList<>();

    CsvParser(CsvColumns table, CsvFormatting formatting, CsvDescription description) {
        this.table = table;
        this.formatting = formatting;
        this.description = description;
    }

    /** By an encoding, or if it is null, by one that is fitted on the rows at hand. */
    CsvTable parse(CsvEncoding given) throws MalformedFileException {
        List<Integer> targetColumns = new ArrayList<>();
        for (String target : description.targets()) {
            targetColumns.add(table.column(target));
        }
        int labelColumn = description.label() == null ? -1 : table.column(description.label());
        List<Integer> inputColumns = inputColumns(labelColumn, targetColumns);
        for (String category : description.categories().keySet()) {
            if (!inputColumns.contains(table.column(category))) {
                throw new MalformedFileException(
                        table.file() + ": the category \"" + category + "\" is not among the inputs.");
            }
        }
        keepRows(inputColumns, labelColumn, targetColumns);
        CsvEncoding encoding = given != null ? given : fitted(inputColumns, labelColumn);

        List<float[]> values = new ArrayList<>();
        for (CsvInput input : encoding.inputs()) {
            int column = table.column(input.column());
            if (input.isCategory()) {
                oneHot(column, input, values);
            } else {
                values.add(numbers(column, input.mean()));
            }
        }
        List<float[]> targetValues = new ArrayList<>();
        for (int column : targetColumns) {
            targetValues.add(numbers(column, Double.NaN));
        }
        return new CsvTable(
                encoding,
                rowMajor(values),
                rowMajor(targetValues),
                labelColumn < 0 ? null : labels(labelColumn, encoding.classNames()),
                rows.stream().mapToInt(table.lines()::get).toArray(),
                skipped);
    }

    private CsvEncoding fitted(List<Integer> inputColumns, int labelColumn) throws MalformedFileException {
        List<Integer> training = trainingRows();
        List<CsvInput> inputs = new ArrayList<>();
        for (int column : inputColumns) {
            String name = table.names().get(column);
            List<String> values = description.categories().get(name);
            if (values == null) {
                inputs.add(CsvInput.number(name, mean(column, training)));
            } else {
                inputs.add(new CsvInput(
                        name,
                        values.isEmpty() ? occurring(column, training) : values,
                        description.unknownPlaces().contains(name),
                        description.missingPlaces().contains(name),
                        Double.NaN));
            }
        }
        List<String> classes = List.of();
        if (labelColumn >= 0) {
            classes = description.classNames() != null ? description.classNames() : occurring(labelColumn, rows);
        }
        return new CsvEncoding(formatting, inputs, description.label(), classes, description.targets());
    }

    private List<Integer> trainingRows() {
        if (description.fitRows() == null) {
            return rows;
        }
        List<Integer> training = new ArrayList<>();
        for (int row : description.fitRows()) {
            if (row < 0 || row >= rows.size()) {
                throw new IllegalArgumentException("fit() names row " + row + ", but " + table.file() + " has "
                        + rows.size() + ", of which the first is 0.");
            }
            training.add(rows.get(row));
        }
        return training;
    }

    private List<Integer> inputColumns(int labelColumn, List<Integer> targetColumns) throws MalformedFileException {
        List<Integer> columns = new ArrayList<>();
        if (description.inputs() != null) {
            for (String name : description.inputs()) {
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
    private void keepRows(List<Integer> inputs, int label, List<Integer> targets) throws MalformedFileException {
        CsvReader.Missing missing = formatting.missing();
        List<Integer> used = new ArrayList<>(inputs);
        used.addAll(targets);
        if (label >= 0) {
            used.add(label);
        }
        List<String> refused = new ArrayList<>();
        boolean categories = false;
        for (int row = 0; row < table.rows().size(); row++) {
            boolean whole = true;
            for (int column : used) {
                String name = table.names().get(column);
                if (isMissing(row, column) && !description.missingPlaces().contains(name)) {
                    whole = false;
                    boolean category = description.categories().containsKey(name);
                    boolean filled = missing == CsvReader.Missing.MEAN && inputs.contains(column) && !category;
                    if (!filled && missing != CsvReader.Missing.SKIP) {
                        categories |= category;
                        refused.add("line " + table.lines().get(row) + " column \"" + name + "\"");
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
                    + ". Choose missing(SKIP) to leave such rows out, or missing(MEAN) to fill input numbers."
                    + (categories ? " missingPlace(column) gives missing categories a place of their own." : ""));
        }
        if (rows.isEmpty()) {
            throw new MalformedFileException(table.file() + " has no row without a missing value.");
        }
    }

    private boolean isMissing(int row, int column) {
        return formatting.missingTexts().contains(text(row, column));
    }

    private String text(int row, int column) {
        return table.rows().get(row)[column];
    }

    /** The mean of what is not missing; NaN if all is. */
    private double mean(int column, List<Integer> training) throws MalformedFileException {
        double sum = 0;
        int count = 0;
        for (int row : training) {
            if (!isMissing(row, column)) {
                sum += number(row, column);
                count++;
            }
        }
        return sum / count;
    }

    private float[] numbers(int column, double mean) throws MalformedFileException {
        float[] values = new float[rows.size()];
        for (int i = 0; i < values.length; i++) {
            if (!isMissing(rows.get(i), column)) {
                values[i] = number(rows.get(i), column);
            } else if (Double.isNaN(mean)) {
                throw new MalformedFileException(
                        table.file() + ", column \"" + table.names().get(column)
                                + "\": all values are missing in the training rows, which leaves no mean.");
            } else {
                values[i] = (float) mean;
            }
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

    private void oneHot(int column, CsvInput input, List<float[]> values) throws MalformedFileException {
        List<float[]> places = new ArrayList<>();
        for (int c = 0; c < input.names().size(); c++) {
            places.add(new float[rows.size()]);
        }
        for (int i = 0; i < rows.size(); i++) {
            String text = text(rows.get(i), column);
            int place = input.place(text, isMissing(rows.get(i), column));
            if (place < 0) {
                throw table.at(
                        rows.get(i),
                        column,
                        "\"" + text + "\" is none of " + input.values() + "; unknownPlace(\"" + input.column()
                                + "\") gives such values a place of their own");
            }
            places.get(place)[i] = 1;
        }
        values.addAll(places);
    }

    private int[] labels(int column, List<String> names) throws MalformedFileException {
        int[] labels = new int[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            String text = text(rows.get(i), column);
            labels[i] = names.indexOf(text);
            if (labels[i] < 0) {
                throw table.at(rows.get(i), column, "\"" + text + "\" is none of " + names);
            }
        }
        return labels;
    }

    private List<String> occurring(int column, List<Integer> among) {
        Set<String> texts = new TreeSet<>();
        for (int row : among) {
            if (!isMissing(row, column)) {
                texts.add(text(row, column));
            }
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
