package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.AdaptiveAvgPool;
import dev.netwright.processor.graph.layer.AdaptiveMaxPool;
import dev.netwright.processor.graph.layer.Add;
import dev.netwright.processor.graph.layer.AvgPool;
import dev.netwright.processor.graph.layer.BatchNorm;
import dev.netwright.processor.graph.layer.Bilinear;
import dev.netwright.processor.graph.layer.CELU;
import dev.netwright.processor.graph.layer.Clamp;
import dev.netwright.processor.graph.layer.Concat;
import dev.netwright.processor.graph.layer.Conv;
import dev.netwright.processor.graph.layer.ConvTranspose;
import dev.netwright.processor.graph.layer.CosineSimilarity;
import dev.netwright.processor.graph.layer.Custom;
import dev.netwright.processor.graph.layer.ELU;
import dev.netwright.processor.graph.layer.ElementPair;
import dev.netwright.processor.graph.layer.EmbeddingBag;
import dev.netwright.processor.graph.layer.Expand;
import dev.netwright.processor.graph.layer.GELU;
import dev.netwright.processor.graph.layer.GLU;
import dev.netwright.processor.graph.layer.GroupNorm;
import dev.netwright.processor.graph.layer.Hardshrink;
import dev.netwright.processor.graph.layer.Hardtanh;
import dev.netwright.processor.graph.layer.InstanceNorm;
import dev.netwright.processor.graph.layer.LastStep;
import dev.netwright.processor.graph.layer.LeakyReLU;
import dev.netwright.processor.graph.layer.Linear;
import dev.netwright.processor.graph.layer.LocalResponseNorm;
import dev.netwright.processor.graph.layer.LogSoftmax;
import dev.netwright.processor.graph.layer.LpNormalize;
import dev.netwright.processor.graph.layer.MatMul;
import dev.netwright.processor.graph.layer.MaxPool;
import dev.netwright.processor.graph.layer.MaxUnpool;
import dev.netwright.processor.graph.layer.Mul;
import dev.netwright.processor.graph.layer.Normalize;
import dev.netwright.processor.graph.layer.PReLU;
import dev.netwright.processor.graph.layer.PairwiseDistance;
import dev.netwright.processor.graph.layer.Power;
import dev.netwright.processor.graph.layer.RMSNorm;
import dev.netwright.processor.graph.layer.RReLU;
import dev.netwright.processor.graph.layer.Reduction;
import dev.netwright.processor.graph.layer.RowReader;
import dev.netwright.processor.graph.layer.Softmax;
import dev.netwright.processor.graph.layer.Softmin;
import dev.netwright.processor.graph.layer.Softplus;
import dev.netwright.processor.graph.layer.Softshrink;
import dev.netwright.processor.graph.layer.Threshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The gradient rule of every layer, in training; where a function has a kink, with PyTorch's choice. */
public final class ReferenceGradients {
    /**
     * What comes of a gradient by a layer's output.
     *
     * @param inputs the gradients by its inputs, in order; whole numbers, which come last, may have none
     * @param state those by its parameters, by the last part of their key
     * @param magnitudes of the terms that each of these is the sum of: the largest sum of absolute values, or a bound
     */
    public record Gradients(List<double[]> inputs, Map<String, double[]> state, Map<String, Double> magnitudes) {}

    /** The gradients by a layer's parameters as its rule finds them. */
    static final class ByState {
        private final Map<String, double[]> sums = new HashMap<>();
        private final Map<String, Double> magnitudes = new HashMap<>();

        void put(String name, double[] sum, double magnitude) {
            sums.put(name, sum);
            magnitudes.put(name, magnitude);
        }

        /** With the sums of the terms' absolute values. */
        void put(String name, double[] sum, double[] magnitudesOfElements) {
            put(name, sum, largest(magnitudesOfElements));
        }
    }

