package dev.netwright.training;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The description of a table in a text file, made by {@link CsvDataset#from}. */
public final class CsvReader {

    /** What to do about rows in which a value is missing. */
    public enum Missing {
        /** One message with the lines and columns of all of them. */
        REFUSE,
        /** Leave the row out; {@link CsvDataset#skippedLines()} tells which. */
        SKIP,
        /** Put the mean of the column's other values; missing categories, labels and targets are refused. */
        MEAN
    }

    private final Path file;
    private char separator = ',';
    private boolean header = true;
    private String label;
    private List<String> classNames;
    private Set<String> targets = Set.of();
    private List<String> inputs;
    private final Map<String, List<String>> categories = new LinkedHashMap<>();
    private Set<String> missingTexts = Set.of("", "NA", "NaN", "nan", "null", "?");
    private Missing missing = Missing.REFUSE;

    CsvReader(Path file) {
        this.file = file;
    }

    /**
     * Sets what stands between the values.
     *
     * @param separator a comma unless set
     * @return this
     */
    public CsvReader separator(char separator) {
        this.separator = separator;
        return this;
    }

    /**
     * Chooses whether the first line names the columns. Without it the columns are named "0", "1" and so on.
     *
     * @param header true unless set
     * @return this
     */
    public CsvReader header(boolean header) {
        this.header = header;
        return this;
    }

    /**
     * Chooses the columns that make the input, in this order, as numbers. Unless set, it is all that are not the label
     * or a target.
     *
     * @param columns the columns' names
     * @return this
     */
    public CsvReader inputs(String... columns) {
        this.inputs = List.of(columns);
        return this;
    }

    /**
     * Makes an input column one of categories: a 1 at the place of its value and 0 elsewhere. The values are those that
     * occur, in alphabetical order.
     *
     * @param column the column's name
     * @return this
     */
    public CsvReader category(String column) {
        categories.put(column, List.of());
        return this;
    }

    /**
     * Makes an input column one of categories with given values. Another value is an error.
     *
     * @param column the column's name
     * @param values in the order of their places
     * @return this
     */
    public CsvReader category(String column, List<String> values) {
        categories.put(column, List.copyOf(values));
        return this;
    }

    /**
     * Chooses the column that is the class. The classes are the texts that occur, in alphabetical order; if all are whole
     * numbers, in the order of the numbers.
     *
     * @param column the column's name
     * @return this
     */
    public CsvReader label(String column) {
        this.label = column;
        this.classNames = null;
        return this;
    }

    /**
     * Chooses the column that is the class, one of given ones. Another text is an error.
     *
     * @param column the column's name
     * @param names in the order of the classes
     * @return this
     */
    public CsvReader label(String column, List<String> names) {
        this.label = column;
        this.classNames = List.copyOf(names);
        return this;
    }

    /**
     * Chooses the columns that are the target, as numbers in this order.
     *
     * @param columns the columns' names
     * @return this
     */
    public CsvReader targets(String... columns) {
        this.targets = new LinkedHashSet<>(List.of(columns));
        return this;
    }

    /**
     * Chooses what is done about missing values.
     *
     * @param missing refused unless set
     * @return this
     */
    public CsvReader missing(Missing missing) {
        this.missing = missing;
        return this;
    }

    /**
     * Chooses which texts stand for a missing value.
     *
     * @param texts empty, {@code NA}, {@code NaN}, {@code nan}, {@code null} and {@code ?} unless set
     * @return this
     */
    public CsvReader missingTexts(String... texts) {
        this.missingTexts = Set.of(texts);
        return this;
    }

    /**
     * Reads the file.
     *
     * @return the data set, held in memory
     * @throws MalformedFileException if a column is not there, a row has another number of values, a value is missing or
     *     is none of its column's type; the message names line and column
     * @throws IllegalArgumentException if label and targets are both chosen
     * @throws IOException if the file cannot be read
     */
    public CsvDataset read() throws IOException {
        if (label != null && !targets.isEmpty()) {
            throw new IllegalArgumentException(
                    "A table has a label, \"" + label + "\", or targets, " + targets + ", but not both: choose one.");
        }
        CsvColumns columns = CsvColumns.read(file, separator, header);
        return new CsvDataset(new CsvParser(columns, missingTexts, missing)
                .parse(inputs, categories, label, classNames, List.copyOf(targets)));
    }
}
