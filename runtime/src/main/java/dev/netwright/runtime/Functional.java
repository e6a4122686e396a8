package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Single operators as plain functions on tensors, after {@code torch.nn.functional}: for trying things out, for
 * post-processing and for tests. Simple loops, sums in double, a new tensor for every result; the first dimension is
 * the batch. Networks do not run on these: their kernels are generated.
 */
public final class Functional {
    private Functional() {}

    /**
     * Convolution with stride 1 and no padding (a cross-correlation, as in PyTorch).
     *
     * @param input (N, C, H, W)
     * @param weight (outputs, C, kernel height, kernel width)
     * @return (N, outputs, output height, output width)
     */
    public static Tensor conv2d(Tensor input, Tensor weight) {
        return conv2d(input, weight, null, 1, 0);
    }

    /**
     * Convolution with the same stride and padding in both directions.
     *
     * @param input (N, C, H, W)
     * @param weight (outputs, C, kernel height, kernel width)
     * @param bias (outputs), or null
     * @param stride at least 1
     * @param padding zeros on every side, 0 or more
     * @return (N, outputs, (H + 2 padding - kernel height) / stride + 1, likewise the width)
     */
    public static Tensor conv2d(Tensor input, Tensor weight, Tensor bias, int stride, int padding) {
        return conv2d(input, weight, bias, stride, padding, 1, 1);
    }

    /**
     * Convolution with dilation and groups.
     *
     * @param input (N, C, H, W)
     * @param weight (outputs, C / groups, kernel height, kernel width)
     * @param bias (outputs), or null
     * @param stride at least 1
     * @param padding zeros on every side, 0 or more
     * @param dilation distance between kernel elements, at least 1
     * @param groups divides C and outputs
     * @return (N, outputs, (H + 2 padding - dilation (kernel height - 1) - 1) / stride + 1, likewise the width)
     */
    public static Tensor conv2d(
            Tensor input, Tensor weight, Tensor bias, int stride, int padding, int dilation, int groups) {
        return FunctionalWindows.convolution(input, weight, bias, stride, padding, dilation, groups);
    }

    /**
     * The largest value of each square window, which moves by its own size.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window
     * @return (N, C, H / kernel, W / kernel), rounded down
     */
    public static Tensor maxPool2d(Tensor input, int kernel) {
        return maxPool2d(input, kernel, kernel, 0);
    }

    /**
     * The largest value of each square window; NaN if it contains one.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window
     * @param stride at least 1
     * @param padding at most half the kernel; never the largest
     * @return (N, C, (H + 2 padding - kernel) / stride + 1, likewise the width)
     */
    public static Tensor maxPool2d(Tensor input, int kernel, int stride, int padding) {
        return FunctionalWindows.pool(input, kernel, stride, padding, true);
    }

    /**
     * The mean of each square window, which moves by its own size.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window
     * @return (N, C, H / kernel, W / kernel), rounded down
     */
    public static Tensor avgPool2d(Tensor input, int kernel) {
        return avgPool2d(input, kernel, kernel, 0);
    }

    /**
     * The mean of each square window, zeros of the padding included.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window
     * @param stride at least 1
     * @param padding at most half the kernel
     * @return (N, C, (H + 2 padding - kernel) / stride + 1, likewise the width)
     */
    public static Tensor avgPool2d(Tensor input, int kernel, int stride, int padding) {
        return FunctionalWindows.pool(input, kernel, stride, padding, false);
    }

    /**
     * Fractional max pooling: the largest value of each window, NaN if it contains one. Along a dimension, with a sample u and
     * {@code a = (in - kernel) / (out - 1)}, window i begins at {@code floor((i + u) * a) - floor(u * a)}; the last ends where
     * the input does.
     *
     * @param input (N, C, H, W)
     * @param kernel edge of the window, or height and width
     * @param outputSize edge of the output, or height and width; at most in - kernel + 1
     * @param samples (N, C, 2), from 0 to 1, that excluded: what PyTorch draws, for the width and then for the height
     * @return (N, C, height, width)
     * @throws IllegalArgumentException if shapes do not go together, or a sample is below 0 or not below 1
     */
    public static Tensor fractionalMaxPool2d(Tensor input, int[] kernel, int[] outputSize, Tensor samples) {
        return FunctionalWindows.fractional("fractionalMaxPool2d", input, kernel, outputSize, samples, 2);
    }

