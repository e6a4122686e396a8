package dev.netwright.processor.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import dev.netwright.processor.graph.layer.Dropping;
import dev.netwright.processor.graph.layer.FractionalMaxPool;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.layer.RReLU;
import dev.netwright.processor.graph.layer.RowReader;
import dev.netwright.processor.reference.AnnotationAttributes;
import dev.netwright.processor.reference.FiniteDifferences;
import dev.netwright.processor.reference.OuterProduct;
import dev.netwright.processor.reference.ReferenceCustom;
import dev.netwright.processor.reference.ReferenceInterpreter;
import dev.netwright.processor.reference.ReferenceInterpreter.Feed;
import dev.netwright.processor.reference.ReferenceRows;
import dev.netwright.processor.reference.SphereNorm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each layer's primitives, forward and backward, against the reference and its finite differences. */
class LowerTest {
    private static final int SAMPLES = 3;

    private static final Shape IMAGE = Shape.of(3, 5, 7);
    private static final Shape SEQUENCE = Shape.of(3, 9);
    private static final Shape VOLUME = Shape.of(2, 3, 4, 5);

    static List<Arguments> layers() {
        return List.of(
                layer("MaxPool2d", Map.of("kernelSize", 2)),
                layer("MaxPool2d", Map.of("kernelSize", List.of(3, 2), "stride", 1, "padding", 1, "dilation", 2)),
                layer("MaxPool2d", Map.of("kernelSize", 3, "stride", 2, "padding", 1, "ceilMode", true)),
                layer("AvgPool2d", Map.of("kernelSize", 3, "stride", 2, "padding", 1, "ceilMode", true)),
                layer("AvgPool2d", Map.of("kernelSize", 2, "padding", 1, "countIncludePad", false)),
                layer("AvgPool2d", Map.of("kernelSize", List.of(2, 3), "divisorOverride", 5)),
                layer("AdaptiveAvgPool2d", Map.of("outputSize", List.of(2, 3))),
                layer("AdaptiveAvgPool2d", Map.of("outputSize", List.of(7, -1_000_003))),
                layer("AdaptiveAvgPool2d", Map.of("outputSize", 1)),
                layer("AdaptiveAvgPool2d", Map.of("outputSize", 9)),
                layer("AdaptiveAvgPool2d", Map.of("outputSize", 7), Shape.of(3, 1, 1)),
                layer("AdaptiveMaxPool2d", Map.of("outputSize", List.of(2, 3))),
                layer("AdaptiveMaxPool2d", Map.of("outputSize", List.of(9, 8))),
                layer("AdaptiveMaxPool2d", Map.of("outputSize", 7), Shape.of(3, 1, 1)),
                layer("AdaptiveMaxPool2d", Map.of("outputSize", 1)),
                layer("Upsample", Map.of("scaleFactor", 2.0)),
                layer("Upsample", Map.of("size", List.of(3, 10))),
                layer("Upsample", Map.of("scaleFactor", List.of(2.5, 0.5), "mode", "BILINEAR")),
                layer("Upsample", Map.of("size", List.of(9, 3), "mode", "BILINEAR", "alignCorners", true)),
                layer("Upsample", Map.of("scaleFactor", 1.0)),
                layer("Upsample", Map.of("size", List.of(7, 4), "mode", "BICUBIC")),
                layer("Upsample", Map.of("size", List.of(8, 9), "mode", "BICUBIC", "alignCorners", true)),
                layer("Upsample", Map.of("scaleFactor", 1.5, "mode", "LINEAR"), SEQUENCE),
                layer("Upsample", Map.of("size", 20), SEQUENCE),
                layer("Upsample", Map.of("size", List.of(4, 2, 5), "mode", "TRILINEAR"), VOLUME),
                layer("Upsample", Map.of("scaleFactor", List.of(1.0, 2.0, 1.5)), VOLUME),
                layer("UpsamplingNearest2d", Map.of("size", List.of(3, 10))),
                layer("UpsamplingBilinear2d", Map.of("scaleFactor", 2.0)),
                layer("PixelShuffle", Map.of("upscaleFactor", 2), Shape.of(8, 2, 3)),
                layer("PixelUnshuffle", Map.of("downscaleFactor", 3), Shape.of(2, 6, 3)),
                layer("Unfold", Map.of("kernelSize", List.of(3, 2), "padding", List.of(1, 0), "stride", 2)),
                layer("Unfold", Map.of("kernelSize", 2, "dilation", List.of(1, 3), "padding", 1)),
                layer("Unfold", Map.of("kernelSize", 1)),
                layer("Fold", Map.of("outputSize", List.of(3, 4), "kernelSize", 2), Shape.of(8, 6)),
                layer(
                        "Fold",
                        Map.of(
                                "outputSize",
                                List.of(5, 7),
                                "kernelSize",
                                List.of(3, 2),
                                "dilation",
                                List.of(1, 2),
                                "padding",
                                List.of(2, 1),
                                "stride",
                                List.of(2, 3)),
                        Shape.of(6, 12)),
                layer(
                        "MaxUnpool2d",
                        Map.of("kernelSize", 2, "outputSize", List.of(5, 7), "indices", pool(IMAGE, 2, 0)),
                        Shape.of(3, 2, 3),
                        IMAGE),
                layer(
                        "MaxUnpool1d",
                        Map.of("kernelSize", 3, "padding", 1, "outputSize", 9, "indices", pool(SEQUENCE, 3, 1)),
                        Shape.of(3, 3),
                        SEQUENCE),
                layer(
                        "MaxUnpool3d",
                        Map.of("kernelSize", 2, "outputSize", List.of(3, 4, 5), "indices", pool(VOLUME, 2, 0)),
                        Shape.of(2, 1, 2, 2),
                        VOLUME),
                layer("FractionalMaxPool2d", Map.of("kernelSize", 2, "outputSize", List.of(3, 4))),
                layer("FractionalMaxPool2d", Map.of("kernelSize", List.of(5, 3), "outputRatio", List.of(0.3, 0.5))),
                layer("FractionalMaxPool2d", Map.of("kernelSize", 1, "outputSize", List.of(5, 1))),
                layer("FractionalMaxPool3d", Map.of("kernelSize", List.of(1, 2, 3), "outputSize", 2), VOLUME),
                layer("FractionalMaxPool3d", Map.of("kernelSize", 2, "outputRatio", 0.8), VOLUME),
                layer("LPPool3d", Map.of("normType", 2.0, "kernelSize", 2, "ceilMode", true), VOLUME),
                layer("LPPool1d", Map.of("normType", 2.0, "kernelSize", 4, "stride", 3, "ceilMode", true), SEQUENCE),
                layer("LPPool2d", Map.of("normType", 4.0, "kernelSize", List.of(2, 3), "stride", 1)),
                layer("LPPool2d", Map.of("normType", 2.0, "kernelSize", 3, "stride", 2, "ceilMode", true)),
                layer("BatchNorm2d", Map.of()),
                layer("BatchNorm2d", Map.of("trackRunningStats", false, "bias", false)),
                layer("BatchNorm2d", Map.of("affine", false)),
                layer("MaxPool1d", Map.of("kernelSize", 3, "stride", 2, "padding", 1, "ceilMode", true), SEQUENCE),
                layer("MaxPool1d", Map.of("kernelSize", 2, "dilation", 3), SEQUENCE),
                layer("AvgPool1d", Map.of("kernelSize", 4, "stride", 3, "padding", 2, "ceilMode", true), SEQUENCE),
                layer("AvgPool1d", Map.of("kernelSize", 2, "padding", 1, "countIncludePad", false), SEQUENCE),
                layer("AdaptiveAvgPool1d", Map.of("outputSize", 4), SEQUENCE),
                layer("AdaptiveMaxPool1d", Map.of("outputSize", 11), SEQUENCE),
                layer("MaxPool3d", Map.of("kernelSize", 2), VOLUME),
                layer(
                        "MaxPool3d",
                        Map.of("kernelSize", List.of(2, 3, 2), "stride", 1, "padding", 1, "ceilMode", true),
                        VOLUME),
                layer("MaxPool3d", Map.of("kernelSize", 2, "dilation", List.of(2, 1, 3)), VOLUME),
                layer("AvgPool3d", Map.of("kernelSize", 3, "stride", 2, "padding", 1, "ceilMode", true), VOLUME),
                layer(
                        "AvgPool3d",
                        Map.of("kernelSize", List.of(1, 2, 3), "padding", List.of(0, 1, 1), "countIncludePad", false),
                        VOLUME),
                layer("AvgPool3d", Map.of("kernelSize", 2, "divisorOverride", -3), VOLUME),
                layer("AdaptiveAvgPool3d", Map.of("outputSize", List.of(2, -1_000_003, 3)), VOLUME),
                layer("AdaptiveMaxPool3d", Map.of("outputSize", List.of(4, 3, 2)), VOLUME),
                layer("BatchNorm3d", Map.of(), VOLUME),
                layer("BatchNorm1d", Map.of("bias", false), SEQUENCE),
                layer("BatchNorm1d", Map.of(), Shape.of(5)),
                layer("GroupNorm", Map.of("numGroups", 3)),
                layer("GroupNorm", Map.of("numGroups", 1, "bias", false)),
                layer("LayerNorm", Map.of("normalizedShape", 7)),
                layer("LayerNorm", Map.of("normalizedShape", List.of(5, 7), "bias", false)),
                layer("LayerNorm", Map.of("normalizedShape", List.of(3, 5, 7), "elementwiseAffine", false)),
                layer("LayerNorm", Map.of("normalizedShape", 9, "eps", 0.1), Shape.of(9)),
                layer("LocalResponseNorm", Map.of("size", 1, "alpha", 0.5)),
                layer("LocalResponseNorm", Map.of("size", 2, "alpha", 0.5), Shape.of(4, 5)),
                layer("LocalResponseNorm", Map.of("size", 5, "alpha", 2.0, "beta", 0.5, "k", 1.5), Shape.of(6, 2, 3)),
                layer("LocalResponseNorm", Map.of("size", 4, "alpha", 2.0, "beta", 1.25), Shape.of(6, 2, 3)),
                layer("LocalResponseNorm", Map.of("size", 8, "alpha", 2.0, "beta", 1.0), Shape.of(6, 2, 3)),
                layer("Mean", Map.of("dim", List.of(2, -1))),
                layer("Sum", Map.of("dim", 1, "keepdim", true)),
                layer("Max", Map.of("dim", List.of(1, 3))),
                layer("Max", Map.of("dim", 2, "keepdim", true)),
                layer("Min", Map.of("dim", List.of(1, 2, 3))),
                layer("Sub", Map.of(), IMAGE, Shape.of(3, 1, 1)),
                layer("Div", Map.of(), Shape.of(1, 5, 7), Shape.of(3, 5, 1)),
                layer("Maximum", Map.of(), IMAGE, Shape.of(3, 5, 1)),
                layer("Minimum", Map.of(), IMAGE, IMAGE),
                layer("Power", Map.of("exponent", 3.0)),
                layer("Power", Map.of("exponent", -1.0)),
                layer("Power", Map.of("exponent", 5.0)),
                layer("Power", Map.of("exponent", 0.0)),
                layer("Clamp", Map.of("min", -0.5, "max", 0.75)),
                layer("Clamp", Map.of("max", 0.25)),
                layer("LpNormalize", Map.of()),
                layer("LpNormalize", Map.of("p", 1.0, "dim", -1)),
                layer("LpNormalize", Map.of("p", 3.0, "dim", 2, "eps", 1.5)),
                layer("LpNormalize", Map.of("p", Double.POSITIVE_INFINITY)),
                layer("OneHot", Map.of("numClasses", 4), Shape.of(3, 2)),
                layer("RMSNorm", Map.of("normalizedShape", 7)),
                layer("RMSNorm", Map.of("normalizedShape", List.of(5, 7), "eps", 0.1, "elementwiseAffine", false)),
                layer("InstanceNorm1d", Map.of("affine", true), SEQUENCE),
                layer("InstanceNorm2d", Map.of("eps", 0.1)),
                layer("InstanceNorm2d", Map.of("affine", true, "trackRunningStats", true, "momentum", 0.3)),
                layer("InstanceNorm3d", Map.of(), Shape.of(2, 3, 2, 4)),
                layer("CosineSimilarity", Map.of(), IMAGE, Shape.of(3, 1, 7)),
                layer("CosineSimilarity", Map.of("dim", -1, "eps", 3.0), IMAGE, IMAGE),
                layer("PairwiseDistance", Map.of(), IMAGE, Shape.of(1, 5, 7)),
                layer("PairwiseDistance", Map.of("p", 1.0, "keepdim", true), Shape.of(7), Shape.of(7)),
                layer("PairwiseDistance", Map.of("p", 2.5, "eps", 0.1), IMAGE, IMAGE),
                layer("PairwiseDistance", Map.of("p", Double.POSITIVE_INFINITY), IMAGE, IMAGE),
                layer("LayerNorm2d", Map.of()),
                layer("LayerNorm2d", Map.of("bias", false, "eps", 1e-6)),
                layer("PReLU", Map.of()),
                layer("PReLU", Map.of("numParameters", 3)),
                layer("Hardswish", Map.of()),
                layer("Hardsigmoid", Map.of()),
                layer("CELU", Map.of("alpha", 0.5)),
                layer("CELU", Map.of("alpha", -1.5)),
                layer("ELU", Map.of()),
                layer("ELU", Map.of("alpha", 2.5)),
                layer("GLU", Map.of("dim", 2), Shape.of(3, 6, 7)),
                layer("GLU", Map.of(), Shape.of(10)),
                layer("Hardshrink", Map.of()),
                layer("Hardtanh", Map.of("minVal", -0.5, "maxVal", 1.5)),
                layer("LogSigmoid", Map.of()),
                layer("Mish", Map.of()),
                layer("SELU", Map.of()),
                layer("Softmax2d", Map.of()),
                layer("Softmin", Map.of("dim", 2)),
                layer("Softplus", Map.of()),
                layer("Softplus", Map.of("beta", -2.0, "threshold", 1.5)),
                layer("Softshrink", Map.of("lambd", 0.25)),
                layer("Softsign", Map.of()),
                layer("Tanhshrink", Map.of()),
                layer("Threshold", Map.of("threshold", 0.25, "value", -1.5)),
                layer("Normalize", Map.of("mean", 0.5, "std", -0.25)),
                layer("Normalize", Map.of("mean", List.of(0.5, -1.0, 0.1), "std", List.of(0.2, 3.0, 1.0))),
                layer("Normalize", Map.of("mean", List.of(0.5, -1.0, 0.1), "std", 0.3)),
                layer("ReLU", Map.of()),
                layer("ReLU6", Map.of()),
                layer("LeakyReLU", Map.of("negativeSlope", 0.2)),
                layer("LeakyReLU", Map.of("negativeSlope", -0.5)),
                layer("Sigmoid", Map.of()),
                layer("Tanh", Map.of()),
                layer("SiLU", Map.of()),
                layer("GELU", Map.of()),
                layer("GELU", Map.of("approximate", "TANH")),
                layer("Softmax", Map.of("dim", 1)),
                layer("Softmax", Map.of("dim", -1)),
                layer("LogSoftmax", Map.of("dim", 2)),
                layer("Dropout", Map.of("p", 0.25)),
                layer("Dropout", Map.of("p", 0.0)),
                layer("Dropout", Map.of("p", 1.0)),
                layer("Embedding", Map.of("numEmbeddings", 7, "embeddingDim", 3), SEQUENCE),
                layer("Embedding", Map.of("numEmbeddings", 2, "embeddingDim", 5), Shape.of(4)),
                layer("EmbeddingBag", Map.of("numEmbeddings", 7, "embeddingDim", 3), Shape.of(4)),
                layer(
                        "Embedding",
                        Map.of("numEmbeddings", 3, "embeddingDim", 4, "scaleGradByFreq", true),
                        Shape.of(2, 3)),
                layer("EmbeddingBag", with(bag("MEAN", 0), "scaleGradByFreq", true), Shape.of(4)),
                layer("EmbeddingBag", with(bag("SUM", 1), "perSampleWeights", "x1"), Shape.of(4), Shape.of(4)),
                layer(
                        "EmbeddingBag",
                        with(
                                Map.of("numEmbeddings", 3, "embeddingDim", 2, "mode", "SUM", "scaleGradByFreq", true),
                                "perSampleWeights",
                                "x1"),
                        Shape.of(3),
                        Shape.of(3)),
                layer("EmbeddingBag", bag("SUM", 1), Shape.of(4)),
                layer("EmbeddingBag", bag("MEAN", 0), Shape.of(2)),
                layer("EmbeddingBag", bag("MAX", 0), Shape.of(3)),
                layer("EmbeddingBag", Map.of("numEmbeddings", 5, "embeddingDim", 3, "mode", "MAX"), Shape.of(3)),
                layer("Dropout1d", Map.of("p", 0.25), SEQUENCE),
                layer("Dropout2d", Map.of("p", 0.5)),
                layer("AlphaDropout", Map.of("p", 0.25)),
                layer("AlphaDropout", Map.of("p", 1.0)),
                layer("FeatureAlphaDropout", Map.of("p", 0.5)),
                layer("RReLU", Map.of()),
                layer("RReLU", Map.of("lower", -0.5, "upper", 1.5)),
                layer("RReLU", Map.of("lower", 0.25, "upper", 0.25)),
                layer("StochasticDepth", Map.of("p", 0.25, "mode", "ROW")),
                layer("StochasticDepth", Map.of("p", 0.5, "mode", "BATCH")),
                layer("StochasticDepth", Map.of("p", 1.0, "mode", "ROW")),
                layer("Flatten", Map.of("startDim", 2)),
                layer("Identity", Map.of()),
                layer("Custom", Map.of("value", ReferenceCustom.operator(SphereNorm.class))),
                layer(
                        "Custom",
                        Map.of("value", ReferenceCustom.operator(OuterProduct.class), "output", List.of(7, 5)),
                        Shape.of(2, 3),
                        Shape.of(5)),
                layer("ChannelShuffle", Map.of("groups", 2), Shape.of(6, 5, 7)),
                layer("ChannelShuffle", Map.of("groups", 3), Shape.of(3, 4)),
                layer("Permute", Map.of("dims", List.of(0, 2, 3, 1))),
                layer("Permute", Map.of("dims", List.of(-4, -1, 2, 1))),
                layer("Slice", Map.of("start", 1)),
                layer("Slice", Map.of("dim", -1, "start", -5, "end", 6)),
                layer("Slice", Map.of("dim", 2)),
                layer("LastStep", Map.of()),
                layer("Chunk", Map.of("chunks", 2, "index", 1)),
                layer("Chunk", Map.of("chunks", 4, "dim", -1, "index", 3)),
                layer("Pad", Map.of("padding", List.of(1, -2, 0, 3, 2, 0), "value", 1.5)),
                layer("Pad", Map.of("padding", List.of(3, 4, 2, 1), "mode", "REFLECT")),
                layer("Pad", Map.of("padding", List.of(9, 1), "mode", "REPLICATE")),
                layer("Pad", Map.of("padding", List.of(7, 3, 5, 0), "mode", "CIRCULAR")),
                layer("Pad", Map.of("padding", List.of(0, 0))),
                layer("Pad", Map.of("padding", List.of(-2, 3, 1, -5), "mode", "REPLICATE")),
                layer("ReflectionPad1d", Map.of("padding", List.of(8, 3)), SEQUENCE),
                layer("ReflectionPad2d", Map.of("padding", 4)),
                layer("ReflectionPad3d", Map.of("padding", List.of(3, 0, 1, 2, 2, 1)), VOLUME),
                layer("ReplicationPad1d", Map.of("padding", List.of(-9, 3)), SEQUENCE),
                layer("ReplicationPad2d", Map.of("padding", List.of(1, -2, -1, 2))),
                layer("ReplicationPad3d", Map.of("padding", List.of(1, 3, -1, 0, 2, -2)), VOLUME),
                layer("ZeroPad1d", Map.of("padding", List.of(-2, 3)), SEQUENCE),
                layer("ZeroPad2d", Map.of("padding", 2)),
                layer("ZeroPad3d", Map.of("padding", List.of(1, -1, 0, 2, 1, 0)), VOLUME),
                layer("ConstantPad1d", Map.of("padding", 1, "value", -1.5), SEQUENCE),
                layer("ConstantPad2d", Map.of("padding", List.of(0, 2, -3, 1), "value", 0.5)),
                layer("ConstantPad3d", Map.of("padding", List.of(1, -1, 0, 2, 1, 0), "value", 3.0), VOLUME),
                layer("CircularPad1d", Map.of("padding", List.of(9, 4)), SEQUENCE),
                layer("CircularPad2d", Map.of("padding", List.of(7, 0, 3, 5))),
                layer("CircularPad3d", Map.of("padding", List.of(4, 1, 0, 3, 2, 1)), VOLUME),
                layer("Add", Map.of(), IMAGE, IMAGE, IMAGE),
                layer("Mul", Map.of(), IMAGE, IMAGE),
                layer("Mul", Map.of(), IMAGE, IMAGE, IMAGE),
                layer("Add", Map.of(), IMAGE, Shape.of(3, 1, 1)),
                layer("Add", Map.of(), Shape.of(3, 1, 7), IMAGE, Shape.of(3, 1, 7), Shape.of(1, 1, 1)),
                layer("Add", Map.of(), Shape.of(1, 5, 1), Shape.of(3, 1, 7)),
                layer("Mul", Map.of(), IMAGE, Shape.of(3, 1, 1)),
                layer("Mul", Map.of(), Shape.of(1, 5, 7), IMAGE, Shape.of(1, 1, 7)),
                layer("Mul", Map.of(), Shape.of(1, 5, 1), Shape.of(3, 1, 7)),
                layer("Mul", Map.of(), Shape.of(1), Shape.of(7), Shape.of(1)),
                layer("Linear", Map.of("outFeatures", 4)),
                layer("Linear", Map.of("outFeatures", 2, "bias", false), Shape.of(3)),
                layer("ScaledDotProductAttention", Map.of(), Shape.of(2, 4, 3), Shape.of(1, 5, 3), Shape.of(2, 5, 2)),
                layer(
                        "ScaledDotProductAttention",
                        Map.of("isCausal", true, "scale", 0.7),
                        Shape.of(4, 3),
                        Shape.of(5, 3),
                        Shape.of(5, 3),
                        Shape.of(5)),
                layer("MultiheadAttention", Map.of("numHeads", 2, "isCausal", true), Shape.of(3, 4)),
                layer("MultiheadAttention", Map.of("numHeads", 2), Shape.of(3, 4), Shape.of(2, 3, 3)),
                layer(
                        "MultiheadAttention",
                        Map.of("numHeads", 2, "addBiasKv", true, "addZeroAttn", true, "isCausal", true),
                        Shape.of(3, 4),
                        Shape.of(2, 4),
                        Shape.of(2, 4),
                        Shape.of(3, 1)),
                layer(
                        "MultiheadAttention",
                        Map.of("numHeads", 2, "addBiasKv", true),
                        Shape.of(3, 4),
                        Shape.of(2, 5),
                        Shape.of(2, 3)),
                layer(
                        "MultiheadAttention",
                        Map.of("numHeads", 1, "bias", false),
                        Shape.of(3, 4),
                        Shape.of(2, 4),
                        Shape.of(2, 3)),
                layer(
                        "TransformerEncoderLayer",
                        Map.of("nhead", 2, "dimFeedforward", 5, "dropout", 0.0, "activation", "GELU"),
                        Shape.of(3, 4)),
                layer(
                        "TransformerEncoderLayer",
                        Map.of("nhead", 1, "dimFeedforward", 5, "dropout", 1.0, "normFirst", true, "bias", false),
                        Shape.of(3, 4),
                        Shape.of(3)),
                layer(
                        "TransformerDecoderLayer",
                        Map.of("nhead", 2, "dimFeedforward", 5, "dropout", 0.0, "isCausal", true),
                        Shape.of(3, 4),
                        Shape.of(2, 4)),
                layer(
                        "TransformerDecoderLayer",
                        Map.of("nhead", 4, "dimFeedforward", 5, "dropout", 0.0, "normFirst", true),
                        Shape.of(3, 4),
                        Shape.of(2, 4),
                        Shape.of(3, 3),
                        Shape.of(2)),
                layer("MatMul", Map.of(), Shape.of(4, 5), Shape.of(5, 3)),
                layer("MatMul", Map.of("transposeB", true), IMAGE, IMAGE),
                layer("MatMul", Map.of("transposeA", true), IMAGE, Shape.of(1, 5, 2)),
                layer(
                        "MatMul",
                        Map.of("transposeA", true, "transposeB", true),
                        Shape.of(2, 1, 4, 3),
                        Shape.of(1, 3, 2, 4)),
                layer("MatMul", Map.of(), Shape.of(1, 4, 1), Shape.of(3, 1, 2)),
                layer("LSTM", Map.of("hiddenSize", 3), Shape.of(4, 2)),
                layer(
                        "LSTM",
                        Map.of("hiddenSize", 3, "projSize", 2, "bidirectional", true, "numLayers", 2),
                        Shape.of(3, 2)),
                layer(
                        "LSTM",
                        Map.of("hiddenSize", 2, "bias", false, "initialState", List.of("x1", "x2")),
                        Shape.of(3, 2),
                        Shape.of(1, 2),
                        Shape.of(1, 2)),
                layer(
                        "GRU",
                        Map.of("hiddenSize", 3, "bidirectional", true, "initialState", List.of("x1")),
                        Shape.of(3, 2),
                        Shape.of(2, 3)),
                layer("RNN", Map.of("hiddenSize", 3, "numLayers", 2), Shape.of(4, 2)),
                layer("RNN", Map.of("hiddenSize", 3, "nonlinearity", "RELU"), Shape.of(4, 2)),
                layer("LSTMCell", Map.of("hiddenSize", 3), Shape.of(2)),
                layer("GRUCell", Map.of("hiddenSize", 3, "initialState", List.of("x1")), Shape.of(2), Shape.of(3)),
                layer("RNNCell", Map.of("hiddenSize", 3), Shape.of(2)),
                layer("Bilinear", Map.of("outFeatures", 4), Shape.of(2), Shape.of(3)),
                layer("Bilinear", Map.of("outFeatures", 1, "bias", false), Shape.of(2, 3, 1), Shape.of(2, 3, 4)),
                layer("Unflatten", Map.of("dim", -1, "unflattenedSize", List.of(2, -1, 3)), Shape.of(4, 6)),
                layer("Expand", Map.of("sizes", List.of(-1, 4, 5)), Shape.of(3, 1, 1)),
                layer("Expand", Map.of("sizes", List.of(3, 5, 7))),
                layer("Concat", Map.of(), IMAGE, Shape.of(2, 5, 7), IMAGE),
                layer("Concat", Map.of("dim", -1), IMAGE, Shape.of(3, 5, 1)));
    }

