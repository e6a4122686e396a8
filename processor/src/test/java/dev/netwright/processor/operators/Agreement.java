package dev.netwright.processor.operators;

import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.layer.RowReader;
import dev.netwright.processor.reference.ReferenceRows;
import java.util.Arrays;
import java.util.Map;

/**
 * Compares what generated code computed with the reference. The allowed error is a multiple of eps * sqrt(K) of the
 * tensor's largest element (or of the gradient
 * that comes from above, if that is larger: terms of its size may cancel): K is the length of the network's longest
 * sum, and rounding errors of a sum grow about as a random walk.
 */
final class Agreement {
    /** Half the distance of 1 from the next float. */
    private static final double EPS = 0x1p-24;
    /** Of a network of one operator, whose formulas have several steps. */
    static final double ONE_OPERATOR = 16;
    /** Of a network of several layers. */
    static final double NETWORK = 64;

    /** The error of central differences is about h^2, that of their rounding 1e-16 / h. */
    private static final double[] STEPS = {1e-5, 1e-6, 1e-7};

    /** Elements of each gradient that are checked one by one; all others are checked in sums with random signs. */
    private static final int ELEMENTS = 24;

    private static final int DIRECTIONS = 2;

    private final Network network;
    private final Numbers numbers;
    private final Outcome outcome;
    private final Expected expected;
    private final double tolerance;
    private final double floor;
    /** What gradients are taken of, at the point itself. */
    private double here;

    private int kinks;
    private int checks;

    private Agreement(Network network, Numbers numbers, Outcome outcome, double multiple) {
        this.network = network;
        this.numbers = numbers;
        this.outcome = outcome;
        this.expected = new Expected(network, numbers, outcome.masks());
        this.tolerance = multiple * EPS * Math.sqrt(Expected.longestSum(network, numbers.samples()));
        this.floor = multiple > ONE_OPERATOR ? Math.max(expected.upstream(), largestGradient()) : expected.upstream();
    }

    /** In a network larger gradients than a tensor's own cancel: that of a bias before batch normalisation is 0. */
    private double largestGradient() {
        return outcome.values().entrySet().stream()
                .filter(entry -> entry.getKey().contains(Outcome.GRADIENT))
                .mapToDouble(entry -> largest(entry.getValue()))
                .max()
                .orElse(0);
    }

    /** Fails unless all values are within so many eps * sqrt(K). */
    static void checkValues(Network network, Numbers numbers, Outcome outcome, double multiple) {
        new Agreement(network, numbers, outcome, multiple).values();
    }

    /** Fails unless all gradients are. */
    static void checkGradients(Network network, Numbers numbers, Outcome outcome, double multiple, Dice dice) {
        new Agreement(network, numbers, outcome, multiple).gradients(dice);
    }

    private void values() {
        expected.values().forEach((name, wanted) -> {
            float[] actual = outcome.values().get(name);
            if (actual == null || actual.length != wanted.length) {
                throw new AssertionError(
                        name + " has " + (actual == null ? "no" : actual.length) + " elements, not " + wanted.length);
            }
            double allowed = tolerance * Math.max(1, largest(wanted));
            for (int i = 0; i < wanted.length; i++) {
                check(name + "[" + i + "]", actual[i], wanted[i], allowed);
            }
        });
    }

    private void gradients(Dice dice) {
        here = expected.functional();
        for (Map.Entry<String, double[]> input : numbers.inputs().entrySet()) {
            if (network.inputGradient()) {
                gradient(Outcome.INPUT_GRADIENT + input.getKey(), input.getValue(), dice);
            }
        }
        for (String key : expected.parameterKeys()) {
            gradient(Outcome.GRADIENT + key, numbers.state().get(key), dice);
        }
        if (kinks * 5 > checks) {
            throw new AssertionError("Of " + checks + " derivatives " + kinks + " are at kinks; draw other numbers.");
        }
    }

    private void gradient(String name, double[] point, Dice dice) {
        float[] given = outcome.values().get(name);
        if (given == null || given.length != point.length) {
            throw new AssertionError(
                    name + " has " + (given == null ? "no" : given.length) + " elements, not " + point.length);
        }
        double[] actual = derivatives(name, given);
        double scale = Math.max(largest(actual), floor);
        for (int k = 0; k < Math.min(point.length, ELEMENTS); k++) {
            int i = point.length <= ELEMENTS ? k : dice.from(0, point.length - 1);
            double[] direction = new double[point.length];
            direction[i] = 1;
            along(name + "[" + i + "]", point, direction, actual[i], tolerance * scale);
        }
        for (int k = 0; k < DIRECTIONS && point.length > ELEMENTS; k++) {
            double[] direction = new double[point.length];
            double sum = 0;
            for (int i = 0; i < point.length; i++) {
                direction[i] = dice.flip() ? 1 : -1;
                sum += direction[i] * actual[i];
            }
            along(name + " summed with signs", point, direction, sum, tolerance * scale * Math.sqrt(point.length));
        }
    }

    /** What layers that divide gradients of their rows would have without. */
    private double[] derivatives(String name, float[] given) {
        double[] gradient = new double[given.length];
        Arrays.setAll(gradient, i -> given[i]);
        return network.layers().stream()
                .filter(node -> node.layer() instanceof RowReader)
                .filter(node ->
                        name.equals(Outcome.GRADIENT + node.parameters().get(0).key()))
                .map(node -> ReferenceRows.derivatives(
                        node.layer(), numbers.inputs().get(node.inputs().get(0).name()), gradient))
                .findFirst()
                .orElse(gradient);
    }

    /**
     * The derivative along a direction, by central differences. A kink beside the point disturbs them until the step is
     * too small to reach it; where those to both
     * sides differ even then, it is at the point, and there is no derivative.
     */
    private void along(String name, double[] point, double[] direction, double actual, double allowed) {
        checks++;
        double central = Double.NaN;
        for (double step : STEPS) {
            double right = (moved(point, direction, step) - here) / step;
            double left = (here - moved(point, direction, -step)) / step;
            central = (right + left) / 2;
            if (Math.abs(actual - central) <= allowed) {
                return;
            }
            if (step == STEPS[STEPS.length - 1] && Math.abs(right - left) > allowed) {
                kinks++;
                return;
            }
        }
        check(name, actual, central, allowed);
    }

    private double moved(double[] point, double[] direction, double step) {
        double[] before = point.clone();
        for (int i = 0; i < point.length; i++) {
            point[i] += step * direction[i];
        }
        double value = expected.functional();
        System.arraycopy(before, 0, point, 0, point.length);
        return value;
    }

    private void check(String name, double actual, double wanted, double allowed) {
        if (!(Math.abs(actual - wanted) <= allowed)) {
            throw new AssertionError(name + " of " + network.name() + " is " + actual + ", the reference has " + wanted
                    + "; the error " + Math.abs(actual - wanted) + " is above " + allowed);
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