    static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    private interface Rule {
        double[] apply(Layer layer, Call call, double[] y, double[] gradient, ByState byState);
    }

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("Conv1d", (layer, call, y, g, state) -> ReferenceWindows.gradient((Conv) layer, call, g, state)),
            Map.entry("Conv2d", (layer, call, y, g, state) -> ReferenceWindows.gradient((Conv) layer, call, g, state)),
            Map.entry("Conv3d", (layer, call, y, g, state) -> ReferenceWindows.gradient((Conv) layer, call, g, state)),
            Map.entry(
                    "ConvTranspose1d",
                    (layer, call, y, g, state) -> ReferenceTransposed.gradient((ConvTranspose) layer, call, g, state)),
            Map.entry(
                    "ConvTranspose2d",
                    (layer, call, y, g, state) -> ReferenceTransposed.gradient((ConvTranspose) layer, call, g, state)),
            Map.entry(
                    "ConvTranspose3d",
                    (layer, call, y, g, state) -> ReferenceTransposed.gradient((ConvTranspose) layer, call, g, state)),
            Map.entry("MaxPool1d", (layer, call, y, g, state) -> ReferenceWindows.gradient((MaxPool) layer, call, g)),
            Map.entry("MaxPool2d", (layer, call, y, g, state) -> ReferenceWindows.gradient((MaxPool) layer, call, g)),
            Map.entry("MaxPool3d", (layer, call, y, g, state) -> ReferenceWindows.gradient((MaxPool) layer, call, g)),
            Map.entry("AvgPool1d", (layer, call, y, g, state) -> ReferenceWindows.gradient((AvgPool) layer, call, g)),
            Map.entry("AvgPool2d", (layer, call, y, g, state) -> ReferenceWindows.gradient((AvgPool) layer, call, g)),
            Map.entry("AvgPool3d", (layer, call, y, g, state) -> ReferenceWindows.gradient((AvgPool) layer, call, g)),
            Map.entry(
                    "AdaptiveAvgPool1d",
                    (layer, call, y, g, state) -> ReferenceWindows.gradient((AdaptiveAvgPool) layer, call, g)),
            Map.entry(
                    "AdaptiveAvgPool2d",
                    (layer, call, y, g, state) -> ReferenceWindows.gradient((AdaptiveAvgPool) layer, call, g)),
            Map.entry(
                    "AdaptiveAvgPool3d",
                    (layer, call, y, g, state) -> ReferenceWindows.gradient((AdaptiveAvgPool) layer, call, g)),
            Map.entry(
                    "AdaptiveMaxPool1d",
                    (layer, call, y, g, state) -> ReferenceWindows.gradient((AdaptiveMaxPool) layer, call, g)),
            Map.entry(
                    "AdaptiveMaxPool2d",
                    (layer, call, y, g, state) -> ReferenceWindows.gradient((AdaptiveMaxPool) layer, call, g)),
            Map.entry(
                    "AdaptiveMaxPool3d",
                    (layer, call, y, g, state) -> ReferenceWindows.gradient((AdaptiveMaxPool) layer, call, g)),
            Map.entry(
                    "Embedding",
                    (layer, call, y, g, state) -> ReferenceRows.gradient((RowReader) layer, call, g, state)),
            Map.entry("Linear", (layer, call, y, g, state) -> linear((Linear) layer, call, g, state)),
            Map.entry(
                    "BatchNorm1d",
                    (layer, call, y, g, state) -> ReferenceBatchNorm.gradient((BatchNorm) layer, call, g, state)),
            Map.entry(
                    "BatchNorm2d",
                    (layer, call, y, g, state) -> ReferenceBatchNorm.gradient((BatchNorm) layer, call, g, state)),
            Map.entry(
                    "BatchNorm3d",
                    (layer, call, y, g, state) -> ReferenceBatchNorm.gradient((BatchNorm) layer, call, g, state)),
            Map.entry(
                    "GroupNorm",
                    (layer, call, y, g, state) -> ReferenceGroupNorm.gradient((GroupNorm) layer, call, g, state)),
            Map.entry(
                    "LocalResponseNorm",
                    (layer, call, y, g, state) -> ReferenceLocalResponse.gradient((LocalResponseNorm) layer, call, g)),
            Map.entry("LayerNorm", (layer, call, y, g, state) -> ReferenceLayerNorm.gradient(layer, call, g, state)),
            Map.entry("LayerNorm2d", (layer, call, y, g, state) -> ReferenceLayerNorm.gradient(layer, call, g, state)),
            Map.entry("ReLU", each(x -> x > 0 ? 1 : 0)),
            Map.entry("ReLU6", each(x -> x > 0 && x < 6 ? 1 : 0)),
            Map.entry(
                    "LeakyReLU",
                    (layer, call, y, g, state) -> each(x -> x > 0 ? 1 : ((LeakyReLU) layer).negativeSlope())
                            .apply(layer, call, y, g, state)),
            Map.entry("Sigmoid", rounded(ReferenceLayers::sigmoid, (x, s) -> s * (1 - s))),
            Map.entry("Tanh", rounded(Math::tanh, (x, t) -> 1 - t * t)),
            Map.entry("SiLU", rounded(ReferenceLayers::sigmoid, (x, s) -> s * (1 + x * (1 - s)))),
            Map.entry(
                    "GELU",
                    (layer, call, y, g, state) -> (((GELU) layer).tanh()
                                    ? rounded(ReferenceLayers::geluTanh, ReferenceGradients::geluByTanh)
                                    : rounded(ReferenceLayers::geluErf, ReferenceGradients::gelu))
                            .apply(layer, call, y, g, state)),
            Map.entry("Hardsigmoid", each(x -> x > -3 && x < 3 ? 1 / 6.0 : 0)),
            Map.entry("Hardswish", each(x -> x < -3 ? 0 : x <= 3 ? x / 3 + 0.5 : 1)),
            Map.entry("CELU", (layer, call, y, g, state) -> {
                double alpha = ((CELU) layer).alpha();
                return each(x -> x > 0 ? 1 : Math.exp(x / alpha)).apply(layer, call, y, g, state);
            }),
            Map.entry(
                    "ELU",
                    (layer, call, y, g, state) -> each(x -> x > 0 ? 1 : ((ELU) layer).alpha() * Math.exp(x))
                            .apply(layer, call, y, g, state)),
            Map.entry("GLU", (layer, call, y, g, state) -> ReferenceGates.gradient((GLU) layer, call, g)),
            Map.entry(
                    "Hardshrink",
                    (layer, call, y, g, state) -> each(x -> Math.abs(x) <= ((Hardshrink) layer).lambd() ? 0 : 1)
                            .apply(layer, call, y, g, state)),
            Map.entry("Hardtanh", (layer, call, y, g, state) -> {
                Hardtanh tanh = (Hardtanh) layer;
                return each(x -> x > tanh.minVal() && x < tanh.maxVal() ? 1 : 0).apply(layer, call, y, g, state);
            }),
            Map.entry("LogSigmoid", each(x -> ReferenceLayers.sigmoid(-x))),
            Map.entry(
                    "Mish",
                    rounded(
                            x -> Math.tanh(ReferenceLayers.softplus(x)),
                            (x, t) -> t + x * (1 - t * t) * ReferenceLayers.sigmoid(x))),
            Map.entry(
                    "SELU",
                    each(x -> ReferenceLayers.SELU_SCALE * (x > 0 ? 1 : ReferenceLayers.SELU_ALPHA * Math.exp(x)))),
            Map.entry("Softplus", (layer, call, y, g, state) -> {
                Softplus plus = (Softplus) layer;
                return each(x -> plus.beta() * x > plus.threshold() ? 1 : ReferenceLayers.sigmoid(plus.beta() * x))
                        .apply(layer, call, y, g, state);
            }),
            Map.entry(
                    "Softshrink",
                    (layer, call, y, g, state) -> each(x -> Math.abs(x) <= ((Softshrink) layer).lambd() ? 0 : 1)
                            .apply(layer, call, y, g, state)),
            Map.entry("Softsign", each(x -> Math.pow(1 + Math.abs(x), -2))),
            Map.entry("Tanhshrink", each(x -> Math.pow(Math.tanh(x), 2))),
            Map.entry(
                    "Threshold",
                    (layer, call, y, g, state) -> each(x -> x > ((Threshold) layer).threshold() ? 1 : 0)
                            .apply(layer, call, y, g, state)),
            Map.entry("Normalize", (layer, call, y, g, state) -> normalise((Normalize) layer, g)),
            Map.entry("PReLU", (layer, call, y, g, state) -> slopes((PReLU) layer, call, g, state)),
            Map.entry("Softmax", (layer, call, y, g, state) -> {
                Softmax softmax = (Softmax) layer;
                return softmax(softmax.output(), softmax.dimension(), y, g, call);
            }),
            Map.entry("Softmax2d", (layer, call, y, g, state) -> softmax(layer.output(), 0, y, g, call)),
            Map.entry("Softmin", (layer, call, y, g, state) -> {
                double[] byScore = softmax(layer.output(), ((Softmin) layer).dimension(), y, g, call);
                return Arrays.stream(byScore).map(x -> -x).toArray();
            }),
            Map.entry("LogSoftmax", (layer, call, y, g, state) -> {
                LogSoftmax softmax = (LogSoftmax) layer;
                return logSoftmax(softmax.output(), softmax.dimension(), y, g, call);
            }),
            Map.entry(
                    "Mean", (layer, call, y, g, state) -> ReferenceReductions.gradient((Reduction) layer, call, y, g)),
            Map.entry("Sum", (layer, call, y, g, state) -> ReferenceReductions.gradient((Reduction) layer, call, y, g)),
            Map.entry("Max", (layer, call, y, g, state) -> ReferenceReductions.gradient((Reduction) layer, call, y, g)),
            Map.entry("Min", (layer, call, y, g, state) -> ReferenceReductions.gradient((Reduction) layer, call, y, g)),
            Map.entry("Power", (layer, call, y, g, state) -> power((Power) layer, call, g)),
            Map.entry("Clamp", (layer, call, y, g, state) -> {
                Clamp clamp = (Clamp) layer;
                return each(x -> x >= clamp.min() && x <= clamp.max() ? 1 : 0).apply(layer, call, y, g, state);
            }),
            Map.entry(
                    "LpNormalize", (layer, call, y, g, state) -> ReferenceNorms.gradient((LpNormalize) layer, call, g)),
            Map.entry("OneHot", (layer, call, y, g, state) -> new double[call.input().length]),
            Map.entry(
                    "RMSNorm", (layer, call, y, g, state) -> ReferenceNorms.gradient((RMSNorm) layer, call, g, state)),
            Map.entry(
                    "InstanceNorm1d",
                    (layer, call, y, g, state) -> ReferenceInstanceNorm.gradient((InstanceNorm) layer, call, g, state)),
            Map.entry(
                    "InstanceNorm2d",
                    (layer, call, y, g, state) -> ReferenceInstanceNorm.gradient((InstanceNorm) layer, call, g, state)),
            Map.entry(
                    "InstanceNorm3d",
                    (layer, call, y, g, state) -> ReferenceInstanceNorm.gradient((InstanceNorm) layer, call, g, state)),
            Map.entry("StochasticDepth", (layer, call, y, g, state) -> ReferenceDraws.dropGradient(layer, call, g)),
            Map.entry("Dropout", (layer, call, y, g, state) -> ReferenceDraws.dropGradient(layer, call, g)),
            Map.entry("Dropout1d", (layer, call, y, g, state) -> ReferenceDraws.dropGradient(layer, call, g)),
            Map.entry("Dropout2d", (layer, call, y, g, state) -> ReferenceDraws.dropGradient(layer, call, g)),
            Map.entry("Dropout3d", (layer, call, y, g, state) -> ReferenceDraws.dropGradient(layer, call, g)),
            Map.entry("AlphaDropout", (layer, call, y, g, state) -> ReferenceDraws.dropGradient(layer, call, g)),
            Map.entry("FeatureAlphaDropout", (layer, call, y, g, state) -> ReferenceDraws.dropGradient(layer, call, g)),
            Map.entry("RReLU", (layer, call, y, g, state) -> ReferenceDraws.slopeGradient((RReLU) layer, call, g)),
            Map.entry("ChannelShuffle", (layer, call, y, g, state) -> ReferenceMoves.gradient(layer, call, g)),
            Map.entry("Permute", (layer, call, y, g, state) -> ReferenceMoves.gradient(layer, call, g)),
            Map.entry("LastStep", (layer, call, y, g, state) -> ReferenceLastStep.gradient((LastStep) layer, call, g)),
            Map.entry("Slice", (layer, call, y, g, state) -> ReferenceMoves.gradient(layer, call, g)),
            Map.entry("Chunk", (layer, call, y, g, state) -> ReferenceMoves.gradient(layer, call, g)),
            Map.entry("Flatten", (layer, call, y, g, state) -> g.clone()),
            Map.entry("Unflatten", (layer, call, y, g, state) -> g.clone()),
            Map.entry("Identity", (layer, call, y, g, state) -> g.clone()));

    private ReferenceGradients() {}

    /**
     * The gradients of a layer.
     *
     * @param call as its forward got it
     * @param y what its forward returned
     * @param gradient by y
     */
    public static Gradients backward(Layer layer, Call call, double[] y, double[] gradient) {
        return backward(
                layer, call, y, gradient, Collections.nCopies(layer.further().size(), null));
    }

    private static List<double[]> all(double[] gradient, List<double[]> further) {
        List<double[]> all = new ArrayList<>(further);
        all.add(0, gradient);
        return all;
    }

    /**
     * The gradients of a layer that gives more than its output.
     *
     * @param gradient by y; null where nothing depends on it
     * @param further those by all else that it gives, each null where nothing depends on it
     */
    static Gradients backward(Layer layer, Call call, double[] y, double[] gradient, List<double[]> further) {
        switch (layer.name()) {
            case "GRU", "GRUCell", "LSTM", "LSTMCell", "RNN", "RNNCell":
                return ReferenceRecurrent.gradients(layer, call, all(gradient, further));
            case "Add":
                List<double[]> ofSum = ReferenceJoins.sumGradients(((Add) layer).inputs(), layer.output(), gradient);
                return new Gradients(ofSum, Map.of(), Map.of());
            case "Mul":
                List<double[]> ofProduct =
                        ReferenceJoins.productGradients(((Mul) layer).inputs(), layer.output(), call, gradient);
                return new Gradients(ofProduct, Map.of(), Map.of());
            case "MatMul":
                return new Gradients(ReferenceMatMul.gradients((MatMul) layer, call, gradient), Map.of(), Map.of());
            case "Expand":
                Shape expanded = ((Expand) layer).input();
                return new Gradients(
                        ReferenceJoins.sumGradients(List.of(expanded), layer.output(), gradient), Map.of(), Map.of());
            case "EmbeddingBag":
                return ReferenceRows.bagGradients((EmbeddingBag) layer, call, gradient);
            case "Bilinear":
                return ReferenceBilinear.gradients((Bilinear) layer, call, gradient);
            case "MaxUnpool1d", "MaxUnpool2d", "MaxUnpool3d":
                return new Gradients(ReferenceUnpool.gradients((MaxUnpool) layer, call, gradient), Map.of(), Map.of());
            case "MultiheadAttention", "ScaledDotProductAttention":
                return ReferenceAttention.gradients(layer, call, all(gradient, further));
            case "TransformerDecoderLayer", "TransformerEncoderLayer":
                return ReferenceTransformer.gradients(layer, call, gradient);
            case "Concat":
                return new Gradients(parts((Concat) layer, call, gradient), Map.of(), Map.of());
            case "Sub", "Div", "Maximum", "Minimum":
                List<double[]> ofPair = ReferencePairs.gradients((ElementPair) layer, call, gradient);
                return new Gradients(ofPair, Map.of(), Map.of());
            case "CosineSimilarity":
                List<double[]> ofCosine = ReferencePairs.similarityGradients((CosineSimilarity) layer, call, gradient);
                return new Gradients(ofCosine, Map.of(), Map.of());
            case "PairwiseDistance":
                List<double[]> ofDistance = ReferencePairs.distanceGradients((PairwiseDistance) layer, call, gradient);
                return new Gradients(ofDistance, Map.of(), Map.of());
            case "Custom":
                return new Gradients(ReferenceCustom.gradients((Custom) layer, call, gradient), Map.of(), Map.of());
            case "Parameter":
                return parameter(call.samples(), gradient);
            default:
                break;
        }
        double[] shared = ReferenceVision.gradient(layer, call, gradient);
        if (shared != null) {
            return new Gradients(List.of(shared), Map.of(), Map.of());
        }
        Rule rule = RULES.get(layer.name());
        if (rule == null) {
            throw new IllegalArgumentException("the reference has no gradient rule for " + layer.name());
        }
        ByState byState = new ByState();
        double[] byInput = rule.apply(layer, call, y, gradient, byState);
        return new Gradients(List.of(byInput), byState.sums, byState.magnitudes);
    }

    private static Gradients parameter(int samples, double[] gradient) {
        double[] sum = new double[gradient.length / samples];
        double[] magnitudes = new double[sum.length];
        for (int i = 0; i < gradient.length; i++) {
            sum[i % sum.length] += gradient[i];
            magnitudes[i % sum.length] += Math.abs(gradient[i]);
        }
        return new Gradients(List.of(), Map.of("", sum), Map.of("", largest(magnitudes)));
    }

    private static double[] power(Power layer, Call call, double[] gradient) {
        double p = layer.exponent();
        double[] byInput = new double[gradient.length];
        for (int i = 0; i < byInput.length && p != 0; i++) {
            double x = call.input()[i];
            double rounded = Math.exp(call.round((p - 1) * Math.log(Math.abs(x))));
            double slope = Math.pow(x, p - 1);
            slope *= x == 0 || Double.isInfinite(slope) ? 1 : rounded / Math.pow(Math.abs(x), p - 1);
            byInput[i] = gradient[i] * p * slope;
        }
        return byInput;
    }

    private static Rule each(DoubleUnaryOperator derivative) {
        return (layer, call, y, g, state) -> {
            double[] byInput = new double[g.length];
            Arrays.setAll(byInput, i -> g[i] * derivative.applyAsDouble(call.input()[i]));
            return byInput;
        };
    }

    /** A derivative that is computed from a function of x, which is rounded before it is taken from something. */
    private static Rule rounded(DoubleUnaryOperator function, DoubleBinaryOperator derivative) {
        return (layer, call, y, g, state) -> each(x ->
                        derivative.applyAsDouble(x, call.round(function.applyAsDouble(x))))
                .apply(layer, call, y, g, state);
    }

    static double gelu(double x, double erf) {
        return (1 + erf) / 2 + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double geluByTanh(double x, double tanh) {
        double factor = Math.sqrt(2 / Math.PI);
        return (1 + tanh) / 2 + x / 2 * (1 - tanh * tanh) * factor * (1 + 3 * 0.044715 * x * x);
    }

    private static double[] normalise(Normalize layer, double[] gradient) {
        int channels = layer.output().size(0);
        int each = layer.output().elements() / channels;
        double[] byInput = new double[gradient.length];
        Arrays.setAll(
                byInput,
                i -> gradient[i]
                        / layer.std()
                                .get(i / each % channels % layer.std().size())
                                .floatValue()
                        / (layer.bytes() ? 255 : 1));
        return byInput;
    }

    private static double[] slopes(PReLU layer, Call call, double[] gradient, ByState byState) {
        double[] x = call.input();
        double[] slopes = call.state().get("weight");
        int each = layer.output().elements() / slopes.length;
        double[] bySlope = new double[slopes.length];
        double[] magnitudes = new double[slopes.length];
        double[] byInput = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int slope = i / each % slopes.length;
            byInput[i] = gradient[i] * (x[i] > 0 ? 1 : slopes[slope]);
            bySlope[slope] += x[i] > 0 ? 0 : gradient[i] * x[i];
            magnitudes[slope] += x[i] > 0 ? 0 : Math.abs(gradient[i] * x[i]);
        }
        byState.put("weight", bySlope, magnitudes);
        return byInput;
    }

    private static double[] linear(Linear layer, Call call, double[] gradient, ByState byState) {
        int in = layer.input().size(layer.input().rank() - 1);
        int out = layer.outFeatures();
        double[] x = call.input();
        double[] weight = call.state().get("weight");
        double[] byInput = new double[x.length];
        double[] byWeight = new double[weight.length];
        double[] byBias = new double[out];
        double[] magnitudes = new double[out];
        for (int k = 0; k < gradient.length; k++) {
            int row = k / out;
            int o = k % out;
            byBias[o] += gradient[k];
            magnitudes[o] += Math.abs(gradient[k]);
            for (int i = 0; i < in; i++) {
                byInput[row * in + i] += gradient[k] * weight[o * in + i];
                byWeight[o * in + i] += gradient[k] * x[row * in + i];
            }
        }
        byState.put("weight", byWeight, largest(magnitudes) * largest(x));
        if (layer.bias()) {
            byState.put("bias", byBias, magnitudes);
        }
        return byInput;
    }

    private static double[] softmax(Shape shape, int dimension, double[] y, double[] gradient, Call call) {
        double[] products = new double[y.length];
        Arrays.setAll(products, i -> gradient[i] * y[i]);
        double[] sums = sums(shape, dimension, products, call);
        double[] byInput = new double[y.length];
        Arrays.setAll(byInput, i -> y[i] * (gradient[i] - sums[i]));
        return byInput;
    }

    private static double[] logSoftmax(Shape shape, int dimension, double[] y, double[] gradient, Call call) {
        double[] sums = sums(shape, dimension, gradient, call);
        double[] byInput = new double[y.length];
        Arrays.setAll(byInput, i -> gradient[i] - call.round(Math.exp(y[i])) * sums[i]);
        return byInput;
    }

    /** For each element the sum along a dimension. */
    private static double[] sums(Shape shape, int dimension, double[] values, Call call) {
        int size = shape.size(dimension);
        int step = ReferenceLayers.inner(shape, dimension);
        double[] sums = new double[values.length];
        for (int i = 0; i < sums.length; i++) {
            int first = i - i / step % size * step;
            for (int k = 0; k < size; k++) {
                sums[i] += values[first + k * step];
            }
        }
        return call.arithmetic().round(sums);
    }

    private static List<double[]> parts(Concat layer, Call call, double[] gradient) {
        int inner = ReferenceLayers.inner(layer.output(), layer.dimension());
        List<double[]> byInputs =
                call.inputs().stream().map(x -> new double[x.length]).toList();
        int from = 0;
        for (int block = 0; from < gradient.length; block++) {
            for (int k = 0; k < byInputs.size(); k++) {
                int part = layer.inputs().get(k).size(layer.dimension()) * inner;
                System.arraycopy(gradient, from, byInputs.get(k), block * part, part);
                from += part;
            }
        }
        return byInputs;
    }
}
