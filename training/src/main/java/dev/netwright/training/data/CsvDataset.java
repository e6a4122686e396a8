package dev.netwright.training.data;

import java.nio.file.Path;
import java.util.List;

/**
 * The rows of a table in a text file as samples: some columns make the input, one the class or some the target. Built by
 * {@link #from}: {@code CsvDataset.from(path).label("species").read()}.
 *
 * <p>Categories, and means that stand for missing numbers, are fitted on the rows at hand. A file to validate or predict
 * with has others: {@code CsvDataset.from(other).like(train).read()} takes those of the training.
 */
public final class CsvDataset implements Dataset {

    private final CsvEncoding encoding;
    private final SampleLayout layout;
    private final float[] inputs;
    private final float[] targets;
    private final int[] labels;
    private final int[] lines;
    private final List<String> inputNames;
    private final List<Integer> skippedLines;

    CsvDataset(CsvTable table) {
        this.inputs = table.inputs();
        this.targets = table.targets();
        this.labels = table.labels();
        this.lines = table.lines();
        this.encoding = table.encoding();
        this.inputNames = List.copyOf(encoding.inputNames());
        this.skippedLines = List.copyOf(table.skippedLines());
        Field input = Field.floats(inputNames.size());
        this.layout = labels != null
                ? SampleLayout.labelled(input)
                : new SampleLayout(
                        List.of(input),
                        targets.length == 0 ? List.of() : List.of(Field.floats(targets.length / lines.length)));
    }

    /**
     * Begins to describe a file: comma-separated, in UTF-8, with a header line, all columns numbers, unless told
     * otherwise.
     *
     * @param file the file
     * @return a description to go on with
     */
    public static CsvReader from(Path file) {
        return new CsvReader(file);
    }

    @Override
    public int size() {
        return lines.length;
    }

    @Override
    public SampleLayout layout() {
        return layout;
    }

    @Override
    public List<String> classNames() {
        return encoding.classNames();
    }

    /**
     * How the columns became numbers, for {@link CsvReader#like(CsvEncoding)} and for the metadata of a file.
     *
     * @return categories, means and classes, as fitted or taken over
     */
    public CsvEncoding encoding() {
        return encoding;
    }

    /**
     * What each value of an input is.
     *
     * @return a column's name, or {@code column=value} for each value of a category; the value may be {@code (unknown)} or
     *     {@code (missing)}
     */
    public List<String> inputNames() {
        return inputNames;
    }

    /**
     * Where a sample comes from.
     *
     * @param index the sample
     * @return the line of the file at which its row begins, from 1
     */
    public int line(int index) {
        return lines[index];
    }

    /**
     * The rows that were left out, since a value was missing.
     *
     * @return lines of the file
     */
    public List<Integer> skippedLines() {
        return skippedLines;
    }

    @Override
    public void read(int index, Batch batch, int position, SampleContext context) {
        int width = inputNames.size();
        System.arraycopy(inputs, index * width, batch.inputs(), position * width, width);
        if (labels != null) {
            batch.labels()[position] = labels[index];
        } else if (targets.length > 0) {
            int values = targets.length / lines.length;
            System.arraycopy(targets, index * values, batch.targets(), position * values, values);
        }
    }
}