    /**
     * As {@link #fractionalMaxPool2d}, of volumes.
     *
     * @param input (N, C, D, H, W)
     * @param kernel edge of the window, or depth, height and width
     * @param outputSize edge of the output, or depth, height and width; at most in - kernel + 1
     * @param samples (N, C, 3), from 0 to 1, that excluded: what PyTorch draws, for the depth, the height and the width
     * @return (N, C, depth, height, width)
     * @throws IllegalArgumentException if shapes do not go together, or a sample is below 0 or not below 1
     */
    public static Tensor fractionalMaxPool3d(Tensor input, int[] kernel, int[] outputSize, Tensor samples) {
        return FunctionalWindows.fractional("fractionalMaxPool3d", input, kernel, outputSize, samples, 3);
    }

    /**
     * input * weight^T + bias over the last dimension.
     *
     * @param input (N, ..., in)
     * @param weight (out, in)
     * @param bias (out), or null
     * @return (N, ..., out)
     */
    public static Tensor linear(Tensor input, Tensor weight, Tensor bias) {
        int[] shape = input.shape();
        int[] matrix = weight.dimensions();
        check(matrix.length == 2, "linear needs a weight (out, in), not " + Shapes.text(matrix));
        check(
                shape.length > 0 && shape[shape.length - 1] == matrix[1],
                "linear: the weight " + Shapes.text(matrix) + " needs " + matrix[1] + " inputs, but the input is "
                        + Shapes.text(shape));
        checkBias(bias, matrix[0]);
        int in = matrix[1];
        int out = matrix[0];
        int rows = product(shape, 0, shape.length - 1);
        float[] x = input.floats();
        float[] w = weight.floats();
        float[] y = new float[Math.multiplyExact(rows, out)];
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < out; o++) {
                double sum = bias == null ? 0 : bias.floats()[o];
                for (int i = 0; i < in; i++) {
                    sum += (double) x[row * in + i] * w[o * in + i];
                }
                y[row * out + o] = (float) sum;
            }
        }
        shape[shape.length - 1] = out;
        return Tensor.wrap(y, shape);
    }

    /**
     * max(x, 0) of every element; NaN stays NaN.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor relu(Tensor input) {
        return map(input, x -> Math.max(x, 0));
    }

    /**
     * 1 / (1 + exp(-x)) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor sigmoid(Tensor input) {
        return map(input, x -> 1 / (1 + Math.exp(-x)));
    }

    /**
     * The hyperbolic tangent of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor tanh(Tensor input) {
        return map(input, Math::tanh);
    }

    /**
     * x above 0, else alpha * (exp(x / alpha) - 1), of every element.
     *
     * @param input any shape
     * @param alpha what it approaches, negated; not 0
     * @return the same shape
     */
    public static Tensor celu(Tensor input, double alpha) {
        return map(input, x -> x > 0 ? x : alpha * Math.expm1(x / alpha));
    }

    /**
     * x above 0, else alpha * (exp(x) - 1), of every element.
     *
     * @param input any shape
     * @param alpha what it approaches, negated
     * @return the same shape
     */
    public static Tensor elu(Tensor input, double alpha) {
        return map(input, x -> x > 0 ? x : alpha * Math.expm1(x));
    }

    /**
     * 0 from -lambd to lambd, else x, of every element.
     *
     * @param input any shape
     * @param lambd the bound
     * @return the same shape
     */
    public static Tensor hardshrink(Tensor input, double lambd) {
        return map(input, x -> Math.abs(x) <= lambd ? 0 : x);
    }

    /**
     * min(max(x, minVal), maxVal) of every element.
     *
     * @param input any shape
     * @param minVal the lower bound
     * @param maxVal the upper bound
     * @return the same shape
     */
    public static Tensor hardtanh(Tensor input, double minVal, double maxVal) {
        return map(input, x -> Math.min(Math.max(x, minVal), maxVal));
    }

    /**
     * The logarithm of {@link #sigmoid}, computed without underflow.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor logSigmoid(Tensor input) {
        return map(input, x -> -log1pExp(-x));
    }

    /**
     * x * tanh(log(1 + exp(x))) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor mish(Tensor input) {
        return map(input, x -> x * Math.tanh(log1pExp(x)));
    }

    /**
     * The ELU of alpha 1.67326324, times 1.05070099, of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor selu(Tensor input) {
        return map(
                input,
                x -> 1.0507009873554804934193349852946
                        * (x > 0 ? x : 1.6732632423543772848170429916717 * Math.expm1(x)));
    }

    /**
     * log(1 + exp(beta * x)) / beta, and x where beta * x is above the threshold, of every element.
     *
     * @param input any shape
     * @param beta how sharply it bends; not 0
     * @param threshold PyTorch has 20
     * @return the same shape
     */
    public static Tensor softplus(Tensor input, double beta, double threshold) {
        return map(input, x -> beta * x > threshold ? x : log1pExp(beta * x) / beta);
    }

    /**
     * x nearer to 0 by lambd, and 0 from -lambd to lambd, of every element.
     *
     * @param input any shape
     * @param lambd 0 or more
     * @return the same shape
     */
    public static Tensor softshrink(Tensor input, double lambd) {
        return map(input, x -> Math.abs(x) <= lambd ? 0 : x - Math.signum(x) * lambd);
    }

    /**
     * x / (1 + |x|) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor softsign(Tensor input) {
        return map(input, x -> x / (1 + Math.abs(x)));
    }

    /**
     * x - tanh(x) of every element.
     *
     * @param input any shape
     * @return the same shape
     */
    public static Tensor tanhshrink(Tensor input) {
        return map(input, x -> x - Math.tanh(x));
    }

    /**
     * x above a threshold, else a value, of every element.
     *
     * @param input any shape
     * @param threshold above it elements stay as they are
     * @param value what the others become
     * @return the same shape
     */
    public static Tensor threshold(Tensor input, double threshold, double value) {
        return map(input, x -> x <= threshold ? value : x);
    }

    private static double log1pExp(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /**
     * The first half of a dimension times the {@link #sigmoid} of the second.
     *
     * @param input any shape with an even size of that dimension
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @return half of that dimension
     */
    public static Tensor glu(Tensor input, int dim) {
        int[] shape = input.shape();
        int axis = axis(dim, shape);
        check(shape[axis] % 2 == 0, "Dimension " + dim + " of " + Shapes.text(shape) + " has no even size");
        shape[axis] /= 2;
        int half = product(shape, axis, shape.length);
        float[] x = input.toArray();
        float[] y = new float[x.length / 2];
        for (int i = 0; i < y.length; i++) {
            int value = i / half * half + i;
            y[i] = (float) (x[value] / (1 + Math.exp(-x[value + half])));
        }
        return Tensor.wrap(y, shape);
    }

    /**
     * {@link #softmax} of the negated elements.
     *
     * @param input any shape
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @return the same shape
     */
    public static Tensor softmin(Tensor input, int dim) {
        return softmax(map(input, x -> -x), dim);
    }

    private static Tensor map(Tensor input, DoubleUnaryOperator function) {
        float[] x = input.toArray();
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) function.applyAsDouble(x[i]);
        }
        return Tensor.wrap(x, input.shape());
    }

    /**
     * exp(x) divided by its sum along one dimension.
     *
     * @param input any shape
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @return the same shape
     */
    public static Tensor softmax(Tensor input, int dim) {
        return normalized(input, dim, false);
    }

    /**
     * The logarithm of {@link #softmax}, computed without underflow.
     *
     * @param input any shape
     * @param dim the dimension; the batch is 0, negative ones count from the end
     * @return the same shape
     */
    public static Tensor logSoftmax(Tensor input, int dim) {
        return normalized(input, dim, true);
    }

    private static Tensor normalized(Tensor input, int dim, boolean logarithm) {
        int[] shape = input.shape();
        int axis = axis(dim, shape);
        int extent = shape[axis];
        int stride = product(shape, axis + 1, shape.length);
        float[] x = input.toArray();
        for (int start = 0; start < x.length; start++) {
            if (start / stride % extent != 0) {
                continue;
            }
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < extent; k++) {
                largest = Math.max(largest, x[start + k * stride]);
            }
            double sum = 0;
            for (int k = 0; k < extent; k++) {
                sum += Math.exp(x[start + k * stride] - largest);
            }
            for (int k = 0; k < extent; k++) {
                double shifted = x[start + k * stride] - largest;
                x[start + k * stride] = (float) (logarithm ? shifted - Math.log(sum) : Math.exp(shifted) / sum);
            }
        }
        return Tensor.wrap(x, shape);
    }

    private static int axis(int dim, int[] shape) {
        check(
                dim >= -shape.length && dim < shape.length,
                "Dimension " + dim + " does not exist in " + Shapes.text(shape));
        return dim < 0 ? dim + shape.length : dim;
    }

    /**
     * All dimensions but the batch as one.
     *
     * @param input (N, ...)
     * @return (N, the product of the rest)
     */
    public static Tensor flatten(Tensor input) {
        int[] shape = input.dimensions();
        check(shape.length > 0, "flatten needs a batch dimension, but the input is a scalar");
        return Tensor.wrap(input.toArray(), shape[0], product(shape, 1, shape.length));
    }

    /**
     * The mean over the batch of the negative log-probability of the right class.
     *
     * @param logits (N, classes), before any softmax
     * @param labels N classes, 0 to classes - 1
     * @return the loss
     */
    public static float crossEntropy(Tensor logits, int[] labels) {
        int[] shape = logits.dimensions();
        check(
                shape.length == 2 && shape[0] == labels.length && labels.length > 0,
                "crossEntropy needs logits (N, classes) and N labels, but has " + Shapes.text(shape) + " and "
                        + labels.length);
        float[] logProbabilities = logSoftmax(logits, 1).floats();
        double sum = 0;
        for (int n = 0; n < labels.length; n++) {
            check(
                    labels[n] >= 0 && labels[n] < shape[1],
                    "Label " + labels[n] + " of sample " + n + " is not one of the " + shape[1] + " classes");
            sum -= logProbabilities[n * shape[1] + labels[n]];
        }
        return (float) (sum / labels.length);
    }

    /**
     * The mean of squared differences.
     *
     * @param input any shape
     * @param target the same shape
     * @return the loss
     */
    public static float mseLoss(Tensor input, Tensor target) {
        return meanDifference("mseLoss", input, target, difference -> difference * difference);
    }

    /**
     * The mean of absolute differences.
     *
     * @param input any shape
     * @param target the same shape
     * @return the loss
     */
    public static float l1Loss(Tensor input, Tensor target) {
        return meanDifference("l1Loss", input, target, Math::abs);
    }

    /**
     * The negative log-probability of the right class.
     *
     * @param logProbabilities (N, classes)
     * @param labels N classes
     * @return the mean loss
     */
    public static float nllLoss(Tensor logProbabilities, int[] labels) {
        return FunctionalLosses.negativeLikelihood(logProbabilities, labels);
    }

    /**
     * Binary cross entropy of probabilities, whose logarithms are at least -100.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float binaryCrossEntropy(Tensor input, Tensor target) {
        return FunctionalLosses.elements(
                "binaryCrossEntropy",
                input,
                target,
                (p, y) -> -y * FunctionalLosses.bounded(p) - (1 - y) * FunctionalLosses.bounded(1 - p));
    }

    /**
     * Binary cross entropy of scores, before any sigmoid.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
        return FunctionalLosses.elements("binaryCrossEntropyWithLogits", input, target, FunctionalLosses::ofScore);
    }

    /**
     * The divergence of log-probabilities from probabilities, divided by the number of elements.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float klDiv(Tensor input, Tensor target) {
        return FunctionalLosses.elements("klDiv", input, target, (x, y) -> y > 0 ? y * (Math.log(y) - x) : 0);
    }

    /**
     * The negative log-likelihood of counts, up to a constant, by the logarithms of their rates.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float poissonNllLoss(Tensor input, Tensor target) {
        return FunctionalLosses.elements("poissonNllLoss", input, target, (x, y) -> Math.exp(x) - y * x);
    }

    /**
     * The negative log-likelihood of numbers, up to a constant, by means and variances of at least 1e-6.
     *
     * @param input any shape
     * @param target the same shape
     * @param variance the same shape
     * @return the mean loss
     */
    public static float gaussianNllLoss(Tensor input, Tensor target, Tensor variance) {
        return FunctionalLosses.gaussian(input, target, variance);
    }

    /**
     * Squares of small differences, and sizes of large ones.
     *
     * @param input any shape
     * @param target the same shape
     * @param delta where these meet, above 0
     * @return the mean loss
     */
    public static float huberLoss(Tensor input, Tensor target, double delta) {
        return FunctionalLosses.elements(
                "huberLoss", input, target, (x, y) -> delta * FunctionalLosses.smooth(x - y, delta));
    }

    /**
     * Sizes of differences, and below some size squares.
     *
     * @param input any shape
     * @param target the same shape
     * @param beta where these meet, at least 0
     * @return the mean loss
     */
    public static float smoothL1Loss(Tensor input, Tensor target, double beta) {
        return FunctionalLosses.elements("smoothL1Loss", input, target, (x, y) -> FunctionalLosses.smooth(x - y, beta));
    }

    /**
     * Logistic losses of scores.
     *
     * @param input any shape
     * @param target 1 or -1, the same shape
     * @return the mean loss
     */
    public static float softMarginLoss(Tensor input, Tensor target) {
        return FunctionalLosses.elements("softMarginLoss", input, target, (x, y) -> FunctionalLosses.softplus(-y * x));
    }

    /**
     * Distances of what belongs together, and what those of others lack to a margin.
     *
     * @param input any shape
     * @param target 1 or -1, the same shape
     * @param margin of what does not belong together
     * @return the mean loss
     */
    public static float hingeEmbeddingLoss(Tensor input, Tensor target, double margin) {
        return FunctionalLosses.elements(
                "hingeEmbeddingLoss", input, target, (x, y) -> y > 0 ? x : Math.max(0, margin - x));
    }

    /**
     * By how much one of two fails to be above the other by a margin.
     *
     * @param first any shape
     * @param second the same shape
     * @param target 1 where the first, -1 where the second is to be above
     * @param margin the margin
     * @return the mean loss
     */
    public static float marginRankingLoss(Tensor first, Tensor second, Tensor target, double margin) {
        return FunctionalLosses.ranking(first, second, target, margin);
    }

    /**
     * By how much other classes fail to be 1 below the right one.
     *
     * @param scores (N, classes)
     * @param labels N classes
     * @return the mean loss
     */
    public static float multiMarginLoss(Tensor scores, int[] labels) {
        return FunctionalLosses.multiMargin(scores, labels);
    }

    /**
     * By how much other classes fail to be 1 below each label.
     *
     * @param scores (N, classes)
     * @param labels as many; -1 ends those of a sample
     * @return the mean loss
     */
    public static float multilabelMarginLoss(Tensor scores, int[] labels) {
        return FunctionalLosses.multilabelMargin(scores, labels);
    }

    /**
     * Binary cross entropy of the scores of classes.
     *
     * @param input any shape
     * @param target the same shape
     * @return the mean loss
     */
    public static float multilabelSoftMarginLoss(Tensor input, Tensor target) {
        return FunctionalLosses.elements("multilabelSoftMarginLoss", input, target, FunctionalLosses::ofScore);
    }

    /**
     * What cosines lack to 1 where the target is 1, and are above a margin where it is -1.
     *
     * @param first vectors of the last dimension
     * @param second the same shape
     * @param target 1 or -1 for each pair
     * @param margin from -1 to 1
     * @return the mean loss
     */
    public static float cosineEmbeddingLoss(Tensor first, Tensor second, Tensor target, double margin) {
        return FunctionalLosses.cosine(first, second, target, margin);
    }

    /**
     * By how much an anchor fails to be nearer to the positive than to the negative by a margin, in the 2-norm.
     *
     * @param anchor vectors of the last dimension
     * @param positive the same shape
     * @param negative the same shape
     * @param margin the margin
     * @return the mean loss
     */
    public static float tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative, double margin) {
        return FunctionalLosses.triplets(anchor, positive, negative, margin);
    }

    /**
     * Connectionist temporal classification: the negative logarithm of the probability that steps say some labels, divided
     * by their number.
     *
     * @param logProbabilities (N, T, classes)
     * @param targets N x maxTarget labels; -1 ends those of a sample
     * @param maxTarget most labels of a sample
     * @param lengths steps of each sample that count, or null for all
     * @param blank the class that is no label
     * @return the mean loss
     */
    public static float ctcLoss(Tensor logProbabilities, int[] targets, int maxTarget, int[] lengths, int blank) {
        return FunctionalLosses.temporal(logProbabilities, targets, maxTarget, lengths, blank);
    }

    private static float meanDifference(String name, Tensor input, Tensor target, DoubleUnaryOperator measure) {
        check(
                Arrays.equals(input.dimensions(), target.dimensions()) && input.size() > 0,
                name + " needs equal shapes with elements, but has " + Shapes.text(input.dimensions()) + " and "
                        + Shapes.text(target.dimensions()));
        float[] x = input.floats();
        float[] y = target.floats();
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += measure.applyAsDouble((double) x[i] - y[i]);
        }
        return (float) (sum / x.length);
    }

    static void checkBias(Tensor bias, int outputs) {
        check(
                bias == null || bias.dimensions().length == 1 && bias.size() == outputs,
                "The bias must have shape [" + outputs + "], but has "
                        + (bias == null ? "" : Shapes.text(bias.dimensions())));
    }

    static void check(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message + ".");
        }
    }

    private static int product(int[] shape, int from, int to) {
        int product = 1;
        for (int i = from; i < to; i++) {
            product *= shape[i];
        }
        return product;
    }
}
