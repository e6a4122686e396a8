package dev.netwright.benchmarks.subject;

import dev.netwright.processor.report.LatencyTable;
import dev.netwright.processor.report.LatencyTerm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Constants of {@link LatencyTerm}, none of them negative, that make the sum of relative errors small: weighted least squares,
 * one constant at a time until none changes, with weights that make large errors count by their size and not its square.
 */
final class LatencyFit {
    private static final int WEIGHINGS = 60;
    private static final int TURNS = 4_000;

    /** Errors below it count as this. */
    private static final double SMALL = 0.2;

    private static final Pattern ROW = Pattern.compile("(\\S+): (\\S+) us, (.+)");

    private static final String HEADER = """
            # What predicting one sample takes on one thread is the sum of these terms, counted in the plan, each times its constant.
            # Below them what was measured, and what they predict. Written by benchmarks/run --fit.
            machine: %s
            """;

    private final List<double[]> counts = new ArrayList<>();
    private final List<Double> measured = new ArrayList<>();
    private final double[] constants = new double[LatencyTerm.values().length];

    private LatencyFit() {}

    static void write(Path rows, Path layers, Path reports, Path file, String machine) throws IOException {
        LatencyFit fit = new LatencyFit();
        List<Matcher> read = new ArrayList<>();
        for (String line : Files.readAllLines(rows)) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                throw new IOException("no row: " + line);
            }
            read.add(row);
            Path layer = layers.resolve(row.group(1)).resolve("sources").resolve(LayerSource.PACKAGE.replace('.', '/'));
            Path report = Files.isDirectory(layer)
                    ? layer.resolve("WeightsModel.txt")
                    : reports.resolve(row.group(3) + ".txt");
            fit.counts.add(counts(Files.readString(report)));
            fit.measured.add(1e3 * Double.parseDouble(row.group(2)));
        }
        fit.fit();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, HEADER, machine));
        for (LatencyTerm term : LatencyTerm.values()) {
            text.append(String.format(Locale.ROOT, "%s: %.6f ns\n", term.title(), fit.constants[term.ordinal()]));
        }
        for (int i = 0; i < read.size(); i++) {
            Matcher row = read.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%s: %s us, predicted %.1f, %s\n",
                    row.group(1),
                    row.group(2),
                    fit.predicted(i) / 1e3,
                    layers.resolve(row.group(1)).toFile().isDirectory() ? row.group(3) : "network"));
        }
        System.out.println(LatencyTable.parse(text.toString()).reliability());
        Files.writeString(file, text);
    }

    /** As a network's report tells them. */
    private static double[] counts(String report) throws IOException {
        double[] counts = new double[LatencyTerm.values().length];
        for (LatencyTerm term : LatencyTerm.values()) {
            Matcher line = Pattern.compile("(?m)^  " + Pattern.quote(term.title()) + " +([\\d,]+) +\\S+ us$")
                    .matcher(report);
            if (line.find()) {
                counts[term.ordinal()] = Double.parseDouble(line.group(1).replace(",", ""));
            }
        }
        if (counts[LatencyTerm.CALL.ordinal()] != 1) {
            throw new IOException("a report without its latency: "
                    + report.lines().findFirst().orElse(""));
        }
        return counts;
    }

    private double predicted(int row) {
        double sum = 0;
        for (int i = 0; i < constants.length; i++) {
            sum += counts.get(row)[i] * constants[i];
        }
        return sum;
    }

    private void fit() {
        double[] weights = new double[measured.size()];
        Arrays.fill(weights, 1);
        for (int weighing = 0; weighing < WEIGHINGS; weighing++) {
            for (int turn = 0; turn < TURNS; turn++) {
                for (int i = 0; i < constants.length; i++) {
                    improve(i, weights);
                }
            }
            for (int row = 0; row < weights.length; row++) {
                weights[row] = 1 / Math.max(SMALL, Math.abs(predicted(row) / measured.get(row) - 1));
            }
        }
    }

    /** The best constant of one term while all others stay. */
    private void improve(int term, double[] weights) {
        double above = 0;
        double below = 0;
        for (int row = 0; row < weights.length; row++) {
            double part = counts.get(row)[term] / measured.get(row);
            double left = 1 - (predicted(row) / measured.get(row) - constants[term] * part);
            above += weights[row] * part * left;
            below += weights[row] * part * part;
        }
        constants[term] = below > 0 ? Math.max(0, above / below) : 0;
    }
}
