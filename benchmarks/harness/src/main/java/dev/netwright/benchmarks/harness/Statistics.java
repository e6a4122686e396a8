package dev.netwright.benchmarks.harness;

import java.util.Arrays;
import java.util.Collection;

/** Summaries of measured values. */
final class Statistics {
    private Statistics() {}

    static double median(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("No value was measured.");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double median(Collection<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
