package dev.netwright.benchmarks.harness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that a run has found out. */
final class Results {
    private final Map<Series.Key, Series> series = new LinkedHashMap<>();
    private final Map<String, Double> facts = new LinkedHashMap<>();
    private final Map<String, List<Double>> limits = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    Series series(Series.Key key, boolean ours) {
        return series.computeIfAbsent(key, k -> new Series(k, ours));
    }

    /** All series that have figures. */
    List<Series> measured() {
        return series.values().stream().filter(Series::measured).toList();
    }

    /** Those of one row, task and number of threads. */
    List<Series> of(String row, String task, int threads) {
        return select(row, task, threads).toList();
    }

    private Stream<Series> select(String row, String task, int threads) {
        return measured().stream()
                .filter(s -> s.key().row().equals(row)
                        && s.key().task().equals(task)
                        && s.key().threads() == threads);
    }

    /** The peer's series with the smallest median; null without a peer. */
    Series bestPeer(String row, String task, int threads) {
        return select(row, task, threads)
                .filter(s -> !s.ours())
                .min(Comparator.comparingDouble(Series::median))
                .orElse(null);
    }

    /** A fact about a row, such as {@code flops.step}. */
    void fact(String row, String name, double value) {
        facts.put(row + "/" + name, value);
    }

    /** NaN if unknown. */
    double fact(String row, String name) {
        return facts.getOrDefault(row + "/" + name, Double.NaN);
    }

    /** What the machine reached in the minute of a row: {@code fma} in operations, {@code copy} in bytes a second. */
    void limit(String name, String row, int threads, double perSecond) {
        limits.computeIfAbsent(name + "/" + row + "/" + threads, k -> new ArrayList<>())
                .add(perSecond);
        limits.computeIfAbsent(name + "/" + threads, k -> new ArrayList<>()).add(perSecond);
    }

    /** The median in the minutes of a row; NaN if not measured. */
    double limit(String name, String row, int threads) {
        return median(limits.get(name + "/" + row + "/" + threads));
    }

    /** All figures of the run. */
    List<Double> limit(String name, int threads) {
        return limits.getOrDefault(name + "/" + threads, List.of());
    }

    private static double median(List<Double> values) {
        return values == null ? Double.NaN : Statistics.median(values);
    }

    void version(String contestant, String version) {
        versions.put(contestant, version);
    }

    Map<String, String> versions() {
        return versions;
    }

    void note(String text) {
        if (notes.add(text)) {
            System.out.println("  " + text);
        }
    }

    Set<String> notes() {
        return notes;
    }
}
