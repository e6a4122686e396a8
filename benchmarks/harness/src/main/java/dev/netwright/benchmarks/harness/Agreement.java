package dev.netwright.benchmarks.harness;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether two contestants computed the same, within what float sums in another order may differ. */
final class Agreement {
    private static final double TOLERANCE = 1e-4;

    private Agreement() {}

    /**
     * Compares what both have.
     *
     * @param ours numbers by name
     * @param theirs numbers by name
     * @return null if they agree, else the difference
     */
    static String difference(Map<String, Object> ours, Map<String, Object> theirs) {
        int compared = 0;
        for (Map.Entry<String, Object> entry : theirs.entrySet()) {
            if (ours.get(entry.getKey()) instanceof List<?> expected && entry.getValue() instanceof List<?> actual) {
                compared++;
                String difference = difference(entry.getKey(), expected, actual);
                if (difference != null) {
                    return difference;
                }
            }
        }
        return compared == 0 ? "nothing to compare by" : null;
    }

    private static String difference(String name, List<?> expected, List<?> actual) {
        if (expected.size() != actual.size()) {
            return name + " has " + actual.size() + " elements instead of " + expected.size();
        }
        double largest =
                expected.stream().mapToDouble(v -> Math.abs(number(v))).max().orElse(0);
        double allowed = TOLERANCE * largest;
        for (int i = 0; i < expected.size(); i++) {
            double a = number(expected.get(i));
            double b = number(actual.get(i));
            // Written so that NaN differs.
            if (!(Math.abs(a - b) <= allowed)) {
                return String.format(
                        Locale.ROOT, "%s[%d] is %.6g instead of %.6g (largest %.3g)", name, i, b, a, largest);
            }
        }
        return null;
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
