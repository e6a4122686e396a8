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
import dev.netwright.processor.graph.layer.Mul;
import dev.netwright.processor.graph.layer.Normalize;
import dev.netwright.processor.graph.layer.OneHot;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The forward rule of every layer. */
public final class ReferenceLayers {
    static final double SELU_ALPHA = 1.6732632423543772848170429916717;
    static final double SELU_SCALE = 1.0507009873554804934193349852946;

    private interface Rule {
        double[] apply(Layer layer, Call call);
    }

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("Conv1d", (layer, call) -> ReferenceWindows.convolve((Conv) layer, call)),
            Map.entry("Conv2d", (layer, call) -> ReferenceWindows.convolve((Conv) layer, call)),
            Map.entry("Conv3d", (layer, call) -> ReferenceWindows.convolve((Conv) layer, call)),
            Map.entry("ConvTranspose1d", (layer, call) -> ReferenceTransposed.convolve((ConvTranspose) layer, call)),
            Map.entry("ConvTranspose2d", (layer, call) -> ReferenceTransposed.convolve((ConvTranspose) layer, call)),
            Map.entry("ConvTranspose3d", (layer, call) -> ReferenceTransposed.convolve((ConvTranspose) layer, call)),
            Map.entry("MaxPool1d", (layer, call) -> ReferenceWindows.maxPool((MaxPool) layer, call)),
            Map.entry("MaxPool2d", (layer, call) -> ReferenceWindows.maxPool((MaxPool) layer, call)),
            Map.entry("MaxPool3d", (layer, call) -> ReferenceWindows.maxPool((MaxPool) layer, call)),
            Map.entry("AvgPool1d", (layer, call) -> ReferenceWindows.averagePool((AvgPool) layer, call)),
            Map.entry("AvgPool2d", (layer, call) -> ReferenceWindows.averagePool((AvgPool) layer, call)),
            Map.entry("AvgPool3d", (layer, call) -> ReferenceWindows.averagePool((AvgPool) layer, call)),
            Map.entry(
                    "AdaptiveAvgPool1d", (layer, call) -> ReferenceWindows.adaptivePool((AdaptiveAvgPool) layer, call)),
            Map.entry(
                    "AdaptiveAvgPool2d", (layer, call) -> ReferenceWindows.adaptivePool((AdaptiveAvgPool) layer, call)),
            Map.entry(
                    "AdaptiveAvgPool3d", (layer, call) -> ReferenceWindows.adaptivePool((AdaptiveAvgPool) layer, call)),
            Map.entry(
                    "AdaptiveMaxPool1d", (layer, call) -> ReferenceWindows.adaptivePool((AdaptiveMaxPool) layer, call)),
            Map.entry(
                    "AdaptiveMaxPool2d", (layer, call) -> ReferenceWindows.adaptivePool((AdaptiveMaxPool) layer, call)),
            Map.entry(
                    "AdaptiveMaxPool3d", (layer, call) -> ReferenceWindows.adaptivePool((AdaptiveMaxPool) layer, call)),
            Map.entry("Embedding", (layer, call) -> ReferenceRows.gather((RowReader) layer, call)),
            Map.entry("EmbeddingBag", (layer, call) -> ReferenceRows.bag((EmbeddingBag) layer, call)),
            Map.entry("Linear", (layer, call) -> linear((Linear) layer, call)),
            Map.entry("BatchNorm1d", (layer, call) -> ReferenceBatchNorm.normalise((BatchNorm) layer, call)),
            Map.entry("BatchNorm2d", (layer, call) -> ReferenceBatchNorm.normalise((BatchNorm) layer, call)),
            Map.entry("BatchNorm3d", (layer, call) -> ReferenceBatchNorm.normalise((BatchNorm) layer, call)),
            Map.entry("ReLU", kinked(x -> Math.max(x, 0), 0)),
            Map.entry("ReLU6", kinked(x -> Math.min(Math.max(x, 0), 6), 0, 6)),
            Map.entry("LeakyReLU", ReferenceLayers::leaky),
            Map.entry("Sigmoid", each(ReferenceLayers::sigmoid)),
            Map.entry("Tanh", each(Math::tanh)),
            Map.entry("SiLU", each(x -> x * sigmoid(x))),
            Map.entry("GELU", ReferenceLayers::gelu),
            Map.entry("Hardsigmoid", kinked(x -> Math.min(Math.max(x + 3, 0), 6) / 6, -3, 3)),
            Map.entry("Hardswish", kinked(x -> x * Math.min(Math.max(x + 3, 0), 6) / 6, -3, 3)),
            Map.entry("CELU", (layer, call) -> {
                double alpha = ((CELU) layer).alpha();
                return each(x -> elu(x, alpha, 1 / alpha)).apply(layer, call);
            }),
            Map.entry(
                    "ELU",
                    (layer, call) ->
                            kinked(x -> elu(x, ((ELU) layer).alpha(), 1), 0).apply(layer, call)),
            Map.entry("GLU", (layer, call) -> ReferenceGates.forward((GLU) layer, call)),
            Map.entry("Hardshrink", (layer, call) -> {
                double bound = ((Hardshrink) layer).lambd();
                return kinked(x -> Math.abs(x) <= bound ? 0 : x, -bound, bound).apply(layer, call);
            }),
            Map.entry("Hardtanh", (layer, call) -> {
                Hardtanh tanh = (Hardtanh) layer;
                return kinked(x -> Math.min(Math.max(x, tanh.minVal()), tanh.maxVal()), tanh.minVal(), tanh.maxVal())
                        .apply(layer, call);
            }),
            Map.entry("LogSigmoid", each(x -> -softplus(-x))),
            Map.entry("Mish", each(x -> x * Math.tanh(softplus(x)))),
            Map.entry("SELU", kinked(x -> SELU_SCALE * elu(x, SELU_ALPHA, 1), 0)),
            Map.entry("Softplus", (layer, call) -> {
                Softplus plus = (Softplus) layer;
                return kinked(
                                x -> plus.beta() * x > plus.threshold() ? x : softplus(plus.beta() * x) / plus.beta(),
                                plus.threshold() / plus.beta())
                        .apply(layer, call);
            }),
            Map.entry("Softshrink", (layer, call) -> {
                double bound = ((Softshrink) layer).lambd();
                return kinked(x -> Math.signum(x) * Math.max(Math.abs(x) - bound, 0), -bound, bound)
                        .apply(layer, call);
            }),
            Map.entry("Softsign", each(x -> x / (1 + Math.abs(x)))),
            Map.entry(
                    "Tanhshrink",
                    (layer, call) -> each(x -> x - call.round(Math.tanh(x))).apply(layer, call)),
            Map.entry("Threshold", (layer, call) -> {
                Threshold step = (Threshold) layer;
                return kinked(x -> x > step.threshold() ? x : step.value(), step.threshold())
                        .apply(layer, call);
            }),
            Map.entry("Normalize", (layer, call) -> normalise((Normalize) layer, call)),
            Map.entry("PReLU", (layer, call) -> slopes((PReLU) layer, call)),
            Map.entry("GroupNorm", (layer, call) -> ReferenceGroupNorm.normalise((GroupNorm) layer, call)),
            Map.entry(
                    "LocalResponseNorm",
                    (layer, call) -> ReferenceLocalResponse.normalise((LocalResponseNorm) layer, call)),
            Map.entry("LayerNorm", (layer, call) -> ReferenceLayerNorm.normalise(layer, call)),
            Map.entry("LayerNorm2d", (layer, call) -> ReferenceLayerNorm.normalise(layer, call)),
            Map.entry("Softmax", (layer, call) -> {
                Softmax softmax = (Softmax) layer;
                return softmax(softmax.output(), softmax.dimension(), call.input(), call, false);
            }),
            Map.entry("Softmax2d", (layer, call) -> softmax(layer.output(), 0, call.input(), call, false)),
            Map.entry("Softmin", (layer, call) -> {
                double[] negated = Arrays.stream(call.input()).map(x -> -x).toArray();
                return softmax(layer.output(), ((Softmin) layer).dimension(), negated, call, false);
            }),
            Map.entry("LogSoftmax", (layer, call) -> {
                LogSoftmax softmax = (LogSoftmax) layer;
                return softmax(softmax.output(), softmax.dimension(), call.input(), call, true);
            }),
            Map.entry("Mean", (layer, call) -> ReferenceReductions.forward((Reduction) layer, call)),
            Map.entry("Sum", (layer, call) -> ReferenceReductions.forward((Reduction) layer, call)),
            Map.entry("Max", (layer, call) -> ReferenceReductions.forward((Reduction) layer, call)),
            Map.entry("Min", (layer, call) -> ReferenceReductions.forward((Reduction) layer, call)),
            Map.entry("Sub", (layer, call) -> ReferencePairs.forward((ElementPair) layer, call)),
            Map.entry("Div", (layer, call) -> ReferencePairs.forward((ElementPair) layer, call)),
            Map.entry("Maximum", (layer, call) -> ReferencePairs.forward((ElementPair) layer, call)),
            Map.entry("Minimum", (layer, call) -> ReferencePairs.forward((ElementPair) layer, call)),
            Map.entry("Power", (layer, call) -> power((Power) layer, call)),
            Map.entry("Clamp", (layer, call) -> {
                Clamp clamp = (Clamp) layer;
                return kinked(x -> Math.min(Math.max(x, clamp.min()), clamp.max()), clamp.min(), clamp.max())
                        .apply(layer, call);
            }),
            Map.entry("LpNormalize", (layer, call) -> ReferenceNorms.normalise((LpNormalize) layer, call)),
            Map.entry("OneHot", (layer, call) -> oneHot((OneHot) layer, call)),
            Map.entry("RMSNorm", (layer, call) -> ReferenceNorms.normalise((RMSNorm) layer, call)),
            Map.entry("InstanceNorm1d", (layer, call) -> ReferenceInstanceNorm.normalise((InstanceNorm) layer, call)),
            Map.entry("InstanceNorm2d", (layer, call) -> ReferenceInstanceNorm.normalise((InstanceNorm) layer, call)),
            Map.entry("InstanceNorm3d", (layer, call) -> ReferenceInstanceNorm.normalise((InstanceNorm) layer, call)),
            Map.entry("CosineSimilarity", (layer, call) -> ReferencePairs.similarity((CosineSimilarity) layer, call)),
            Map.entry("PairwiseDistance", (layer, call) -> ReferencePairs.distance((PairwiseDistance) layer, call)),
            Map.entry("Dropout", ReferenceDraws::drop),
            Map.entry("Dropout1d", ReferenceDraws::drop),
            Map.entry("Dropout2d", ReferenceDraws::drop),
            Map.entry("Dropout3d", ReferenceDraws::drop),
            Map.entry("AlphaDropout", ReferenceDraws::drop),
            Map.entry("FeatureAlphaDropout", ReferenceDraws::drop),
            Map.entry("RReLU", (layer, call) -> ReferenceDraws.slopes((RReLU) layer, call)),
            Map.entry("StochasticDepth", ReferenceDraws::drop),
            Map.entry("Flatten", (layer, call) -> call.input().clone()),
            Map.entry("ChannelShuffle", (layer, call) -> ReferenceMoves.forward(layer, call)),
            Map.entry("Permute", (layer, call) -> ReferenceMoves.forward(layer, call)),
            Map.entry("LastStep", (layer, call) -> ReferenceLastStep.forward((LastStep) layer, call)),
            Map.entry("Slice", (layer, call) -> ReferenceMoves.forward(layer, call)),
            Map.entry("Chunk", (layer, call) -> ReferenceMoves.forward(layer, call)),
            Map.entry("Identity", (layer, call) -> call.input().clone()),
            Map.entry(
                    "Add",
                    (layer, call) -> ReferenceJoins.join(((Add) layer).inputs(), layer.output(), call, Double::sum)),
            Map.entry(
                    "Mul",
                    (layer, call) ->
                            ReferenceJoins.join(((Mul) layer).inputs(), layer.output(), call, (a, b) -> a * b)),
            Map.entry(
                    "Expand",
                    (layer, call) ->
                            ReferenceJoins.join(List.of(((Expand) layer).input()), layer.output(), call, Double::sum)),
            Map.entry("Unflatten", (layer, call) -> call.input().clone()),
            Map.entry("Bilinear", (layer, call) -> ReferenceBilinear.forward((Bilinear) layer, call)),
            Map.entry("MatMul", (layer, call) -> ReferenceMatMul.forward((MatMul) layer, call)),
            Map.entry(
                    "MultiheadAttention",
                    (layer, call) -> ReferenceAttention.outputs(layer, call).get(0)),
            Map.entry(
                    "ScaledDotProductAttention",
                    (layer, call) -> ReferenceAttention.outputs(layer, call).get(0)),
            Map.entry("TransformerDecoderLayer", ReferenceTransformer::forward),
            Map.entry("TransformerEncoderLayer", ReferenceTransformer::forward),
            Map.entry(
                    "GRU",
                    (layer, call) -> ReferenceRecurrent.outputs(layer, call).get(0)),
            Map.entry(
                    "GRUCell",
                    (layer, call) -> ReferenceRecurrent.outputs(layer, call).get(0)),
            Map.entry(
                    "LSTM",
                    (layer, call) -> ReferenceRecurrent.outputs(layer, call).get(0)),
            Map.entry(
                    "LSTMCell",
                    (layer, call) -> ReferenceRecurrent.outputs(layer, call).get(0)),
            Map.entry(
                    "RNN",
                    (layer, call) -> ReferenceRecurrent.outputs(layer, call).get(0)),
            Map.entry(
                    "RNNCell",
                    (layer, call) -> ReferenceRecurrent.outputs(layer, call).get(0)),
            Map.entry("Concat", (layer, call) -> concat((Concat) layer, call)),
            Map.entry("Custom", (layer, call) -> ReferenceCustom.forward((Custom) layer, call)),
            Map.entry("Parameter", (layer, call) -> repeated(call.state().get(""), call.samples())));

    private ReferenceLayers() {}

    private static double[] repeated(double[] values, int times) {
        double[] all = new double[values.length * times];
        Arrays.setAll(all, i -> values[i % values.length]);
        return all;
    }

    /** The output of every sample, row-major. */
    public static double[] forward(Layer layer, Call call) {
        double[] shared = ReferenceVision.forward(layer, call);
        if (shared != null) {
            return shared;
        }
        Rule rule = RULES.get(layer.name());
        if (rule == null) {
            throw new IllegalArgumentException("the reference has no rule for " + layer.name());
        }
        return rule.apply(layer, call);
    }

    /** What a layer gives: its output, and what layers over time and attention give besides. */
    static List<double[]> outputs(Layer layer, Call call) {
        return ReferenceRecurrent.has(layer)
                ? ReferenceRecurrent.outputs(layer, call)
                : ReferenceAttention.has(layer)
                        ? ReferenceAttention.outputs(layer, call)
                        : List.of(forward(layer, call));
    }

    private static Rule each(DoubleUnaryOperator function) {
        return (layer, call) -> {
            double[] y = new double[call.input().length];
            for (int i = 0; i < y.length; i++) {
                y[i] = function.applyAsDouble(call.input()[i]);
            }
            return y;
        };
    }

    /** A function whose derivative jumps at some places. */
    private static Rule kinked(DoubleUnaryOperator function, double... kinks) {
        return (layer, call) -> {
            for (double x : call.input()) {
                for (double kink : kinks) {
                    call.side(x > kink);
                }
            }
            return each(function).apply(layer, call);
        };
    }

    private static double[] slopes(PReLU layer, Call call) {
        double[] x = call.input();
        double[] slopes = call.state().get("weight");
        int each = layer.output().elements() / slopes.length;
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = call.side(x[i] > 0) ? x[i] : slopes[i / each % slopes.length] * x[i];
        }
        return y;
    }

    private static double[] normalise(Normalize layer, Call call) {
        double[] x = call.input();
        int channels = layer.output().size(0);
        int each = layer.output().elements() / channels;
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            int channel = i / each % channels;
            // attributes become floats, as PyTorch makes them tensors
            double mean = layer.mean().get(channel % layer.mean().size()).floatValue();
            double std = layer.std().get(channel % layer.std().size()).floatValue();
            y[i] = (x[i] / (layer.bytes() ? 255 : 1) - mean) / std;
        }
        return y;
    }

    private static double[] leaky(Layer layer, Call call) {
        double slope = ((LeakyReLU) layer).negativeSlope();
        return kinked(x -> x > 0 ? x : slope * x, 0).apply(layer, call);
    }

    private static double[] gelu(Layer layer, Call call) {
        DoubleUnaryOperator function = ((GELU) layer).tanh() ? ReferenceLayers::geluTanh : ReferenceLayers::geluErf;
        return each(x -> x / 2 * (1 + call.round(function.applyAsDouble(x)))).apply(layer, call);
    }

    static double geluErf(double x) {
        return erf(x / Math.sqrt(2));
    }

    static double geluTanh(double x) {
        return Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * Math.pow(x, 3)));
    }

    static double elu(double x, double alpha, double inner) {
        return x > 0 ? x : alpha * Math.expm1(x * inner);
    }

    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Abramowitz and Stegun 7.1.6: a series without cancellation. */
    public static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double[] linear(Linear layer, Call call) {
        int in = layer.input().size(layer.input().rank() - 1);
        int out = layer.outFeatures();
        double[] weight = call.state().get("weight");
        double[] y = new double[call.input().length / in * out];
        for (int row = 0; row < y.length / out; row++) {
            for (int o = 0; o < out; o++) {
                double sum = layer.bias() ? call.state().get("bias")[o] : 0;
                for (int i = 0; i < in; i++) {
                    sum += call.input()[row * in + i] * weight[o * in + i];
                }
                y[row * out + o] = sum;
            }
        }
        return y;
    }

    private static double[] softmax(Shape shape, int dimension, double[] x, Call call, boolean logarithm) {
        double[] y = new double[x.length];
        int size = shape.size(dimension);
        int step = inner(shape, dimension);
        for (int i = 0; i < x.length; i++) {
            int first = i - i / step % size * step;
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < size; k++) {
                largest = Math.max(largest, x[first + k * step]);
            }
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += Math.exp(x[first + k * step] - largest);
            }
            y[i] = logarithm ? x[i] - call.round(largest) - call.round(Math.log(sum)) : Math.exp(x[i] - largest) / sum;
        }
        return y;
    }

    private static double[] power(Power layer, Call call) {
        double[] y = new double[call.input().length];
        for (int i = 0; i < y.length; i++) {
            double x = call.input()[i];
            // exp(p * log|x|), whose argument is rounded
            double rounded = Math.exp(call.round(layer.exponent() * Math.log(Math.abs(x))));
            y[i] = Math.pow(x, layer.exponent());
            y[i] *= x == 0 || Double.isInfinite(y[i]) ? 1 : rounded / Math.pow(Math.abs(x), layer.exponent());
        }
        return y;
    }

    private static double[] oneHot(OneHot layer, Call call) {
        double[] y = new double[call.samples() * layer.output().elements()];
        for (int i = 0; i < call.input().length; i++) {
            for (int c = 0; c < layer.numClasses(); c++) {
                y[i * layer.numClasses() + c] = call.input()[i] == c ? 1 : 0;
            }
        }
        return y;
    }

    private static double[] concat(Concat layer, Call call) {
        Shape shape = layer.output();
        int inner = inner(shape, layer.dimension());
        double[] y = new double[call.samples() * shape.elements()];
        int blocks = y.length / inner / shape.size(layer.dimension());
        int at = 0;
        for (int block = 0; block < blocks; block++) {
            for (int k = 0; k < call.inputs().size(); k++) {
                int part = layer.inputs().get(k).size(layer.dimension()) * inner;
                System.arraycopy(call.inputs().get(k), block * part, y, at, part);
                at += part;
            }
        }
        return y;
    }

    static int inner(Shape shape, int dimension) {
        return new Shape(shape.sizes().subList(dimension + 1, shape.rank())).elements();
    }
}
