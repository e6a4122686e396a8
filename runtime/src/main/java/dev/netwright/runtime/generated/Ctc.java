package dev.netwright.runtime.generated;

import java.util.Arrays;

/**
 * Connectionist temporal classification of one sample, over states: a target's labels and the blanks around them. Forward
 * through the steps for the loss, back for the gradient. A row of logarithms has its largest taken off, and what was taken
 * is added up in double, so that long sequences lose nothing to floats. Called by generated code.
 */
public final class Ctc {
    private static final float NEVER = Float.NEGATIVE_INFINITY;

    private Ctc() {}

    /**
     * Connectionist temporal classification of each sample.
     *
     * @param loss receives the losses
     * @param lossBase where sample 0's is
     * @param x log-probabilities, steps by classes
     * @param xBase where sample 0 starts
     * @param target labels, ended by -1 where they are fewer than there is room for
     * @param targetBase where sample 0 starts
     * @param lengths how many steps count
     * @param lengthsBase where sample 0's is
     * @param paths memory: two rows of two floats for each label and two
     * @param pathsBase where sample 0 starts
     * @param steps of a sample
     * @param classes number of classes
     * @param most labels that a target has room for
     * @param blank the class that is no label
     * @param zeroInfinity whether an infinite loss is 0
     * @param mean whether a loss is divided by the number of labels
     * @param lossStride floats from one sample to the next
     * @param xStride likewise
     * @param lengthsStride likewise; 0 if all samples have as many
     * @param pathsStride likewise
     * @param fromSample the first sample
     * @param toSample one past the last sample
     */
    public static void losses(
            float[] loss,
            int lossBase,
            float[] x,
            int xBase,
            int[] target,
            int targetBase,
            float[] lengths,
            int lengthsBase,
            float[] paths,
            int pathsBase,
            int steps,
            int classes,
            int most,
            int blank,
            boolean zeroInfinity,
            boolean mean,
            int lossStride,
            int xStride,
            int lengthsStride,
            int pathsStride,
            int fromSample,
            int toSample) {
        int width = 2 * most + 2;
        for (int s = fromSample; s < toSample; s++) {
            int targetAt = targetBase + s * most;
            int labels = labels(target, targetAt, most);
            double value = forward(
                    x,
                    xBase + s * xStride,
                    target,
                    targetAt,
                    labels,
                    (int) lengths[lengthsBase + s * lengthsStride],
                    paths,
                    pathsBase + s * pathsStride,
                    2,
                    width,
                    classes,
                    blank);
            boolean nothing = zeroInfinity && value == Double.POSITIVE_INFINITY;
            loss[lossBase + s * lossStride] = nothing ? 0 : (float) (value / (mean ? Math.max(1, labels) : 1));
        }
    }

    /**
     * As {@link #losses}, with the gradient by x.
     *
     * @param loss receives the losses
     * @param lossBase where sample 0's is
     * @param x log-probabilities, steps by classes
     * @param xBase where sample 0 starts
     * @param target labels, ended by -1 where they are fewer than there is room for
     * @param targetBase where sample 0 starts
     * @param lengths how many steps count
     * @param lengthsBase where sample 0's is
     * @param paths memory: a row for each step and two, of two floats for each label and two
     * @param pathsBase where sample 0 starts
     * @param factors what the gradient is multiplied by
     * @param factorsBase where it is
     * @param gradient receives the gradient
     * @param gradientBase where sample 0 starts
     * @param steps of a sample
     * @param classes number of classes
     * @param most labels that a target has room for
     * @param blank the class that is no label
     * @param zeroInfinity whether an infinite loss is 0
     * @param mean whether a loss is divided by the number of labels
     * @param lossStride floats from one sample to the next
     * @param xStride likewise
     * @param lengthsStride likewise; 0 if all samples have as many
     * @param pathsStride likewise
     * @param gradientStride likewise
     * @param fromSample the first sample
     * @param toSample one past the last sample
     */
    public static void lossesWithGradient(
            float[] loss,
            int lossBase,
            float[] x,
            int xBase,
            int[] target,
            int targetBase,
            float[] lengths,
            int lengthsBase,
            float[] paths,
            int pathsBase,
            float[] factors,
            int factorsBase,
            float[] gradient,
            int gradientBase,
            int steps,
            int classes,
            int most,
            int blank,
            boolean zeroInfinity,
            boolean mean,
            int lossStride,
            int xStride,
            int lengthsStride,
            int pathsStride,
            int gradientStride,
            int fromSample,
            int toSample) {
        int width = 2 * most + 2;
        for (int s = fromSample; s < toSample; s++) {
            int xAt = xBase + s * xStride;
            int targetAt = targetBase + s * most;
            int pathsAt = pathsBase + s * pathsStride;
            int gradientAt = gradientBase + s * gradientStride;
            int labels = labels(target, targetAt, most);
            int length = (int) lengths[lengthsBase + s * lengthsStride];
            double value =
                    forward(x, xAt, target, targetAt, labels, length, paths, pathsAt, steps, width, classes, blank);
            int divisor = mean ? Math.max(1, labels) : 1;
            boolean infinite = value == Double.POSITIVE_INFINITY;
            loss[lossBase + s * lossStride] = infinite && zeroInfinity ? 0 : (float) (value / divisor);
            // of an infinite loss there is no gradient
            Arrays.fill(gradient, gradientAt, gradientAt + steps * classes, infinite && !zeroInfinity ? Float.NaN : 0f);
            if (!infinite) {
                backward(
                        x,
                        xAt,
                        target,
                        targetAt,
                        labels,
                        length,
                        paths,
                        pathsAt,
                        pathsAt + steps * width,
                        width,
                        classes,
                        blank,
                        value,
                        (double) factors[factorsBase] / divisor,
                        gradient,
                        gradientAt);
            }
        }
    }

