package dev.netwright.processor.reference;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Gradients by central differences, in double precision. */
public final class FiniteDifferences {
    /**
     * For functions of size one: the error of the formula, about h^2, and that of rounding, about 1e-16 / h, are then
     * below 1e-9.
     */
    private static final double STEP = 1e-5;

    private FiniteDifferences() {}

    /**
     * The gradient of a function at a point.
     *
     * @param point is changed while the function is called, and is afterwards as before
     * @param function reads the point's array
     */
    public static double[] gradient(double[] point, ToDoubleFunction<double[]> function) {
        return IntStream.range(0, point.length)
                .mapToDouble(i -> partial(point, i, function))
                .toArray();
    }

    /** One element of {@link #gradient}. */
    public static double partial(double[] point, int element, ToDoubleFunction<double[]> function) {
        double value = point[element];
        double step = STEP * Math.max(1, Math.abs(value));
        point[element] = value + step;
        double above = function.applyAsDouble(point);
        point[element] = value - step;
        double below = function.applyAsDouble(point);
        point[element] = value;
        return (above - below) / (2 * step);
    }
}
