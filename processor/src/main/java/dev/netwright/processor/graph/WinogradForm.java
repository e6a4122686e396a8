package dev.netwright.processor.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Winograd's algorithm for convolutions, F(outputs x outputs, taps x taps): a tile of inputs and the weights are
 * transformed, multiplied point by point, and transformed back, {@code y = A' ((G w G') * (B' x B)) A}.
 *
 * @param outputs rows and columns of the results that a tile gives
 * @param taps rows and columns of the weights
 */
public record WinogradForm(int outputs, int taps) {
    /** The three transforms of a form. */
    public enum Matrix {
        INPUT,
        WEIGHTS,
        OUTPUT
    }

    /** Rows and columns of a tile of inputs, and of the points it is transformed to. */
    public int size() {
        return outputs + taps - 1;
    }

    /** Products for each pair of an input and an output channel. */
    public int points() {
        return size() * size();
    }

    /** By what the products of a direct sum are divided. */
    public double saving() {
        int direct = outputs * outputs * taps * taps;
        return (double) direct / points();
    }

    /** Largest error, as a part of the largest output, that random numbers may have; a test measures it. */
    public double error() {
        return switch (size()) {
            case 4 -> 1e-6;
            case 6 -> 5e-6;
            default -> 1e-5;
        };
    }

    /**
     * The points at which polynomials are evaluated, besides infinity. The largest error over the largest output of
     * F(4x4,3x3) with 256 channels of random numbers is 1.3e-5 with 0, 1, -1, 2, -2 and 2.7e-6 with these, which are
     * exact floats as well; direct sums of as many products have 1e-6 to 3e-6.
     */
    private List<Double> finitePoints() {
        List<Double> pairs = switch (size()) {
            case 4 -> List.of(1.0);
            case 6 -> List.of(0.625, 1.5);
            case 8 -> List.of(0.5, 1.0, 1.75);
            default -> throw new IllegalArgumentException("no points for " + this);
        };
        List<Double> points = new ArrayList<>(List.of(0.0));
        pairs.forEach(point -> points.addAll(List.of(point, -point)));
        return points;
    }

    /** A transform, by rows; the last point is infinity. */
    public double[][] matrix(Matrix matrix) {
        List<Double> points = finitePoints();
        int last = size() - 1;
        double[][] result = new double[matrix == Matrix.OUTPUT ? outputs : size()][];
        for (int i = 0; i < result.length; i++) {
            result[i] = new double[matrix == Matrix.WEIGHTS ? taps : size()];
        }
        for (int i = 0; i < last; i++) {
            List<Double> others = new ArrayList<>(points);
            double point = others.remove(i);
            switch (matrix) {
                case INPUT -> result[i] = polynomial(others);
                case WEIGHTS -> {
                    double scale = others.stream().reduce(1.0, (product, other) -> product * (point - other));
                    for (int e = 0; e < taps; e++) {
                        result[i][e] = Math.pow(point, e) / scale;
                    }
                }
                case OUTPUT -> {
                    for (int e = 0; e < outputs; e++) {
                        result[e][i] = Math.pow(point, e);
                    }
                }
            }
        }
        switch (matrix) {
            case INPUT -> result[last] = polynomial(points);
            case WEIGHTS -> result[last][taps - 1] = 1;
            case OUTPUT -> result[outputs - 1][last] = 1;
        }
        return result;
    }

    /** The coefficients, from the constant on, of the polynomial with these roots. */
    private double[] polynomial(List<Double> roots) {
        double[] coefficients = new double[size()];
        coefficients[0] = 1;
        int degree = 0;
        for (double root : roots) {
            for (int e = ++degree; e > 0; e--) {
                coefficients[e] = coefficients[e - 1] - root * coefficients[e];
            }
            coefficients[0] *= -root;
        }
        return coefficients;
    }

    @Override
    public String toString() {
        return "F(" + outputs + "x" + outputs + "," + taps + "x" + taps + ")";
    }
}