    private static Layer pool(Shape input, int kernelSize, int padding) {
        String annotation = "MaxPool" + (input.rank() - 1) + "d";
        return Layers.factory(annotation)
                .create(
                        AnnotationAttributes.of(annotation, Map.of("kernelSize", kernelSize, "padding", padding)),
                        List.of(input));
    }

    /** Of few rows, so that some samples name the padding alone. */
    private static Map<String, Object> bag(String mode, int padding) {
        return Map.of("numEmbeddings", 2, "embeddingDim", 3, "mode", mode, "paddingIdx", padding);
    }

    private static Map<String, Object> with(Map<String, Object> written, String attribute, Object value) {
        Map<String, Object> all = new HashMap<>(written);
        all.put(attribute, value);
        return all;
    }

    private static Arguments layer(String annotation, Map<String, Object> written, Shape... inputs) {
        return Arguments.of(annotation, written, inputs.length == 0 ? List.of(IMAGE) : List.of(inputs));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("layers")
    void primitivesComputeTheLayer(String annotation, Map<String, Object> written, List<Shape> inputs) {
        Network network = network(
                Layers.factory(annotation).create(AnnotationAttributes.of(annotation, written), inputs), inputs);
        double[] drawn = drawn(network);
        Feed feed = feed(network, drawn);
        for (boolean training : new boolean[] {false, true}) {
            Graph program = training
                    ? Lower.training(network, network.nextValue())
                    : Lower.inference(network, network.nextValue());
            double[] seed =
                    new double[SAMPLES * network.outputs().get(0).shape().elements()];
            ProgramInterpreter run = new ProgramInterpreter(SAMPLES, given(feed, drawn, seed));
            run.run(program);
            assertClose(
                    run.value(program.outputs().get(0)),
                    new ReferenceInterpreter(network, training)
                            .run(feed)
                            .values()
                            .get("layer"));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("layers")
    void primitivesComputeTheGradients(String annotation, Map<String, Object> written, List<Shape> inputs) {
        Network network = network(
                Layers.factory(annotation).create(AnnotationAttributes.of(annotation, written), inputs), inputs);
        double[] drawn = drawn(network);
        Feed feed = feed(network, drawn);
        double[] seed =
                values(new Random(2), SAMPLES * network.outputs().get(0).shape().elements());
        Graph program = Lower.training(network, network.nextValue());
        ProgramInterpreter run = new ProgramInterpreter(SAMPLES, given(feed, drawn, seed));
        run.run(program);
        functional(network, feed, seed); // what was drawn is told by what the unmoved inputs became

        for (int i = 0; i < inputs.size(); i++) {
            if (network.inputs().get(i).type() == ElementType.INT32) {
                continue;
            }
            double[] point = feed.inputs().get("x" + i);
            double[] expected = FiniteDifferences.gradient(point, any -> functional(network, feed, seed));
            assertClose(run.value(program.inputGradients().get(i)), expected);
        }
        for (Graph.Parameter parameter : network.parameters()) {
            if (parameter.declaration().kind() == Kind.PARAMETER) {
                double[] point = feed.state().get(parameter.key());
                double[] expected = FiniteDifferences.gradient(point, any -> functional(network, feed, seed));
                double[] gradient = run.gradients().get(parameter.key());
                Layer layer = network.layers().get(0).layer();
                assertClose(ReferenceRows.derivatives(layer, feed.inputs().get("x0"), gradient), expected);
            }
        }
    }

    private static double functional(Network network, Feed feed, double[] seed) {
        double[] y = new ReferenceInterpreter(network, true).run(feed).values().get("layer");
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += y[i] * seed[i];
        }
        return sum;
    }

    private static Network network(Layer layer, List<Shape> inputs) {
        List<Value> values = new ArrayList<>();
        for (Shape shape : inputs) {
            ElementType type = layer instanceof RowReader && values.isEmpty() ? ElementType.INT32 : ElementType.FLOAT32;
            values.add(new Value(values.size(), "x" + values.size(), shape, true, Role.INPUT, type));
        }
        Value output = new Value(100, "layer", layer.output(), true, Role.ACTIVATION);
        List<Value> further = new ArrayList<>();
        layer.further()
                .forEach((name, shape) ->
                        further.add(new Value(101 + further.size(), "layer." + name, shape, true, Role.ACTIVATION)));
        List<Graph.Parameter> parameters = new ArrayList<>();
        layer.parameters().forEach(declaration -> {
            String key = "layer." + declaration.name();
            Role role = declaration.kind() == Kind.PARAMETER ? Role.PARAMETER : Role.BUFFER;
            Value value = new Value(200 + parameters.size(), key, declaration.shape(), false, role);
            parameters.add(new Graph.Parameter(key, declaration, value, role == Role.PARAMETER));
        });
        LayerNode node =
                new LayerNode(0, "layer", "layer", layer, values, parameters, output, further, false, false, "", false);
        return new Network(
                "Net", values, List.of(output), List.of(node), List.of(), parameters, List.of(), true, false);
    }

    /** Numbers with 24 bits; what is dropped together has the same in all its elements. */
    private static double[] drawn(Network network) {
        Layer layer = network.layers().get(0).layer();
        int elements = layer.output().elements();
        int together = !(layer instanceof Dropping dropping)
                ? 1
                : elements / dropping.decisions().elements() * (dropping.isShared() ? SAMPLES : 1);
        double[] drawn = new Random(3)
                .ints(SAMPLES * elements, 0, 1 << 24)
                .mapToDouble(bits -> bits * 0x1p-24)
                .toArray();
        Arrays.setAll(drawn, i -> drawn[i - i % together]);
        return drawn;
    }

    /** What the reference is told of them. */
    private static double[] told(Layer layer, double[] x, double[] drawn) {
        if (layer instanceof FractionalMaxPool pool) {
            double[] numbers = new double
                    [SAMPLES * (pool.input().rank() - 1) * pool.input().size(0)];
            Arrays.setAll(numbers, i -> drawn[i * (drawn.length / numbers.length)]);
            return numbers;
        }
        double[] told = new double[drawn.length];
        for (int i = 0; i < told.length; i++) {
            if (layer instanceof Dropping dropping) {
                told[i] = drawn[i] < dropping.p() ? 0 : 1;
            } else if (layer instanceof RReLU relu) {
                told[i] = x[i] * (relu.lower() + drawn[i] * (relu.upper() - relu.lower()));
            }
        }
        return told;
    }

    private static Feed feed(Network network, double[] drawn) {
        Random random = new Random(1);
        Map<String, double[]> inputs = new HashMap<>();
        for (Value input : network.inputs()) {
            double[] values = values(random, SAMPLES * input.shape().elements());
            if (network.layers().get(0).layer() instanceof RowReader reader && input.type() == ElementType.INT32) {
                Arrays.setAll(values, i -> random.nextInt(reader.rows()));
            }
            inputs.put(input.name(), values);
        }
        Map<String, double[]> state = new HashMap<>();
        for (Graph.Parameter parameter : network.parameters()) {
            double[] values = values(random, parameter.declaration().shape().elements());
            state.put(parameter.key(), Arrays.stream(values).map(Math::abs).toArray());
        }
        double[] told = told(network.layers().get(0).layer(), inputs.get("x0"), drawn);
        return new Feed(SAMPLES, inputs, List.of(), state, Map.of("layer", told));
    }

    /** Floats of size about 2, none within 1e-3 of a kink at 0 or 6, nor of each other. */
    private static double[] values(Random random, int size) {
        double[] values = new double[size];
        Arrays.setAll(values, i -> (float) (0.0137 * (i + 0.5) * (i % 2 == 0 ? 1 : -1)));
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
        return values;
    }

    private static Map<String, double[]> given(Feed feed, double[] drawn, double[] seed) {
        Map<String, double[]> given = new HashMap<>(feed.inputs());
        given.putAll(feed.state());
        given.put("layer.upstream", seed);
        given.put("layer.drawn", drawn);
        return given;
    }

    /** A multiple of the largest element's float precision: sums have terms of all sizes. */
    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("[" + i + "]").isCloseTo(expected[i], within(1e-5 * Math.max(1, largest)));
        }
    }
}
