package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.BatchNorm;
import dev.netwright.processor.graph.layer.CELU;
import dev.netwright.processor.graph.layer.ChannelShuffle;
import dev.netwright.processor.graph.layer.CosineSimilarity;
import dev.netwright.processor.graph.layer.ELU;
import dev.netwright.processor.graph.layer.EmbeddingBag;
import dev.netwright.processor.graph.layer.Fold;
import dev.netwright.processor.graph.layer.GELU;
import dev.netwright.processor.graph.layer.GLU;
import dev.netwright.processor.graph.layer.GroupNorm;
import dev.netwright.processor.graph.layer.Hardshrink;
import dev.netwright.processor.graph.layer.Hardtanh;
import dev.netwright.processor.graph.layer.InstanceNorm;
import dev.netwright.processor.graph.layer.LayerNorm;
import dev.netwright.processor.graph.layer.LeakyReLU;
import dev.netwright.processor.graph.layer.LocalResponseNorm;
import dev.netwright.processor.graph.layer.LogSoftmax;
import dev.netwright.processor.graph.layer.LpNormalize;
import dev.netwright.processor.graph.layer.OneHot;
import dev.netwright.processor.graph.layer.Pad;
import dev.netwright.processor.graph.layer.PairwiseDistance;
import dev.netwright.processor.graph.layer.Patches;
import dev.netwright.processor.graph.layer.PixelShuffle;
import dev.netwright.processor.graph.layer.RMSNorm;
import dev.netwright.processor.graph.layer.ScaledDotProductAttention;
import dev.netwright.processor.graph.layer.Softmax;
import dev.netwright.processor.graph.layer.Softmin;
import dev.netwright.processor.graph.layer.Softplus;
import dev.netwright.processor.graph.layer.Softshrink;
import dev.netwright.processor.graph.layer.Threshold;
import dev.netwright.processor.graph.layer.Unfold;
import dev.netwright.processor.graph.layer.Upsample;
import dev.netwright.runtime.Functional;
import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which of the runtime's plain functions computes what a layer does when it evaluates. */
public final class PlainFunctions {
    /**
     * Not among PyTorch's functions of networks, or, such as dropout, of random numbers: {@code FractionalPoolTest} gives those of
     * fractional pools.
     */
    public static final Set<String> WITHOUT = Set.of(
            "Add",
            "AlphaDropout",
            "Chunk",
            "Clamp",
            "Concat",
            "Custom",
            "Div",
            "Dropout",
            "Dropout1d",
            "Dropout2d",
            "Dropout3d",
            "Expand",
            "FeatureAlphaDropout",
            "FractionalMaxPool2d",
            "FractionalMaxPool3d",
            "GRU",
            "GRUCell",
            "Identity",
            "LSTM",
            "LSTMCell",
            "LastStep",
            "LayerNorm2d",
            "MatMul",
            "Max",
            "Maximum",
            "Mean",
            "Min",
            "Minimum",
            "Mul",
            "MultiheadAttention",
            "Normalize",
            "Parameter",
            "Permute",
            "Power",
            "RNN",
            "RNNCell",
            "RReLU",
            "Slice",
            "StochasticDepth",
            "Sub",
            "Sum",
            "TransformerDecoderLayer",
            "TransformerEncoderLayer",
            "Unflatten");

    record Arguments(List<Tensor> inputs, Map<String, Tensor> state) {
        Tensor x() {
            return inputs.get(0);
        }

        Tensor weight() {
            return state.get("weight");
        }

        Tensor bias() {
            return state.get("bias");
        }
    }

