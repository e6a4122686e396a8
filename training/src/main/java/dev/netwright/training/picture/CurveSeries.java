package dev.netwright.training.picture;

import java.util.Arrays;
import java.util.Objects;

/**
 * A line of a chart.
 *
 * @param name for the legend
 * @param x where the points are
 * @param y the values
 */
record CurveSeries(String name, double[] x, double[] y) {
    CurveSeries {
        Objects.requireNonNull(name, "name");
        if (x.length != y.length || x.length == 0) {
            throw new IllegalArgumentException("The series " + name
                    + " needs as many x as y, and at least one, but has " + x.length + " and " + y.length + ".");
        }
        if (!Arrays.stream(x).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "Every x of the series " + name + " is finite, but these are " + Arrays.toString(x) + ".");
        }
    }

    /** The values that can be drawn; the others are NaN, which makes a gap. */
    double[] drawable(boolean logarithmic) {
        return Arrays.stream(y)
                .map(value -> Double.isFinite(value) && (!logarithmic || value > 0) ? value : Double.NaN)
                .toArray();
    }
}
