package dev.netwright.processor.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Numbers, each made of others by a function whose slopes are known: the plainest way to a gradient. */
final class ScalarTape {
    private record Made(int[] of, double[] slopes) {}

    private static final Made GIVEN = new Made(new int[0], new double[0]);

    private final Arithmetic arithmetic;
    /** Whether gradients will be asked for. */
    private final boolean recording;

    private int count;
    private final List<Made> made = new ArrayList<>();
    private double[] values = new double[1 << 10];

    ScalarTape(Arithmetic arithmetic, boolean recording) {
        this.arithmetic = arithmetic;
        this.recording = recording;
    }

    double value(int number) {
        return values[number];
    }

    /** @return the numbers of numbers that are given */
    int[] given(double[] given) {
        return Arrays.stream(given).mapToInt(each -> add(each, GIVEN)).toArray();
    }

    /** @return the number of what was made of some others, by the slopes by each */
    int made(double value, int[] of, double... slopes) {
        return add(arithmetic.round(value), new Made(of, slopes));
    }

    /** Of a function whose slope is computed from its value, which is rounded before. */
    private int made(double value, int of, DoubleUnaryOperator slope) {
        double rounded = arithmetic.round(value);
        return add(rounded, new Made(new int[] {of}, new double[] {slope.applyAsDouble(rounded)}));
    }

    private int add(double value, Made how) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count] = value;
        if (recording) {
            made.add(how);
        }
        return count++;
    }

    /** A number and products of others with some of a row, added up. */
    int sum(int first, int[] some, int[] others, int from) {
        int n = some.length;
        double sum = values[first];
        for (int i = 0; i < n; i++) {
            sum += values[some[i]] * values[others[from + i]];
        }
        if (!recording) {
            return add(arithmetic.round(sum), GIVEN);
        }
        int[] of = new int[2 * n + 1];
        double[] slopes = new double[2 * n + 1];
        for (int i = 0; i < n; i++) {
            of[i] = some[i];
            slopes[i] = values[others[from + i]];
            of[n + i] = others[from + i];
            slopes[n + i] = values[some[i]];
        }
        of[2 * n] = first;
        slopes[2 * n] = 1;
        return made(sum, of, slopes);
    }

    int times(int a, int b) {
        return made(values[a] * values[b], new int[] {a, b}, values[b], values[a]);
    }

    int plus(int a, int b) {
        return made(values[a] + values[b], new int[] {a, b}, 1, 1);
    }

    int sigmoid(int a) {
        return made(ReferenceLayers.sigmoid(values[a]), a, y -> y * (1 - y));
    }

    int tanh(int a) {
        return made(Math.tanh(values[a]), a, y -> 1 - y * y);
    }

    /**
     * Gradients by all numbers, and the sums of the absolute values of their terms.
     *
     * @param by the gradients by some numbers
     */
    double[][] gradients(int[] numbers, double[] by) {
        double[] sums = new double[made.size()];
        double[] absolutes = new double[made.size()];
        for (int i = 0; i < numbers.length; i++) {
            sums[numbers[i]] += by[i];
        }
        for (int i = made.size() - 1; i >= 0; i--) {
            Made how = made.get(i);
            double gradient = how == GIVEN ? 0 : arithmetic.round(sums[i]);
            for (int k = 0; k < how.of().length && gradient != 0; k++) {
                sums[how.of()[k]] += gradient * how.slopes()[k];
                absolutes[how.of()[k]] += Math.abs(gradient * how.slopes()[k]);
            }
        }
        return new double[][] {sums, absolutes};
    }
}
