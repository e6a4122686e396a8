package dev.netwright.benchmarks.harness;

import java.util.Locale;

/** Figures as people read them: three digits and a unit. */
final class Units {
    private Units() {}

    static String time(double seconds) {
        if (seconds >= 1) {
            return digits(seconds) + " s";
        }
        return seconds >= 1e-3 ? digits(seconds * 1e3) + " ms" : digits(seconds * 1e6) + " us";
    }

    /** Three significant digits, without an exponent. */
    static String digits(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    static String ratio(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
    }

    static String percent(double part) {
        return Double.isNaN(part) ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * part);
    }
}
