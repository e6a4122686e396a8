package dev.netwright.runtime.optim;

/**
 * A line search for a step that fulfils the strong Wolfe conditions, with PyTorch's constants: the loss falls by 1e-4
 * of what the slope promises, and the slope to 0.9 of what it was. First the step grows until such a point lies inside
 * a bracket, then the bracket shrinks, both by cubic interpolation.
 */
final class StrongWolfe {
    private static final double DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int MOST_EVALUATIONS = 25;

    /** The loss and gradient at a step along the direction. */
    interface Line {
        /**
         * Evaluates.
         *
         * @param step along the direction
         * @param gradient receives the gradient
         * @return the loss
         */
        double evaluate(double step, float[] gradient);

        /** The slope along the direction. */
        double slope(float[] gradient);
    }

    /** Of the bracket: step, loss, slope and gradient at both ends. */
    private final double[] steps = new double[2];

    private final double[] losses = new double[2];
    private final double[] slopes = new double[2];
    private float[] low;
    private float[] high;
    private float[] trial;

    private int evaluations;
    private double step;
    private double loss;

    StrongWolfe(int length) {
        low = new float[length];
        high = new float[length];
        trial = new float[length];
    }

    int evaluations() {
        return evaluations;
    }

    double step() {
        return step;
    }

    double loss() {
        return loss;
    }

    /** The gradient at the point found. */
    float[] gradient() {
        return low;
    }

    /** Searches from a point with this loss, gradient and negative slope; the gradient is copied. */
    void search(
            Line line, double first, double start, float[] gradient, double slope, double largest, double tolerance) {
        evaluations = 0;
        System.arraycopy(gradient, 0, low, 0, low.length);
        put(0, 0, start, slope);
        if (!bracket(line, first, start, slope)) {
            shrink(line, start, slope, largest, tolerance);
        }
        step = steps[0];
        loss = losses[0];
    }

    /** Ends with the lower end first; true if that is the point. */
    private boolean bracket(Line line, double first, double start, double slope) {
        double now = first;
        for (int round = 0; ; round++) {
            double value = evaluate(line, now);
            double reached = line.slope(trial);
            boolean last = round == MOST_EVALUATIONS;
            boolean rises = value > start + DECREASE * now * slope || round > 1 && value >= losses[0];
            boolean found = !rises && Math.abs(reached) <= -CURVATURE * slope;
            if (last || rises || found || reached >= 0) {
                put(1, now, value, reached);
                swapTrial();
                if (found || losses[1] < losses[0]) {
                    swapEnds();
                }
                return found || last;
            }
            double next = interpolate(
                    steps[0], losses[0], slopes[0], now, value, reached, now + 0.01 * (now - steps[0]), now * 10);
            put(0, now, value, reached);
            float[] free = low;
            low = trial;
            trial = free;
            now = next;
        }
    }

    private void shrink(Line line, double start, double slope, double largest, double tolerance) {
        boolean stalled = false;
        while (evaluations <= MOST_EVALUATIONS && Math.abs(steps[1] - steps[0]) * largest >= tolerance) {
            double least = Math.min(steps[0], steps[1]);
            double most = Math.max(steps[0], steps[1]);
            double now = interpolate(steps[0], losses[0], slopes[0], steps[1], losses[1], slopes[1], least, most);
            double margin = 0.1 * (most - least);
            boolean near = Math.min(most - now, now - least) < margin;
            if (near && (stalled || now >= most || now <= least)) {
                now = Math.abs(now - most) < Math.abs(now - least) ? most - margin : least + margin;
                near = false;
            }
            stalled = near;
            double value = evaluate(line, now);
            double reached = line.slope(trial);
            if (value > start + DECREASE * now * slope || value >= losses[0]) {
                put(1, now, value, reached);
                swapTrial();
                if (losses[1] < losses[0]) {
                    swapEnds();
                }
                continue;
            }
            boolean found = Math.abs(reached) <= -CURVATURE * slope;
            if (!found && reached * (steps[1] - steps[0]) >= 0) {
                put(1, steps[0], losses[0], slopes[0]);
                float[] free = high;
                high = low;
                low = free;
            }
            put(0, now, value, reached);
            float[] free = low;
            low = trial;
            trial = free;
            if (found) {
                return;
            }
        }
    }

    private double evaluate(Line line, double at) {
        evaluations++;
        return line.evaluate(at, trial);
    }

    private void put(int end, double at, double value, double slope) {
        steps[end] = at;
        losses[end] = value;
        slopes[end] = slope;
    }

    private void swapTrial() {
        float[] free = high;
        high = trial;
        trial = free;
    }

    private void swapEnds() {
        double at = steps[0];
        double value = losses[0];
        double slope = slopes[0];
        put(0, steps[1], losses[1], slopes[1]);
        put(1, at, value, slope);
        float[] gradient = low;
        low = high;
        high = gradient;
    }

    /** The lowest point of the cubic through two points with these slopes, within bounds. */
    private static double interpolate(
            double x1, double f1, double g1, double x2, double f2, double g2, double least, double most) {
        double d1 = g1 + g2 - 3 * (f1 - f2) / (x1 - x2);
        double square = d1 * d1 - g1 * g2;
        if (!(square >= 0)) {
            return (least + most) / 2;
        }
        double d2 = Math.sqrt(square);
        double lowest = x1 <= x2
                ? x2 - (x2 - x1) * ((g2 + d2 - d1) / (g2 - g1 + 2 * d2))
                : x1 - (x1 - x2) * ((g1 + d2 - d1) / (g1 - g2 + 2 * d2));
        return Math.min(Math.max(lowest, least), most);
    }
}
