package dev.netwright.processor.graph;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Real attributes, which can be read nowhere else: as doubles, but each such that it is good as a float, in which
 * generated code computes.
 */
public final class Reals {
    private Reals() {}

    public static boolean isFinite(double value) {
        return Float.isFinite((float) value);
    }

    /** A number as it was written, and what it is as a float where that is the trouble. */
    public static String text(double value) {
        if (Double.isFinite(value) && !isFinite(value)) {
            return value + ", which is infinite as a float";
        }
        return value + (value != 0 && (float) value == 0 ? ", which is 0 as a float" : "");
    }

    /** For who words the refusal. */
    public static double any(Attributes a, String name) {
        return a.real(name);
    }

    public static double finite(Attributes a, String name) {
        double value = a.real(name);
        if (!isFinite(value)) {
            throw notFinite(name, String.valueOf(value), "Write " + name + " = 0.01, say.");
        }
        return value;
    }

    /** Several of them. */
    public static List<Double> allFinite(Attributes a, String name) {
        List<Double> values = a.reals(name);
        String wrong = values.stream()
                .filter(value -> !isFinite(value))
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            throw notFinite(name, wrong, "Write numbers such as 0.5.");
        }
        return values;
    }

    /** Infinities are good too, as what is never the largest or the smallest. */
    public static double finiteOrInfinite(Attributes a, String name) {
        double value = a.real(name);
        return Double.isInfinite(value) ? value : finite(a, name);
    }

    public static double positive(Attributes a, String name) {
        double value = finite(a, name);
        if (!((float) value > 0)) {
            throw LayerException.ofValue(
                    name,
                    name + " of %s is " + text(value) + ", but must be above 0",
                    "Write " + name + " = 1e-5, say.");
        }
        return value;
    }

    public static double notNegative(Attributes a, String name) {
        double value = finite(a, name);
        if (value < 0) {
            throw LayerException.ofValue(
                    name,
                    name + " of %s is " + text(value) + ", but must be at least 0",
                    "Write " + name + " = 0.5, say.");
        }
        return value;
    }

    /** What something is divided by. */
    public static double divisor(Attributes a, String name) {
        double value = finite(a, name);
        if ((float) value == 0 || !isFinite(1 / value)) {
            throw LayerException.ofValue(
                    name,
                    name + " of %s is " + text(value) + ", but something is divided by it",
                    "Write " + name + " = 1, say.");
        }
        return value;
    }

    /** One for each dimension, or one for all, between 0 and 1. */
    public static List<Double> allBelowOne(Attributes a, String name, int dimensions) {
        List<Double> values = each(a, name, dimensions, "0.5");
        for (double value : values) {
            if (!(value > 0 && value < 1)) {
                throw LayerException.ofValue(
                        name,
                        name + " of %s is " + value + ", but must be above 0 and below 1",
                        "Write " + name + " = 0.5, say.");
            }
        }
        return values;
    }

    private static List<Double> each(Attributes a, String name, int dimensions, String example) {
        List<Double> values = allFinite(a, name);
        if (values.size() != 1 && values.size() != dimensions) {
            boolean one = dimensions == 1;
            throw LayerException.ofValue(
                    name,
                    name + " has " + values.size() + " values, but takes one"
                            + (one ? "" : ", or one for each of " + dimensions + " dimensions"),
                    "Write " + name + " = " + example + (one ? "." : ", or " + dimensions + " values."));
        }
        return values;
    }

    /** One for each dimension, or one for all. */
    public static List<Double> allPositive(Attributes a, String name, int dimensions) {
        List<Double> values = each(a, name, dimensions, "2");
        for (double value : values) {
            if (!((float) value > 0)) {
                throw LayerException.ofValue(
                        name,
                        name + " of %s is " + text(value) + ", but must be above 0",
                        "Write " + name + " = 2, say.");
            }
        }
        return values;
    }

    public static double probability(Attributes a, String name) {
        double value = a.real(name);
        if (!(value >= 0 && value <= 1)) {
            throw LayerException.ofValue(
                    name, name + " of %s is " + value + ", but must be from 0 to 1", "Write " + name + " = 0.5, say.");
        }
        return value;
    }

    private static LayerException notFinite(String name, String values, String fix) {
        return LayerException.ofValue(name, name + " of %s is " + values + ", but must be finite as a float", fix);
    }
}
