package dev.netwright.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;

/** The bursts of one contestant at one setting, for one task and number of threads: a list for each fork. */
final class Series {
    /**
     * What a series is of.
     *
     * @param row the row's id
     * @param task the row's task
     * @param threads their number
     * @param contestant its label
     * @param setting its setting
     */
    record Key(String row, String task, int threads, String contestant, String setting) {}

    private final Key key;
    private final boolean ours;
    private final List<List<Double>> forks = new ArrayList<>();

    Series(Key key, boolean ours) {
        this.key = key;
        this.ours = ours;
    }

    Key key() {
        return key;
    }

    boolean ours() {
        return ours;
    }

    void fork() {
        forks.add(new ArrayList<>());
    }

    void add(double seconds) {
        forks.get(forks.size() - 1).add(seconds);
    }

    boolean measured() {
        return forks.stream().anyMatch(fork -> !fork.isEmpty());
    }

    List<List<Double>> forks() {
        return forks;
    }

    /** The median over the forks of each fork's median burst. */
    double median() {
        return Statistics.median(forks.stream()
                .filter(fork -> !fork.isEmpty())
                .mapToDouble(Statistics::median)
                .toArray());
    }

    /** The fastest burst. */
    double min() {
        return forks.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElseThrow();
    }

    /** The slowest burst. */
    double max() {
        return forks.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
    }
}