    private interface Rule {
        Tensor apply(Layer layer, Arguments a);
    }

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("Conv1d", PlainWindows::convolution),
            Map.entry("Conv2d", PlainWindows::convolution),
            Map.entry("Conv3d", PlainWindows::convolution),
            Map.entry("ConvTranspose1d", PlainWindows::transposed),
            Map.entry("ConvTranspose2d", PlainWindows::transposed),
            Map.entry("ConvTranspose3d", PlainWindows::transposed),
            Map.entry("Unfold", (layer, a) -> {
                Patches p = ((Unfold) layer).patches();
                return Functional.unfold(
                        a.x(), ints(p.kernelSize()), ints(p.dilation()), ints(p.padding()), ints(p.stride()));
            }),
            Map.entry("Fold", (layer, a) -> {
                Patches p = ((Fold) layer).patches();
                return Functional.fold(
                        a.x(),
                        ints(((Fold) layer).outputSize()),
                        ints(p.kernelSize()),
                        ints(p.dilation()),
                        ints(p.padding()),
                        ints(p.stride()));
            }),
            Map.entry("MaxPool1d", PlainWindows::maxPool),
            Map.entry("MaxPool2d", PlainWindows::maxPool),
            Map.entry("MaxPool3d", PlainWindows::maxPool),
            Map.entry("MaxUnpool1d", PlainWindows::maxUnpool),
            Map.entry("MaxUnpool2d", PlainWindows::maxUnpool),
            Map.entry("MaxUnpool3d", PlainWindows::maxUnpool),
            Map.entry("AvgPool1d", PlainWindows::avgPool),
            Map.entry("AvgPool2d", PlainWindows::avgPool),
            Map.entry("AvgPool3d", PlainWindows::avgPool),
            Map.entry("LPPool1d", PlainWindows::lpPool),
            Map.entry("LPPool2d", PlainWindows::lpPool),
            Map.entry("LPPool3d", PlainWindows::lpPool),
            Map.entry(
                    "AdaptiveAvgPool1d", (layer, a) -> Functional.adaptiveAvgPool1d(a.x(), PlainWindows.plane(layer))),
            Map.entry(
                    "AdaptiveAvgPool2d", (layer, a) -> Functional.adaptiveAvgPool2d(a.x(), PlainWindows.plane(layer))),
            Map.entry(
                    "AdaptiveAvgPool3d", (layer, a) -> Functional.adaptiveAvgPool3d(a.x(), PlainWindows.plane(layer))),
            Map.entry(
                    "AdaptiveMaxPool1d", (layer, a) -> Functional.adaptiveMaxPool1d(a.x(), PlainWindows.plane(layer))),
            Map.entry(
                    "AdaptiveMaxPool2d", (layer, a) -> Functional.adaptiveMaxPool2d(a.x(), PlainWindows.plane(layer))),
            Map.entry(
                    "AdaptiveMaxPool3d", (layer, a) -> Functional.adaptiveMaxPool3d(a.x(), PlainWindows.plane(layer))),
            Map.entry("Upsample", PlainFunctions::interpolate),
            Map.entry("UpsamplingNearest2d", PlainFunctions::interpolate),
            Map.entry("UpsamplingBilinear2d", PlainFunctions::interpolate),
            Map.entry("PixelShuffle", (layer, a) -> Functional.pixelShuffle(a.x(), ((PixelShuffle) layer).factor())),
            Map.entry(
                    "PixelUnshuffle", (layer, a) -> Functional.pixelUnshuffle(a.x(), ((PixelShuffle) layer).factor())),
            Map.entry(
                    "ChannelShuffle",
                    (layer, a) -> Functional.channelShuffle(a.x(), ((ChannelShuffle) layer).groups())),
            Map.entry("Linear", (layer, a) -> Functional.linear(a.x(), a.weight(), a.bias())),
            Map.entry(
                    "Bilinear",
                    (layer, a) -> Functional.bilinear(a.x(), a.inputs().get(1), a.weight(), a.bias())),
            Map.entry("Embedding", (layer, a) -> Functional.embedding(longs(a.x()), a.weight())),
            Map.entry("EmbeddingBag", (layer, a) -> {
                EmbeddingBag bag = (EmbeddingBag) layer;
                String mode = word(bag.mode());
                return bag.weighted()
                        ? Functional.embeddingBag(
                                longs(a.x()),
                                a.weight(),
                                mode,
                                bag.padding(),
                                a.inputs().get(1))
                        : Functional.embeddingBag(longs(a.x()), a.weight(), mode, bag.padding());
            }),
            Map.entry("OneHot", (layer, a) -> Functional.oneHot(longs(a.x()), ((OneHot) layer).numClasses())),
            Map.entry("Flatten", (layer, a) -> layer.output().rank() == 1 ? Functional.flatten(a.x()) : null),
            Map.entry("ReLU", (layer, a) -> Functional.relu(a.x())),
            Map.entry("ReLU6", (layer, a) -> Functional.relu6(a.x())),
            Map.entry("LeakyReLU", (layer, a) -> Functional.leakyRelu(a.x(), ((LeakyReLU) layer).negativeSlope())),
            Map.entry("PReLU", (layer, a) -> Functional.prelu(a.x(), a.weight())),
            Map.entry("Sigmoid", (layer, a) -> Functional.sigmoid(a.x())),
            Map.entry("Tanh", (layer, a) -> Functional.tanh(a.x())),
            Map.entry("SiLU", (layer, a) -> Functional.silu(a.x())),
            Map.entry("GELU", (layer, a) -> Functional.gelu(a.x(), ((GELU) layer).tanh() ? "tanh" : "none")),
            Map.entry("Hardsigmoid", (layer, a) -> Functional.hardsigmoid(a.x())),
            Map.entry("Hardswish", (layer, a) -> Functional.hardswish(a.x())),
            Map.entry("CELU", (layer, a) -> Functional.celu(a.x(), ((CELU) layer).alpha())),
            Map.entry("ELU", (layer, a) -> Functional.elu(a.x(), ((ELU) layer).alpha())),
            Map.entry("GLU", (layer, a) -> Functional.glu(a.x(), ((GLU) layer).dimension() + 1)),
            Map.entry("Hardshrink", (layer, a) -> Functional.hardshrink(a.x(), ((Hardshrink) layer).lambd())),
            Map.entry("Hardtanh", (layer, a) -> {
                Hardtanh tanh = (Hardtanh) layer;
                return Functional.hardtanh(a.x(), tanh.minVal(), tanh.maxVal());
            }),
            Map.entry("LogSigmoid", (layer, a) -> Functional.logSigmoid(a.x())),
            Map.entry("Mish", (layer, a) -> Functional.mish(a.x())),
            Map.entry("SELU", (layer, a) -> Functional.selu(a.x())),
            Map.entry("Softplus", (layer, a) -> {
                Softplus plus = (Softplus) layer;
                return Functional.softplus(a.x(), plus.beta(), plus.threshold());
            }),
            Map.entry("Softshrink", (layer, a) -> Functional.softshrink(a.x(), ((Softshrink) layer).lambd())),
            Map.entry("Softsign", (layer, a) -> Functional.softsign(a.x())),
            Map.entry("Tanhshrink", (layer, a) -> Functional.tanhshrink(a.x())),
            Map.entry("Threshold", (layer, a) -> {
                Threshold step = (Threshold) layer;
                return Functional.threshold(a.x(), step.threshold(), step.value());
            }),
            Map.entry("Softmax", (layer, a) -> Functional.softmax(a.x(), ((Softmax) layer).dimension() + 1)),
            Map.entry("ScaledDotProductAttention", (layer, a) -> attention((ScaledDotProductAttention) layer, a)),
            Map.entry("Softmax2d", (layer, a) -> Functional.softmax(a.x(), 1)),
            Map.entry("LogSoftmax", (layer, a) -> Functional.logSoftmax(a.x(), ((LogSoftmax) layer).dimension() + 1)),
            Map.entry("Softmin", (layer, a) -> Functional.softmin(a.x(), ((Softmin) layer).dimension() + 1)),
            Map.entry("BatchNorm1d", PlainFunctions::batchNorm),
            Map.entry("BatchNorm2d", PlainFunctions::batchNorm),
            Map.entry("BatchNorm3d", PlainFunctions::batchNorm),
            Map.entry("InstanceNorm1d", PlainFunctions::instanceNorm),
            Map.entry("InstanceNorm2d", PlainFunctions::instanceNorm),
            Map.entry("InstanceNorm3d", PlainFunctions::instanceNorm),
            Map.entry("GroupNorm", (layer, a) -> {
                GroupNorm norm = (GroupNorm) layer;
                return Functional.groupNorm(a.x(), norm.groups(), a.weight(), a.bias(), norm.eps());
            }),
            Map.entry("LayerNorm", (layer, a) -> {
                LayerNorm norm = (LayerNorm) layer;
                return Functional.layerNorm(a.x(), norm.parameter().toArray(), a.weight(), a.bias(), norm.eps());
            }),
            Map.entry("RMSNorm", (layer, a) -> {
                RMSNorm norm = (RMSNorm) layer;
                double eps = norm.eps() == null ? Math.ulp(1f) : norm.eps();
                return Functional.rmsNorm(a.x(), norm.parameter().toArray(), a.weight(), eps);
            }),
            Map.entry("LocalResponseNorm", (layer, a) -> {
                LocalResponseNorm norm = (LocalResponseNorm) layer;
                return Functional.localResponseNorm(a.x(), norm.size(), norm.alpha(), norm.beta(), norm.k());
            }),
            Map.entry("LpNormalize", (layer, a) -> {
                LpNormalize norm = (LpNormalize) layer;
                return Functional.normalize(a.x(), norm.p(), norm.dimension() + 1, norm.eps());
            }),
            Map.entry("CosineSimilarity", (layer, a) -> {
                CosineSimilarity cosine = (CosineSimilarity) layer;
                return Functional.cosineSimilarity(a.x(), a.inputs().get(1), cosine.dimension() + 1, cosine.eps());
            }),
            Map.entry("PairwiseDistance", (layer, a) -> {
                PairwiseDistance distance = (PairwiseDistance) layer;
                return Functional.pairwiseDistance(
                        a.x(), a.inputs().get(1), distance.p(), distance.eps(), distance.keepdim());
            }));

    private PlainFunctions() {}

    /** The layers that have one. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(RULES.keySet());
        for (String pad : List.of("ReflectionPad", "ReplicationPad", "ZeroPad", "ConstantPad", "CircularPad")) {
            for (int axes = 1; axes <= 3; axes++) {
                names.add(pad + axes + "d");
            }
        }
        names.add("Pad");
        return names;
    }

    /**
     * The output of a layer by its function.
     *
     * @param shapes of one sample of each input
     * @return nothing where the layer has no function, or has running statistics of its own to normalise by
     */
    public static Optional<Tensor> of(Layer layer, List<Shape> shapes, Call call) {
        Rule rule = layer instanceof Pad ? PlainFunctions::pad : RULES.get(layer.name());
        if (rule == null || layer instanceof InstanceNorm norm && norm.track()) {
            return Optional.empty();
        }
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < call.inputs().size(); i++) {
            inputs.add(tensor(call.inputs().get(i), batch(call.samples(), shapes.get(i))));
        }
        Map<String, Tensor> state = new HashMap<>();
        layer.parameters()
                .forEach(parameter -> state.put(
                        parameter.name(),
                        tensor(
                                call.state().get(parameter.name()),
                                parameter.shape().toArray())));
        return Optional.ofNullable(rule.apply(layer, new Arguments(inputs, state)));
    }

    private static int[] batch(int samples, Shape sample) {
        int[] shape = new int[sample.rank() + 1];
        shape[0] = samples;
        System.arraycopy(sample.toArray(), 0, shape, 1, sample.rank());
        return shape;
    }

    static Tensor tensor(double[] values, int... shape) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, shape);
    }

    private static Tensor longs(Tensor indices) {
        float[] values = indices.toArray();
        long[] longs = new long[values.length];
        Arrays.setAll(longs, i -> (long) values[i]);
        return Tensor.ofLongs(longs, indices.shape());
    }

    static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Tensor pad(Layer layer, Arguments a) {
        Pad pad = (Pad) layer;
        return Functional.pad(a.x(), ints(pad.padding()), word(pad.mode()), pad.value());
    }

    /** A mask has the batch before it, and sizes of 1 behind that where it has fewer dimensions. */
    private static Tensor attention(ScaledDotProductAttention layer, Arguments a) {
        int given = a.inputs().size() - layer.limits().size();
        Tensor mask = given < 4 ? null : whole(a.inputs().get(3), a.x().shape().length);
        if (!layer.limits().isEmpty()) {
            mask = hidden(
                    mask, a.x().shape(), a.inputs().get(1).shape(), a.inputs().get(given));
        }
        return Functional.scaledDotProductAttention(
                a.x(), a.inputs().get(1), a.inputs().get(2), mask, layer.causal(), layer.scale());
    }

    /** With as many dimensions as are told, samples first. */
    private static Tensor whole(Tensor mask, int rank) {
        int[] whole = new int[rank];
        Arrays.fill(whole, 1);
        int[] shape = mask.shape();
        System.arraycopy(shape, 1, whole, rank - shape.length + 1, shape.length - 1);
        whole[0] = shape[0];
        return Tensor.of(mask.toArray(), whole);
    }

    /** Minus infinity for keys beyond their sample, which the function takes as a mask; else what is added, or 0. */
    private static Tensor hidden(Tensor mask, int[] queries, int[] keys, Tensor lengths) {
        int rank = queries.length;
        int rows = mask == null ? 1 : mask.shape()[rank - 2];
        int columns = mask == null ? 1 : mask.shape()[rank - 1];
        int[] shape = new int[rank];
        Arrays.fill(shape, 1);
        shape[0] = queries[0];
        shape[rank - 2] = queries[rank - 2];
        shape[rank - 1] = keys[rank - 2];
        int each = shape[rank - 2] * shape[rank - 1];
        float[] all = new float[shape[0] * each];
        for (int i = 0; i < all.length; i++) {
            int key = i % shape[rank - 1];
            int row = i / shape[rank - 1] % shape[rank - 2] % rows;
            float added = mask == null ? 0 : mask.toArray()[(i / each * rows + row) * columns + key % columns];
            all[i] = key < lengths.toArray()[i / each] ? added : Float.NEGATIVE_INFINITY;
        }
        return Tensor.of(all, shape);
    }

    private static Tensor interpolate(Layer layer, Arguments a) {
        Upsample upsample = (Upsample) layer;
        String mode = word(upsample.mode());
        return upsample.size().isEmpty()
                ? Functional.interpolate(
                        a.x(),
                        upsample.scaleFactor().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray(),
                        mode,
                        upsample.alignCorners())
                : Functional.interpolate(a.x(), ints(upsample.size()), mode, upsample.alignCorners());
    }

    private static Tensor batchNorm(Layer layer, Arguments a) {
        return Functional.batchNorm(
                a.x(),
                a.state().get("running_mean"),
                a.state().get("running_var"),
                a.weight(),
                a.bias(),
                ((BatchNorm) layer).eps());
    }

    private static Tensor instanceNorm(Layer layer, Arguments a) {
        return Functional.instanceNorm(a.x(), a.weight(), a.bias(), ((InstanceNorm) layer).eps());
    }
}
