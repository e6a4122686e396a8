package dev.netwright.processor.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The measured constants of {@link LatencyTerm}, and the rows that they were fitted to. {@code benchmarks/run --fit} writes
 * it.
 *
 * @param machine that was measured
 * @param nanoseconds of one of each term
 * @param rows in the order of the benchmark
 */
public record LatencyTable(String machine, Map<LatencyTerm, Double> nanoseconds, List<Row> rows) {
    /** The name of the file, in the folder of this package. */
    public static final String RESOURCE = "latency.txt";

    private static final Pattern ROW =
            Pattern.compile("(\\S+): (\\d+(?:\\.\\d+)?) us, predicted (\\d+(?:\\.\\d+)?), (.+)");
    private static final Pattern CONSTANT = Pattern.compile("([\\w ]+): (\\d+(?:\\.\\d+)?) ns");
    private static final Pattern MACHINE = Pattern.compile("machine: (.+)");

    private static final LatencyTable MEASURED = read();

    /**
     * A row of the benchmark.
     *
     * @param id its name
     * @param measured microseconds
     * @param predicted microseconds, by the compiler that the constants were fitted with
     * @param declared what it is a network of: a layer and its input, or {@code network}
     */
    public record Row(String id, double measured, double predicted, String declared) {
        /** Part of what was measured that the prediction is off by. */
        public double error() {
            return Math.abs(predicted - measured) / measured;
        }
    }

    public LatencyTable {
        nanoseconds = Map.copyOf(nanoseconds);
        rows = List.copyOf(rows);
    }

    /** The table that the compiler uses. */
    public static LatencyTable measured() {
        return MEASURED;
    }

    private static LatencyTable read() {
        try (InputStream in = LatencyTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + RESOURCE + " beside " + LatencyTable.class);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a table; fails with the line where something is wrong. Lines with a number sign in front are comments. */
    public static LatencyTable parse(String text) {
        String machine = null;
        Map<LatencyTerm, Double> constants = new EnumMap<>(LatencyTerm.class);
        List<Row> rows = new ArrayList<>();
        for (String line : text.split("\r?\n")) {
            Matcher row = ROW.matcher(line);
            Matcher constant = CONSTANT.matcher(line);
            Matcher named = MACHINE.matcher(line);
            if (named.matches()) {
                machine = named.group(1);
            } else if (constant.matches()) {
                constants.put(term(constant.group(1)), Double.valueOf(constant.group(2)));
            } else if (row.matches()) {
                rows.add(new Row(
                        row.group(1),
                        Double.parseDouble(row.group(2)),
                        Double.parseDouble(row.group(3)),
                        row.group(4)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IllegalArgumentException(
                        RESOURCE + " has neither a machine nor a constant nor a row in: " + line);
            }
        }
        if (machine == null || constants.size() < LatencyTerm.values().length || rows.isEmpty()) {
            throw new IllegalArgumentException(RESOURCE + " needs a machine, rows and the constants of "
                    + Arrays.stream(LatencyTerm.values())
                            .map(LatencyTerm::title)
                            .collect(Collectors.joining(", ")));
        }
        return new LatencyTable(machine, constants, rows);
    }

    private static LatencyTerm term(String title) {
        return Arrays.stream(LatencyTerm.values())
                .filter(term -> term.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(RESOURCE + " has an unknown term: " + title));
    }

    double nanoseconds(LatencyTerm term) {
        return nanoseconds.get(term);
    }

    /** The error that half of the rows stay within, in percent of what was measured. */
    public double medianError() {
        double[] errors = rows.stream().mapToDouble(Row::error).sorted().toArray();
        int middle = errors.length / 2;
        return 50 * (errors[middle] + errors[(errors.length - 1) / 2]);
    }

    /** The row that is furthest off. */
    public Row worst() {
        return rows.stream().max((a, b) -> Double.compare(a.error(), b.error())).orElseThrow();
    }

    /** How good predictions are, and where, as a sentence. */
    public String reliability() {
        return "A prediction for " + machine + ": of " + rows.size()
                + " networks and layers measured there half are within " + Figures.real(medianError(), 0)
                + " %, the furthest off by " + Figures.real(100 * worst().error(), 0) + " % (" + worst().id() + ").";
    }
}
