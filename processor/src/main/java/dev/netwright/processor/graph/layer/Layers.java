package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The catalogue of layers: an annotation's simple name and the factory of its operator. */
public final class Layers {
    /**
     * Makes a layer from an annotation's attributes and the shapes of its inputs, or says with a {@link
     * dev.netwright.processor.graph.LayerException} why not.
     */
    @FunctionalInterface
    public interface Factory {
        Layer create(Attributes attributes, List<Shape> inputs);
    }

    private static final Map<String, Factory> CATALOGUE = Map.ofEntries(
            Map.entry("Conv1d", (a, inputs) -> Conv.create(a, inputs, 1)),
            Map.entry("Conv2d", (a, inputs) -> Conv.create(a, inputs, 2)),
            Map.entry("Conv3d", (a, inputs) -> Conv.create(a, inputs, 3)),
            Map.entry("ConvTranspose1d", (a, inputs) -> ConvTranspose.create(a, inputs, 1)),
            Map.entry("ConvTranspose2d", (a, inputs) -> ConvTranspose.create(a, inputs, 2)),
            Map.entry("ConvTranspose3d", (a, inputs) -> ConvTranspose.create(a, inputs, 3)),
            Map.entry("Linear", Linear::create),
            Map.entry("Embedding", Embedding::create),
            Map.entry("EmbeddingBag", EmbeddingBag::create),
            Map.entry("ReLU", ReLU::create),
            Map.entry("BatchNorm1d", (a, inputs) -> BatchNorm.create(a, inputs, 1)),
            Map.entry("BatchNorm2d", (a, inputs) -> BatchNorm.create(a, inputs, 2)),
            Map.entry("BatchNorm3d", (a, inputs) -> BatchNorm.create(a, inputs, 3)),
            Map.entry("MaxPool1d", (a, inputs) -> MaxPool.create(a, inputs, 1)),
            Map.entry("MaxPool2d", (a, inputs) -> MaxPool.create(a, inputs, 2)),
            Map.entry("MaxPool3d", (a, inputs) -> MaxPool.create(a, inputs, 3)),
            Map.entry("AvgPool1d", (a, inputs) -> AvgPool.create(a, inputs, 1)),
            Map.entry("AvgPool2d", (a, inputs) -> AvgPool.create(a, inputs, 2)),
            Map.entry("AvgPool3d", (a, inputs) -> AvgPool.create(a, inputs, 3)),
            Map.entry("AdaptiveAvgPool1d", (a, inputs) -> AdaptiveAvgPool.create(a, inputs, 1)),
            Map.entry("AdaptiveAvgPool2d", (a, inputs) -> AdaptiveAvgPool.create(a, inputs, 2)),
            Map.entry("AdaptiveAvgPool3d", (a, inputs) -> AdaptiveAvgPool.create(a, inputs, 3)),
            Map.entry("AdaptiveMaxPool1d", (a, inputs) -> AdaptiveMaxPool.create(a, inputs, 1)),
            Map.entry("AdaptiveMaxPool2d", (a, inputs) -> AdaptiveMaxPool.create(a, inputs, 2)),
            Map.entry("AdaptiveMaxPool3d", (a, inputs) -> AdaptiveMaxPool.create(a, inputs, 3)),
            Map.entry("FractionalMaxPool2d", (a, inputs) -> FractionalMaxPool.create(a, inputs, 2)),
            Map.entry("FractionalMaxPool3d", (a, inputs) -> FractionalMaxPool.create(a, inputs, 3)),
            Map.entry("MaxUnpool1d", (a, inputs) -> MaxUnpool.create(a, inputs, 1)),
            Map.entry("MaxUnpool2d", (a, inputs) -> MaxUnpool.create(a, inputs, 2)),
            Map.entry("MaxUnpool3d", (a, inputs) -> MaxUnpool.create(a, inputs, 3)),
            Map.entry("LPPool1d", (a, inputs) -> LPPool.create(a, inputs, 1)),
            Map.entry("LPPool2d", (a, inputs) -> LPPool.create(a, inputs, 2)),
            Map.entry("LPPool3d", (a, inputs) -> LPPool.create(a, inputs, 3)),
            Map.entry("Upsample", Upsample::create),
            Map.entry("UpsamplingNearest2d", (a, inputs) -> Upsample.create(a, inputs, "UpsamplingNearest2d")),
            Map.entry("UpsamplingBilinear2d", (a, inputs) -> Upsample.create(a, inputs, "UpsamplingBilinear2d")),
            Map.entry("PixelShuffle", PixelShuffle::larger),
            Map.entry("PixelUnshuffle", PixelShuffle::smaller),
            Map.entry("Unfold", Unfold::create),
            Map.entry("Fold", Fold::create),
            Map.entry("ReLU6", ReLU6::create),
            Map.entry("LeakyReLU", LeakyReLU::create),
            Map.entry("Sigmoid", Sigmoid::create),
            Map.entry("Tanh", Tanh::create),
            Map.entry("SiLU", SiLU::create),
            Map.entry("GELU", GELU::create),
            Map.entry("Softmax", Softmax::create),
            Map.entry("LogSoftmax", LogSoftmax::create),
            Map.entry("Dropout", Dropout::create),
            Map.entry("Dropout1d", (a, inputs) -> ChannelDropout.create(a, inputs, 1)),
            Map.entry("Dropout2d", (a, inputs) -> ChannelDropout.create(a, inputs, 2)),
            Map.entry("Dropout3d", (a, inputs) -> ChannelDropout.create(a, inputs, 3)),
            Map.entry("AlphaDropout", (a, inputs) -> AlphaDropout.create(a, inputs, false)),
            Map.entry("FeatureAlphaDropout", (a, inputs) -> AlphaDropout.create(a, inputs, true)),
            Map.entry("StochasticDepth", StochasticDepth::create),
            Map.entry("Flatten", Flatten::create),
            Map.entry("Identity", Identity::create),
            Map.entry("Pad", Pad::create),
            Map.entry("ReflectionPad1d", (a, inputs) -> Pad.create(a, inputs, "ReflectionPad", 1)),
            Map.entry("ReflectionPad2d", (a, inputs) -> Pad.create(a, inputs, "ReflectionPad", 2)),
            Map.entry("ReflectionPad3d", (a, inputs) -> Pad.create(a, inputs, "ReflectionPad", 3)),
            Map.entry("ReplicationPad1d", (a, inputs) -> Pad.create(a, inputs, "ReplicationPad", 1)),
            Map.entry("ReplicationPad2d", (a, inputs) -> Pad.create(a, inputs, "ReplicationPad", 2)),
            Map.entry("ReplicationPad3d", (a, inputs) -> Pad.create(a, inputs, "ReplicationPad", 3)),
            Map.entry("ZeroPad1d", (a, inputs) -> Pad.create(a, inputs, "ZeroPad", 1)),
            Map.entry("ZeroPad2d", (a, inputs) -> Pad.create(a, inputs, "ZeroPad", 2)),
            Map.entry("ZeroPad3d", (a, inputs) -> Pad.create(a, inputs, "ZeroPad", 3)),
            Map.entry("ConstantPad1d", (a, inputs) -> Pad.create(a, inputs, "ConstantPad", 1)),
            Map.entry("ConstantPad2d", (a, inputs) -> Pad.create(a, inputs, "ConstantPad", 2)),
            Map.entry("ConstantPad3d", (a, inputs) -> Pad.create(a, inputs, "ConstantPad", 3)),
            Map.entry("CircularPad1d", (a, inputs) -> Pad.create(a, inputs, "CircularPad", 1)),
            Map.entry("CircularPad2d", (a, inputs) -> Pad.create(a, inputs, "CircularPad", 2)),
            Map.entry("CircularPad3d", (a, inputs) -> Pad.create(a, inputs, "CircularPad", 3)),
            Map.entry("ChannelShuffle", ChannelShuffle::create),
            Map.entry("Permute", Permute::create),
            Map.entry("Slice", Slice::create),
            Map.entry("Chunk", Chunk::create),
            Map.entry("Normalize", Normalize::create),
            Map.entry("Add", Add::create),
            Map.entry("Mul", Mul::create),
            Map.entry("MatMul", MatMul::create),
            Map.entry("Bilinear", Bilinear::create),
            Map.entry("Unflatten", Unflatten::create),
            Map.entry("Expand", Expand::create),
            Map.entry("Clamp", Clamp::create),
            Map.entry("CosineSimilarity", CosineSimilarity::create),
            Map.entry("Div", (a, inputs) -> ElementPair.create(a, inputs, ElementPair.Kind.DIV)),
            Map.entry("InstanceNorm1d", (a, inputs) -> InstanceNorm.create(a, inputs, 1)),
            Map.entry("InstanceNorm2d", (a, inputs) -> InstanceNorm.create(a, inputs, 2)),
            Map.entry("InstanceNorm3d", (a, inputs) -> InstanceNorm.create(a, inputs, 3)),
            Map.entry("LpNormalize", LpNormalize::create),
            Map.entry("Max", (a, inputs) -> Reduction.create(a, inputs, Reduction.Kind.MAX)),
            Map.entry("Maximum", (a, inputs) -> ElementPair.create(a, inputs, ElementPair.Kind.MAXIMUM)),
            Map.entry("Mean", (a, inputs) -> Reduction.create(a, inputs, Reduction.Kind.MEAN)),
            Map.entry("Min", (a, inputs) -> Reduction.create(a, inputs, Reduction.Kind.MIN)),
            Map.entry("Minimum", (a, inputs) -> ElementPair.create(a, inputs, ElementPair.Kind.MINIMUM)),
            Map.entry("OneHot", OneHot::create),
            Map.entry("PairwiseDistance", PairwiseDistance::create),
            Map.entry("Power", Power::create),
            Map.entry("RMSNorm", RMSNorm::create),
            Map.entry("Sub", (a, inputs) -> ElementPair.create(a, inputs, ElementPair.Kind.SUB)),
            Map.entry("Sum", (a, inputs) -> Reduction.create(a, inputs, Reduction.Kind.SUM)),
            Map.entry("Concat", Concat::create),
            Map.entry("Hardswish", Hardswish::create),
            Map.entry("Hardsigmoid", Hardsigmoid::create),
            Map.entry("CELU", CELU::create),
            Map.entry("ELU", ELU::create),
            Map.entry("GLU", GLU::create),
            Map.entry("Hardshrink", Hardshrink::create),
            Map.entry("Hardtanh", Hardtanh::create),
            Map.entry("LogSigmoid", LogSigmoid::create),
            Map.entry("Mish", Mish::create),
            Map.entry("MultiheadAttention", MultiheadAttention::create),
            Map.entry("RReLU", RReLU::create),
            Map.entry("SELU", SELU::create),
            Map.entry("ScaledDotProductAttention", ScaledDotProductAttention::create),
            Map.entry("Softmax2d", Softmax2d::create),
            Map.entry("Softmin", Softmin::create),
            Map.entry("Softplus", Softplus::create),
            Map.entry("Softshrink", Softshrink::create),
            Map.entry("Softsign", Softsign::create),
            Map.entry("Tanhshrink", Tanhshrink::create),
            Map.entry("Threshold", Threshold::create),
            Map.entry("TransformerDecoderLayer", Transformer::decoder),
            Map.entry("TransformerEncoderLayer", Transformer::encoder),
            Map.entry("PReLU", PReLU::create),
            Map.entry("GroupNorm", GroupNorm::create),
            Map.entry("LocalResponseNorm", LocalResponseNorm::create),
            Map.entry("LayerNorm", LayerNorm::create),
            Map.entry("LayerNorm2d", LayerNorm2d::create),
            Map.entry("Parameter", BareParameter::create),
            Map.entry("Custom", Custom::create));

    private Layers() {}

    public static Set<String> names() {
        return CATALOGUE.keySet();
    }

    public static Factory factory(String annotation) {
        return CATALOGUE.get(annotation);
    }
}
