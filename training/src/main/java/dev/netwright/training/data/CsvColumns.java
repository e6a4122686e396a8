package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table as texts.
 *
 * @param file where it is from
 * @param names the columns
 * @param rows the values, stripped, one per column
 * @param lines the line at which each row begins, from 1
 */
record CsvColumns(Path file, List<String> names, List<String[]> rows, List<Integer> lines) {

    static CsvColumns read(Path file, char separator, boolean header) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(file + (Files.exists(file) ? " is not a file." : " does not exist."));
        }
        @SuppressWarnings("deprecation") // of two names for it the one that commons-csv before 1.13 has too
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .build();
        List<String> names = null;
        List<String[]> rows = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        long line = 1;
        try (Reader in = afterMark(Files.newBufferedReader(file, StandardCharsets.UTF_8));
                CSVParser parser = format.parse(in)) {
            for (CSVRecord record : parser) {
                // The parser stands behind the record, whose values may go over several lines.
                line = parser.getCurrentLineNumber() - linesWithin(record);
                String[] values = record.values();
                if (names == null) {
                    names = header ? header(file, values) : numbered(values.length);
                    if (header) {
                        continue;
                    }
                }
                if (values.length != names.size()) {
                    throw new MalformedFileException(file + ", line " + line + ": the row has " + values.length
                            + " values, but there are " + names.size() + " columns.");
                }
                rows.add(values);
                lines.add((int) line);
            }
        } catch (CharacterCodingException e) {
            throw new MalformedFileException(file + " is not UTF-8, after line " + line + ".");
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new MalformedFileException(file + " is not UTF-8, after line " + line + ".");
            }
            throw new MalformedFileException(
                    file + ", after line " + line + ": " + e.getCause().getMessage() + ".");
        }
        if (rows.isEmpty()) {
            throw new MalformedFileException(
                    file + " has no rows" + (header && names != null ? " after its header" : "") + ".");
        }
        return new CsvColumns(file, names, rows, lines);
    }

    /** What some programs put before UTF-8 is no part of the first name or value, which may begin with a quote. */
    private static Reader afterMark(Reader in) throws IOException {
        in.mark(1);
        if (in.read() != 0xfeff) {
            in.reset();
        }
        return in;
    }

    private static long linesWithin(CSVRecord record) {
        long breaks = 0;
        for (String value : record) {
            breaks += value.lines().count() > 1 ? value.lines().count() - 1 : 0;
        }
        return breaks;
    }

    private static List<String> header(Path file, String[] names) throws MalformedFileException {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new MalformedFileException(file + ", line 1: two columns have the name \"" + name + "\".");
            }
        }
        return List.of(names);
    }

    private static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    /** The place of a column. */
    int column(String name) throws MalformedFileException {
        int column = names.indexOf(name);
        if (column < 0) {
            throw new MalformedFileException(file + " has no column \"" + name + "\"; its columns are " + names + ".");
        }
        return column;
    }

    MalformedFileException at(int row, int column, String problem) {
        return new MalformedFileException(
                file + ", line " + lines.get(row) + ", column \"" + names.get(column) + "\": " + problem + ".");
    }
}
