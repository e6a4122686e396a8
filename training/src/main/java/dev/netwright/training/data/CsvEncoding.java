package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How the columns of a table become numbers, as fitted on training rows: which columns, the places of categories, the
 * means that stand for missing numbers, the classes. Given to {@link CsvReader#like(CsvEncoding)}, other files become the
 * same inputs. It can be kept beside the weights:
 *
 * <pre>{@code
 * Map<String, String> metadata = new LinkedHashMap<>(net.metadata());
 * metadata.putAll(train.encoding().metadata());
 * Safetensors.write(path, net.stateDict(), metadata);
 *
 * CsvEncoding encoding = CsvEncoding.of(Safetensors.read(path).metadata());
 * CsvDataset rows = CsvDataset.from(file).like(encoding).read();
 * }</pre>
 */
public final class CsvEncoding {

    private static final String KEY = "netwright.csv";
    private static final String VERSION = "1";

    @SuppressWarnings("deprecation") // of two names for it the one that commons-csv before 1.13 has too
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build();

    private final CsvFormatting formatting;
    private final List<CsvInput> inputs;
    private final String label;
    private final List<String> classNames;
    private final List<String> targets;

    CsvEncoding(
            CsvFormatting formatting,
            List<CsvInput> inputs,
            String label,
            List<String> classNames,
            List<String> targets) {
        this.formatting = formatting;
        this.inputs = List.copyOf(inputs);
        this.label = label;
        this.classNames = List.copyOf(classNames);
        this.targets = List.copyOf(targets);
    }

    CsvFormatting formatting() {
        return formatting;
    }

    List<CsvInput> inputs() {
        return inputs;
    }

    /** The column of the class; null without one. */
    String label() {
        return label;
    }

    List<String> targets() {
        return targets;
    }

    /**
     * What each value of an input is.
     *
     * @return as {@link CsvDataset#inputNames()}
     */
    public List<String> inputNames() {
        List<String> names = new ArrayList<>();
        for (CsvInput input : inputs) {
            names.addAll(input.names());
        }
        return names;
    }

    /**
     * The classes.
     *
     * @return their names; empty without a label
     */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * All of it as text.
     *
     * @return one entry for the metadata of a safetensors file
     */
    public Map<String, String> metadata() {
        return Map.of(KEY, toString());
    }

    /**
     * What {@link #metadata()} gave.
     *
     * @param metadata of a safetensors file, with other entries too
     * @return the encoding
     * @throws MalformedFileException if there is none, or one that makes no sense
     */
    public static CsvEncoding of(Map<String, String> metadata) throws MalformedFileException {
        String text = metadata.get(KEY);
        if (text == null) {
            throw new MalformedFileException("The metadata have no entry " + KEY
                    + ": write what encoding().metadata() of the training data gives into them.");
        }
        try (CSVParser lines = FORMAT.parse(new StringReader(text))) {
            return parse(lines.getRecords());
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            MalformedFileException malformed =
                    new MalformedFileException("The metadata's entry " + KEY + " makes no sense: " + e.getMessage());
            malformed.initCause(e);
            throw malformed;
        }
    }

    private static CsvEncoding parse(List<CSVRecord> lines) {
        List<String> first = lines.get(0).toList();
        if (!first.get(0).equals(VERSION)) {
            throw new IllegalArgumentException("its version is " + first.get(0) + ", not " + VERSION);
        }
        CsvFormatting formatting = new CsvFormatting(
                first.get(1).charAt(0),
                Boolean.parseBoolean(first.get(2)),
                Set.copyOf(first.subList(4, first.size())),
                CsvReader.Missing.valueOf(first.get(3)));
        List<CsvInput> inputs = new ArrayList<>();
        String label = null;
        List<String> classNames = List.of();
        List<String> targets = List.of();
        for (CSVRecord line : lines.subList(1, lines.size())) {
            List<String> parts = line.toList();
            switch (parts.get(0)) {
                case "number" -> inputs.add(CsvInput.number(parts.get(1), Double.parseDouble(parts.get(2))));
                case "category" ->
                    inputs.add(new CsvInput(
                            parts.get(1),
                            List.copyOf(parts.subList(4, parts.size())),
                            Boolean.parseBoolean(parts.get(2)),
                            Boolean.parseBoolean(parts.get(3)),
                            Double.NaN));
                case "label" -> {
                    label = parts.get(1);
                    classNames = parts.subList(2, parts.size());
                }
                case "targets" -> targets = parts.subList(1, parts.size());
                default -> throw new IllegalArgumentException("a line begins with \"" + parts.get(0) + "\"");
            }
        }
        return new CsvEncoding(formatting, inputs, label, classNames, targets);
    }

    /**
     * As {@link #metadata()} has it: lines of comma-separated values.
     *
     * @return the same text for the same encoding
     */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        List<Object> first = new ArrayList<>(
                Arrays.asList(VERSION, formatting.separator(), formatting.header(), formatting.missing()));
        first.addAll(new TreeSet<>(formatting.missingTexts()));
        lines.add(line(first));
        for (CsvInput input : inputs) {
            List<Object> parts = new ArrayList<>();
            if (input.isCategory()) {
                parts.addAll(List.of("category", input.column(), input.unknown(), input.missing()));
                parts.addAll(input.values());
            } else {
                parts.addAll(List.of("number", input.column(), input.mean()));
            }
            lines.add(line(parts));
        }
        if (label != null) {
            List<Object> parts = new ArrayList<>(List.of("label", label));
            parts.addAll(classNames);
            lines.add(line(parts));
        }
        if (!targets.isEmpty()) {
            List<Object> parts = new ArrayList<>(List.of("targets"));
            parts.addAll(targets);
            lines.add(line(parts));
        }
        return String.join("\n", lines);
    }

    private static String line(List<Object> parts) {
        return FORMAT.format(parts.toArray());
    }
}
