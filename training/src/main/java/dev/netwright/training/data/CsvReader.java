package dev.netwright.training.data;

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
        /**
         * Put the mean of the column's other values in the training rows; missing categories without a place of their own,
         * labels and targets are refused.
         */
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
    private final Set<String> unknownPlaces = new LinkedHashSet<>();
    private final Set<String> missingPlaces = new LinkedHashSet<>();
    private int[] fitRows;
    private CsvEncoding like;

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
     * occur in the training rows, in alphabetical order.
     *
     * @param column the column's name
     * @return this
     */
    public CsvReader category(String column) {
        categories.put(column, List.of());
        return this;
    }

    /**
     * Makes an input column one of categories with given values. Another value is an error, unless
     * {@link #unknownPlace} gives it a place.
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
     * Gives values of categories that are none of the known ones a place of their own, behind those. It is trained by
     * rows that have such values: where the known values are given, or {@link #fit} leaves rows out.
     *
     * @param columns categories
     * @return this
     */
    public CsvReader unknownPlace(String... columns) {
        unknownPlaces.addAll(List.of(columns));
        return this;
    }

    /**
     * Gives missing values of categories a place of their own, behind all others. They are then not missing for
     * {@link #missing}.
     *
     * @param columns categories
     * @return this
     */
    public CsvReader missingPlace(String... columns) {
        missingPlaces.addAll(List.of(columns));
        return this;
    }

    /**
     * Chooses the rows on which categories and means are fitted, for a file of which a part is kept from the training,
     * such as {@code reader.fit(parts.get(0).indices())} after {@link Subset#randomSplit}. Classes are those of all rows.
     *
     * @param rows samples of the data set; all unless set
     * @return this
     */
    public CsvReader fit(int... rows) {
        this.fitRows = rows.clone();
        return this;
    }

    /**
     * Makes of this file what was made of another: the same columns become the same inputs, classes and targets, with
     * the categories and means of that one. Further columns are passed over. How the file is written is taken over too,
     * and may be set differently after this call; all else is settled.
     *
     * @param train the rows that are trained with
     * @return this
     */
    public CsvReader like(CsvDataset train) {
        return like(train.encoding());
    }

    /**
     * Makes of this file what was made of another, by {@link #like(CsvDataset)}, of which only the encoding is left.
     *
     * @param encoding how columns become numbers
     * @return this
     */
    public CsvReader like(CsvEncoding encoding) {
        this.like = encoding;
        this.separator = encoding.formatting().separator();
        this.header = encoding.formatting().header();
        this.missingTexts = encoding.formatting().missingTexts();
        this.missing = encoding.formatting().missing();
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
     * @throws IllegalArgumentException if label and targets are both chosen, columns are described beside those of
     *     {@link #like(CsvDataset)}, a place is given to what is no category, or a row to fit on is not there
     * @throws IOException if the file cannot be read
     */
    public CsvDataset read() throws IOException {
        CsvDescription description = description();
        CsvColumns columns = CsvColumns.read(file, separator, header);
        CsvFormatting formatting = new CsvFormatting(separator, header, missingTexts, missing);
        return new CsvDataset(new CsvParser(columns, formatting, description).parse(like));
    }

    private CsvDescription description() {
        boolean described = label != null
                || inputs != null
                || fitRows != null
                || !targets.isEmpty()
                || !categories.isEmpty()
                || !unknownPlaces.isEmpty()
                || !missingPlaces.isEmpty();
        if (like != null) {
            if (described) {
                throw new IllegalArgumentException("The columns are like those of another table, and described too:"
                        + " leave out label, targets, inputs, category, unknownPlace, missingPlace and fit.");
            }
            return CsvDescription.of(like);
        }
        if (label != null && !targets.isEmpty()) {
            throw new IllegalArgumentException(
                    "A table has a label, \"" + label + "\", or targets, " + targets + ", but not both: choose one.");
        }
        for (Set<String> places : List.of(unknownPlaces, missingPlaces)) {
            for (String column : places) {
                if (!categories.containsKey(column)) {
                    throw new IllegalArgumentException("The column \"" + column
                            + "\" has a place for unknown or missing values, but is no category: write category(\""
                            + column + "\") too.");
                }
            }
        }
        return new CsvDescription(
                inputs, categories, unknownPlaces, missingPlaces, label, classNames, List.copyOf(targets), fitRows);
    }
}
