package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;

/** Real attributes within their range. */
final class Reals {
    private Reals() {}

    static double finite(Attributes a, String name) {
        double value = a.real(name);
        if (!Double.isFinite(value)) {
            throw new LayerException(
                    name, name + " of %s is " + value + ", but must be finite", "Write " + name + " = 0.01, say.");
        }
        return value;
    }

    static double positive(Attributes a, String name) {
        double value = a.real(name);
        if (!(value > 0 && Double.isFinite(value))) {
            throw new LayerException(
                    name, name + " of %s is " + value + ", but must be above 0", "Write " + name + " = 1e-5, say.");
        }
        return value;
    }

    static double probability(Attributes a, String name) {
        double value = a.real(name);
        if (!(value >= 0 && value <= 1)) {
            throw new LayerException(
                    name, name + " of %s is " + value + ", but must be from 0 to 1", "Write " + name + " = 0.5, say.");
        }
        return value;
    }
}