    /** How many labels a target has. */
    private static int labels(int[] target, int at, int most) {
        int labels = 0;
        while (labels < most && target[at + labels] != -1) {
            labels++;
        }
        return labels;
    }

    /** What a state is: a blank first and last, and between each two labels. */
    private static int classOf(int state, int[] target, int targetAt, int blank) {
        return (state & 1) == 0 ? blank : target[targetAt + (state >> 1)];
    }

    /** Whether a way may go from a label to the next without a blank between: not if they are equal. */
    private static boolean skips(int state, int[] target, int targetAt) {
        return (state & 1) == 1 && state > 1 && target[targetAt + (state >> 1)] != target[targetAt + (state >> 1) - 1];
    }

    private static double logSum(float a, float b, float c) {
        double largest = Math.max(a, Math.max(b, c));
        return largest == NEVER
                ? NEVER
                : largest
                        + StrictMath.log(StrictMath.exp(a - largest)
                                + StrictMath.exp(b - largest)
                                + StrictMath.exp(c - largest));
    }

    /** Takes the largest of a row off it, and leaves that at the row's end. */
    private static float normalize(float[] paths, int row, int states, int width) {
        float largest = NEVER;
        for (int s = 0; s < states; s++) {
            largest = Math.max(largest, paths[row + s]);
        }
        float taken = largest == NEVER ? 0 : largest;
        for (int s = 0; s < states; s++) {
            paths[row + s] -= taken;
        }
        paths[row + width - 1] = taken;
        return taken;
    }

    /**
     * Fills the probabilities of the ways from the first step to each.
     *
     * @param rows how many rows are kept: all steps', or the last two
     * @return the negative logarithm of the probability of all ways
     */
    private static double forward(
            float[] x,
            int xAt,
            int[] target,
            int targetAt,
            int labels,
            int length,
            float[] paths,
            int pathsAt,
            int rows,
            int width,
            int classes,
            int blank) {
        int states = 2 * labels + 1;
        double taken = 0;
        int row = pathsAt;
        for (int t = 0; t < length; t++) {
            int before = row;
            row = pathsAt + t % rows * width;
            for (int s = 0; s < states; s++) {
                double ways = s < 2 ? 0 : NEVER;
                if (t > 0) {
                    ways = logSum(
                            paths[before + s],
                            s > 0 ? paths[before + s - 1] : NEVER,
                            skips(s, target, targetAt) ? paths[before + s - 2] : NEVER);
                }
                paths[row + s] = (float) (ways + x[xAt + t * classes + classOf(s, target, targetAt, blank)]);
            }
            taken += normalize(paths, row, states, width);
        }
        float beforeLast = states > 1 ? paths[row + states - 2] : NEVER;
        return -(taken + logSum(paths[row + states - 1], beforeLast, NEVER));
    }

    /**
     * Goes back from the last step and computes the gradient: each step's probabilities minus those of being there on a
     * way.
     *
     * @param loss what {@link #forward} gave, with a row for each step
     * @param backAt where two more rows are
     * @param factor what the gradient is multiplied by
     */
    private static void backward(
            float[] x,
            int xAt,
            int[] target,
            int targetAt,
            int labels,
            int length,
            float[] paths,
            int pathsAt,
            int backAt,
            int width,
            int classes,
            int blank,
            double loss,
            double factor,
            float[] gradient,
            int gradientAt) {
        int states = 2 * labels + 1;
        double taken = 0;
        for (int t = 0; t < length; t++) {
            taken += paths[pathsAt + t * width + width - 1];
        }
        int row = backAt;
        for (int t = length - 1; t >= 0; t--) {
            int after = row;
            row = backAt + (t & 1) * width;
            int scores = xAt + t * classes;
            for (int s = states - 1; s >= 0; s--) {
                double ways = s >= states - 2 ? 0 : NEVER;
                if (t < length - 1) {
                    ways = logSum(
                            paths[after + s],
                            s + 1 < states ? paths[after + s + 1] : NEVER,
                            s + 2 < states && skips(s + 2, target, targetAt) ? paths[after + s + 2] : NEVER);
                }
                paths[row + s] = (float) (ways + x[scores + classOf(s, target, targetAt, blank)]);
            }
            taken += normalize(paths, row, states, width);

            int forward = pathsAt + t * width;
            float largest = NEVER;
            for (int s = 0; s < states; s++) {
                largest = Math.max(largest, paths[forward + s] + paths[row + s]);
            }
            int to = gradientAt + t * classes;
            Arrays.fill(gradient, to, to + classes, 0f);
            for (int s = 0; s < states && largest != NEVER; s++) {
                gradient[to + classOf(s, target, targetAt, blank)] +=
                        (float) StrictMath.exp(paths[forward + s] + paths[row + s] - largest);
            }
            double all = largest + taken + loss;
            for (int c = 0; c < classes; c++) {
                float share = gradient[to + c];
                double way = share == 0 ? 0 : share * StrictMath.exp(all - x[scores + c]);
                gradient[to + c] = (float) ((StrictMath.exp(x[scores + c]) - way) * factor);
            }
            taken -= paths[forward + width - 1];
        }
    }
}
