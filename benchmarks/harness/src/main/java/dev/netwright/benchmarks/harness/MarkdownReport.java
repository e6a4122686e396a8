package dev.netwright.benchmarks.harness;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables for people: first the ratios, then every contestant at every setting. */
final class MarkdownReport {
    private final Results results;
    private final List<Row> rows;
    private final List<Integer> threads;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(Results results, List<Row> rows, List<Integer> threads) {
        this.results = results;
        this.rows = rows;
        this.threads = threads;
    }

    static String of(Results results, List<Row> rows, List<Integer> threads) {
        MarkdownReport report = new MarkdownReport(results, rows, threads);
        report.head();
        report.ratios();
        report.details();
        report.notes();
        return report.text.toString();
    }

    private void head() {
        line("Machine: " + Machine.describe() + ".");
        results.versions().forEach((label, version) -> line("- " + label + ": " + version));
        for (int count : threads) {
            limit("fma", "Fused multiply-adds", "GF/s", count);
            limit("copy", "Copy", "GB/s", count);
        }
        line("");
    }

    private void limit(String name, String title, String unit, int count) {
        List<Double> values = results.limit(name, count);
        if (!values.isEmpty()) {
            line(String.format(
                    Locale.ROOT,
                    "- %s, %d thread%s: median %.0f %s (%.0f to %.0f), measured beside the rows",
                    title,
                    count,
                    count == 1 ? "" : "s",
                    Statistics.median(values) / 1e9,
                    unit,
                    values.stream().mapToDouble(v -> v).min().orElseThrow() / 1e9,
                    values.stream().mapToDouble(v -> v).max().orElseThrow() / 1e9));
        }
    }

    private void ratios() {
        List<String> ours = results.measured().stream()
                .filter(Series::ours)
                .map(s -> s.key().contestant())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        line("| row | threads | " + String.join(" | ", ours) + " | best peer | its time | "
                + ours.stream()
                        .map(name -> "ratio" + name.substring(name.indexOf(',') + 1))
                        .collect(Collectors.joining(" | "))
                + " | of peak |");
        line("|---|---|" + "---|".repeat(2 * ours.size() + 3));
        for (Row row : rows) {
            for (String task : row.tasks()) {
                for (int count : threads) {
                    ratio(row, task, count, ours);
                }
            }
        }
        line("");
    }

    private void ratio(Row row, String task, int count, List<String> ours) {
        List<Series> all = results.of(row.id(), task, count);
        if (all.isEmpty()) {
            return;
        }
        Series best = results.bestPeer(row.id(), task, count);
        StringBuilder times = new StringBuilder();
        StringBuilder ratios = new StringBuilder();
        double fastest = Double.NaN;
        for (String name : ours) {
            double median = all.stream()
                    .filter(s -> s.key().contestant().equals(name))
                    .mapToDouble(Series::median)
                    .findFirst()
                    .orElse(Double.NaN);
            fastest = Double.isNaN(fastest) ? median : Math.min(fastest, median);
            times.append(" | ").append(Double.isNaN(median) ? "" : Units.time(median));
            ratios.append(" | ").append(best == null ? "" : Units.ratio(median / best.median()));
        }
        line("| " + title(row, task) + " | " + count + times + " | "
                + (best == null ? "" : name(best)) + " | "
                + (best == null ? "" : Units.time(best.median())) + ratios + " | "
                + ofPeak(row, task, count, fastest) + " |");
    }

    private void details() {
        line("| row | threads | contestant | median | min | max | rate | of peak |");
        line("|---|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            for (String task : row.tasks()) {
                for (int count : threads) {
                    for (Series s : results.of(row.id(), task, count)) {
                        line("| " + title(row, task) + " | " + count + " | " + name(s) + " | "
                                + Units.time(s.median()) + " | " + Units.time(s.min()) + " | "
                                + Units.time(s.max()) + " | " + rate(row, task, s.median()) + " | "
                                + ofPeak(row, task, count, s.median()) + " |");
                    }
                }
            }
        }
        line("");
    }

    private void notes() {
        results.notes().forEach(note -> line("- " + note));
    }

    private String rate(Row row, String task, double seconds) {
        double flops = results.fact(row.id(), "flops." + task);
        if (!Double.isNaN(flops)) {
            return Units.digits(flops / seconds / 1e9) + " GF/s";
        }
        double bytes = results.fact(row.id(), "bytes." + task);
        return Double.isNaN(bytes) ? "" : Units.digits(bytes / seconds / 1e9) + " GB/s";
    }

    private String ofPeak(Row row, String task, int count, double seconds) {
        double flops = results.fact(row.id(), "flops." + task) / results.limit("fma", row.id(), count);
        double bytes = results.fact(row.id(), "bytes." + task) / results.limit("copy", row.id(), count);
        if (!Double.isNaN(flops)) {
            return Units.percent(flops / seconds);
        }
        return Double.isNaN(bytes) ? "" : Units.percent(bytes / seconds) + " of copy";
    }

    private static String title(Row row, String task) {
        return row.tasks().size() == 1 ? row.title() : row.title() + ", " + task.replace("-", " b");
    }

    private static String name(Series series) {
        String setting = series.key().setting();
        return series.key().contestant() + (setting.isEmpty() ? "" : ", " + setting);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
