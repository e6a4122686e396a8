package dev.netwright.processor.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What predicting one sample takes on one thread, as the plan has it: a prediction for the machine that the constants were
 * fitted on.
 *
 * @param parts what it is added up from
 */
public record Latency(List<Part> parts) {
    private static final double NANOSECONDS = 1e3;

    /**
     * A term.
     *
     * @param term what is counted
     * @param count how many
     * @param micros of all of them
     */
    public record Part(LatencyTerm term, double count, double micros) {}

    public Latency {
        parts = List.copyOf(parts);
    }

    static Latency of(Map<LatencyTerm, Double> counts, LatencyTable table) {
        List<Part> parts = new ArrayList<>();
        counts.forEach(
                (term, count) -> parts.add(new Part(term, count, count * table.nanoseconds(term) / NANOSECONDS)));
        return new Latency(parts);
    }

    /** Microseconds of all. */
    public double micros() {
        return parts.stream().mapToDouble(Part::micros).sum();
    }
}
