package dev.netwright.processor.graph.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.reference.AnnotationAttributes;
import dev.netwright.runtime.LayerAttributes;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a layer prints, against lines of PyTorch 2.13's printed modules. */
class PrintedFormsTest {
    private static final Shape IMAGE = Shape.of(3, 32, 32);
    private static final Shape SEQUENCE = Shape.of(4, 32);
    private static final Shape VOLUME = Shape.of(4, 5, 6, 7);

    private static Arguments line(String expected, Map<String, Object> written) {
        return Arguments.of(expected, written);
    }

    static List<Arguments> lines() {
        return List.of(
                line(
                        "Conv2d(3, 32, kernel_size=(5, 5), stride=(1, 1), padding=(2, 2))",
                        Map.of("outChannels", 32, "kernelSize", 5, "padding", 2)),
                line(
                        "Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)",
                        Map.of("outChannels", 64, "kernelSize", 7, "stride", 2, "padding", 3, "bias", false)),
                line(
                        "Conv2d(3, 6, kernel_size=(3, 5), stride=(1, 1), padding=same, dilation=(2, 1), groups=3, "
                                + "padding_mode=reflect)",
                        Map.of(
                                "outChannels",
                                6,
                                "kernelSize",
                                List.of(3, 5),
                                "padding",
                                -1_000_001,
                                "dilation",
                                List.of(2, 1),
                                "groups",
                                3,
                                "paddingMode",
                                "REFLECT")),
                line(
                        "ConvTranspose2d(3, 32, kernel_size=(2, 2), stride=(2, 2))",
                        Map.of("outChannels", 32, "kernelSize", 2, "stride", 2)),
                line(
                        "ConvTranspose2d(3, 6, kernel_size=(3, 4), stride=(2, 2), padding=(1, 2), dilation=(2, 1), "
                                + "output_padding=(1, 0), groups=3, bias=False)",
                        Map.of(
                                "outChannels",
                                6,
                                "kernelSize",
                                List.of(3, 4),
                                "stride",
                                2,
                                "padding",
                                List.of(1, 2),
                                "dilation",
                                List.of(2, 1),
                                "outputPadding",
                                List.of(1, 0),
                                "groups",
                                3,
                                "bias",
                                false)),
                line(
                        "BatchNorm2d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, bias=True)",
                        Map.of()),
                line(
                        "BatchNorm2d(3, eps=0.001, momentum=None, affine=True, track_running_stats=False, bias=False)",
                        Map.of("eps", 1e-3, "cumulativeAverage", true, "trackRunningStats", false, "bias", false)),
                line("Normalize(mean=[0.5], std=[0.25])", Map.of("mean", 0.5, "std", 0.25)),
                line(
                        "Normalize(mean=[0.4914, 0.4822, 0.4465], std=[0.247, 1.0, 1e-05])",
                        Map.of("mean", List.of(0.4914, 0.4822, 0.4465), "std", List.of(0.2470, 1.0, 1e-5))),
                line("Linear(in_features=32, out_features=10, bias=True)", Map.of("outFeatures", 10)),
                line(
                        "MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)",
                        Map.of("kernelSize", 2)),
                line(
                        "MaxPool2d(kernel_size=3, stride=2, padding=1, dilation=1, ceil_mode=False)",
                        Map.of("kernelSize", 3, "stride", 2, "padding", 1)),
                line(
                        "MaxPool2d(kernel_size=(3, 2), stride=(3, 2), padding=(1, 0), dilation=(1, 2), ceil_mode=True)",
                        Map.of(
                                "kernelSize", List.of(3, 2),
                                "padding", List.of(1, 0),
                                "dilation", List.of(1, 2),
                                "ceilMode", true)),
                line("AvgPool2d(kernel_size=2, stride=2, padding=0)", Map.of("kernelSize", 2, "ceilMode", true)),
                line("AdaptiveAvgPool2d(output_size=1)", Map.of("outputSize", 1)),
                line("AdaptiveAvgPool2d(output_size=(7, 7))", Map.of("outputSize", List.of(7, 7))),
                line("AdaptiveAvgPool2d(output_size=(7, None))", Map.of("outputSize", List.of(7, -1_000_003))),
                line("AdaptiveMaxPool2d(output_size=3)", Map.of("outputSize", 3)),
                line("AdaptiveMaxPool2d(output_size=(3, None))", Map.of("outputSize", List.of(3, -1_000_003))),
                line("Upsample(scale_factor=2.0, mode='nearest')", Map.of("scaleFactor", 2.0)),
                line(
                        "Upsample(scale_factor=(2.0, 1.5), mode='bilinear')",
                        Map.of("scaleFactor", List.of(2.0, 1.5), "mode", "BILINEAR")),
                line("Upsample(size=5, mode='nearest')", Map.of("size", 5)),
                line(
                        "Upsample(size=(3, 4), mode='bilinear')",
                        Map.of("size", List.of(3, 4), "mode", "BILINEAR", "alignCorners", true)),
                line(
                        "Upsample(scale_factor=1.5, mode='bicubic')",
                        Map.of("scaleFactor", 1.5, "mode", "BICUBIC", "alignCorners", true)),
                line("UpsamplingNearest2d(scale_factor=2.0, mode='nearest')", Map.of("scaleFactor", 2.0)),
                line("UpsamplingBilinear2d(size=(3, 4), mode='bilinear')", Map.of("size", List.of(3, 4))),
                line("PixelUnshuffle(downscale_factor=2)", Map.of("downscaleFactor", 2)),
                line("Unfold(kernel_size=3, dilation=1, padding=0, stride=1)", Map.of("kernelSize", 3)),
                line(
                        "Unfold(kernel_size=(3, 2), dilation=2, padding=(1, 0), stride=2)",
                        Map.of("kernelSize", List.of(3, 2), "dilation", 2, "padding", List.of(1, 0), "stride", 2)),
                line(
                        "LPPool2d(norm_type=2.0, kernel_size=3, stride=None, ceil_mode=False)",
                        Map.of("normType", 2.0, "kernelSize", 3)),
                line(
                        "LPPool2d(norm_type=1.2, kernel_size=(3, 2), stride=2, ceil_mode=True)",
                        Map.of("normType", 1.2, "kernelSize", List.of(3, 2), "stride", 2, "ceilMode", true)),
                line("FractionalMaxPool2d()", Map.of("kernelSize", 3, "outputRatio", 0.5)),
                line("Embedding(10, 3)", Map.of("numEmbeddings", 10, "embeddingDim", 3)),
                line(
                        "Embedding(10, 3, padding_idx=9, scale_grad_by_freq=True)",
                        Map.of("numEmbeddings", 10, "embeddingDim", 3, "paddingIdx", 9, "scaleGradByFreq", true)),
                line(
                        "Embedding(10, 3, padding_idx=9, sparse=True)",
                        Map.of("numEmbeddings", 10, "embeddingDim", 3, "paddingIdx", -1, "sparse", true)),
                line("ReLU()", Map.of()),
                line("ReLU6()", Map.of()),
                line("LeakyReLU(negative_slope=0.01)", Map.of()),
                line("Sigmoid()", Map.of()),
                line("Tanh()", Map.of()),
                line("SiLU()", Map.of()),
                line("GELU(approximate='none')", Map.of()),
                line("GELU(approximate='tanh')", Map.of("approximate", "TANH")),
                line("Softmax(dim=1)", Map.of("dim", 1)),
                line("LogSoftmax(dim=-1)", Map.of("dim", -1)),
                line("Dropout(p=0.5, inplace=False)", Map.of()),
                line("Dropout2d(p=0.2, inplace=False)", Map.of("p", 0.2)),
                line("AlphaDropout(p=0.5, inplace=False)", Map.of()),
                line("FeatureAlphaDropout(p=0.2, inplace=False)", Map.of("p", 0.2)),
                line("RReLU(lower=0.125, upper=0.3333333333333333)", Map.of()),
                line("RReLU(lower=0.1, upper=0.3)", Map.of("lower", 0.1, "upper", 0.3)),
                line("Flatten(start_dim=1, end_dim=-1)", Map.of()),
                line("Unflatten(dim=1, unflattened_size=(3, -1))", Map.of("dim", 1, "unflattenedSize", List.of(3, -1))),
                line("Identity()", Map.of()),
                line("StochasticDepth(p=0.1, mode=row)", Map.of("p", 0.1, "mode", "ROW")),
                line("StochasticDepth(p=1.0, mode=batch)", Map.of("p", 1.0, "mode", "BATCH")),
                line("LayerNorm((32,), eps=1e-05, elementwise_affine=True, bias=True)", Map.of("normalizedShape", 32)),
                line(
                        "LayerNorm((32, 32), eps=1e-06, elementwise_affine=False, bias=False)",
                        Map.of("normalizedShape", List.of(32, 32), "eps", 1e-6, "elementwiseAffine", false)),
                line("LocalResponseNorm(5, alpha=0.0001, beta=0.75, k=1.0)", Map.of("size", 5)),
                line(
                        "LocalResponseNorm(2, alpha=1.0, beta=0.5, k=2.0)",
                        Map.of("size", 2, "alpha", 1.0, "beta", 0.5, "k", 2.0)),
                line("RMSNorm((32,), eps=None, elementwise_affine=True)", Map.of("normalizedShape", 32)),
                line(
                        "RMSNorm((32, 32), eps=0.001, elementwise_affine=False)",
                        Map.of("normalizedShape", List.of(32, 32), "eps", 1e-3, "elementwiseAffine", false)),
                line(
                        "InstanceNorm2d(3, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, bias=False)",
                        Map.of()),
                line(
                        "InstanceNorm2d(3, eps=0.001, momentum=0.3, affine=True, track_running_stats=True, bias=True)",
                        Map.of("eps", 1e-3, "momentum", 0.3, "affine", true, "trackRunningStats", true)),
                line("LayerNorm2d((3,), eps=0.0005, elementwise_affine=True, bias=True)", Map.of("eps", 5e-4)),
                line("LayerNorm2d((3,), eps=1e-06, elementwise_affine=True, bias=True)", Map.of("eps", 1e-6)),
                line("ChannelShuffle(groups=3)", Map.of("groups", 3)),
                line("Permute()", Map.of("dims", List.of(0, 2, 3, 1))),
                line("ReflectionPad2d((1, 1, 1, 1))", Map.of("padding", 1)),
                line("ReplicationPad2d((-1, 2, 0, 3))", Map.of("padding", List.of(-1, 2, 0, 3))),
                line("ZeroPad1d((2, -1))", Map.of("padding", List.of(2, -1))),
                line("ZeroPad3d((1, 1, 1, 1, 1, 1))", Map.of("padding", 1)),
                line(
                        "ConstantPad2d(padding=(1, 2, 3, 4), value=3.5)",
                        Map.of("padding", List.of(1, 2, 3, 4), "value", 3.5)),
                line("CircularPad2d((1, 0, 2, 0))", Map.of("padding", List.of(1, 0, 2, 0))),
                line("Hardswish()", Map.of()),
                line("Hardsigmoid()", Map.of()),
                line("CELU(alpha=1.0)", Map.of()),
                line("ELU(alpha=0.5)", Map.of("alpha", 0.5)),
                line("GLU(dim=-1)", Map.of()),
                line("Hardshrink(0.5)", Map.of()),
                line("Hardtanh(min_val=-1.0, max_val=1.0)", Map.of()),
                line("Hardtanh(min_val=0.0, max_val=6.0)", Map.of("minVal", 0.0, "maxVal", 6.0)),
                line("LogSigmoid()", Map.of()),
                line("Mish()", Map.of()),
                line("SELU()", Map.of()),
                line("Softmax2d()", Map.of()),
                line("Softmin(dim=1)", Map.of("dim", 1)),
                line("Softplus(beta=1.0, threshold=20.0)", Map.of()),
                line("Softshrink(0.25)", Map.of("lambd", 0.25)),
                line("Softsign()", Map.of()),
                line("Tanhshrink()", Map.of()),
                line("Threshold(threshold=0.1, value=20.0)", Map.of("threshold", 0.1, "value", 20.0)),
                line("PReLU(num_parameters=1)", Map.of()),
                line("GroupNorm(3, 3, eps=1e-05, affine=True, bias=True)", Map.of("numGroups", 3)));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void layersPrintAsPyTorch(String expected, Map<String, Object> written) {
        String annotation = expected.substring(0, expected.indexOf('('));
        assertThat(printed(annotation, written, 1)).isEqualTo(expected);
    }

    static List<Arguments> linesOfOneAxis() {
        return List.of(
                line(
                        "Conv1d(4, 6, kernel_size=(3,), stride=(1,), padding=(1,))",
                        Map.of("outChannels", 6, "kernelSize", 3, "padding", 1)),
                line(
                        "Conv1d(4, 6, kernel_size=(5,), stride=(2,), dilation=(2,), groups=2, bias=False)",
                        Map.of(
                                "outChannels",
                                6,
                                "kernelSize",
                                5,
                                "stride",
                                2,
                                "dilation",
                                2,
                                "groups",
                                2,
                                "bias",
                                false)),
                line(
                        "Conv1d(4, 6, kernel_size=(3,), stride=(1,), padding=same, padding_mode=reflect)",
                        Map.of("outChannels", 6, "kernelSize", 3, "padding", -1_000_001, "paddingMode", "REFLECT")),
                line(
                        "ConvTranspose1d(4, 6, kernel_size=(3,), stride=(2,), padding=(1,), output_padding=(1,))",
                        Map.of("outChannels", 6, "kernelSize", 3, "stride", 2, "padding", 1, "outputPadding", 1)),
                line(
                        "MaxPool1d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)",
                        Map.of("kernelSize", 2)),
                line(
                        "MaxPool1d(kernel_size=3, stride=2, padding=1, dilation=2, ceil_mode=True)",
                        Map.of("kernelSize", 3, "stride", 2, "padding", 1, "dilation", 2, "ceilMode", true)),
                line("AvgPool1d(kernel_size=(2,), stride=(2,), padding=(0,))", Map.of("kernelSize", 2)),
                line(
                        "LPPool1d(norm_type=2.0, kernel_size=3, stride=None, ceil_mode=False)",
                        Map.of("normType", 2.0, "kernelSize", 3)),
                line("Upsample(scale_factor=2.0, mode='linear')", Map.of("scaleFactor", 2.0, "mode", "LINEAR")),
                line(
                        "AvgPool1d(kernel_size=(3,), stride=(2,), padding=(1,))",
                        Map.of("kernelSize", 3, "stride", 2, "padding", 1)),
                line("Dropout1d(p=0.5, inplace=False)", Map.of()),
                line("AdaptiveAvgPool1d(output_size=3)", Map.of("outputSize", 3)),
                line("AdaptiveMaxPool1d(output_size=3)", Map.of("outputSize", 3)),
                line(
                        "BatchNorm1d(4, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, bias=True)",
                        Map.of()));
    }

    @ParameterizedTest
    @MethodSource("linesOfOneAxis")
    void layersOfOneAxisPrintAsPyTorch(String expected, Map<String, Object> written) {
        String annotation = expected.substring(0, expected.indexOf('('));
        Layer layer =
                Layers.factory(annotation).create(AnnotationAttributes.of(annotation, written), List.of(SEQUENCE));
        assertThat(layer.name() + "(" + attributes(layer) + ")").isEqualTo(expected);
    }

    static List<Arguments> linesOfThreeAxes() {
        return List.of(
                line(
                        "Conv3d(4, 6, kernel_size=(3, 3, 3), stride=(1, 1, 1), padding=(1, 0, 2))",
                        Map.of("outChannels", 6, "kernelSize", 3, "padding", List.of(1, 0, 2))),
                line(
                        "Conv3d(4, 6, kernel_size=(1, 2, 3), stride=(2, 2, 2), dilation=(2, 1, 1), groups=2,"
                                + " bias=False)",
                        Map.of(
                                "outChannels",
                                6,
                                "kernelSize",
                                List.of(1, 2, 3),
                                "stride",
                                2,
                                "dilation",
                                List.of(2, 1, 1),
                                "groups",
                                2,
                                "bias",
                                false)),
                line(
                        "ConvTranspose3d(4, 6, kernel_size=(3, 3, 3), stride=(2, 2, 2), padding=(1, 1, 1),"
                                + " output_padding=(1, 0, 1))",
                        Map.of(
                                "outChannels",
                                6,
                                "kernelSize",
                                3,
                                "stride",
                                2,
                                "padding",
                                1,
                                "outputPadding",
                                List.of(1, 0, 1))),
                line(
                        "MaxPool3d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)",
                        Map.of("kernelSize", 2)),
                line(
                        "MaxPool3d(kernel_size=(1, 2, 3), stride=(1, 2, 3), padding=0, dilation=1, ceil_mode=True)",
                        Map.of("kernelSize", List.of(1, 2, 3), "ceilMode", true)),
                line(
                        "AvgPool3d(kernel_size=3, stride=2, padding=(1, 0, 1))",
                        Map.of("kernelSize", 3, "stride", 2, "padding", List.of(1, 0, 1), "divisorOverride", 5)),
                line("FractionalMaxPool3d()", Map.of("kernelSize", 2, "outputSize", 3)),
                line(
                        "LPPool3d(norm_type=2.0, kernel_size=(2, 3, 1), stride=None, ceil_mode=False)",
                        Map.of("normType", 2.0, "kernelSize", List.of(2, 3, 1))),
                line(
                        "LPPool3d(norm_type=1.2, kernel_size=3, stride=(2, 1, 1), ceil_mode=True)",
                        Map.of("normType", 1.2, "kernelSize", 3, "stride", List.of(2, 1, 1), "ceilMode", true)),
                line("AdaptiveAvgPool3d(output_size=(None, 3, 2))", Map.of("outputSize", List.of(-1_000_003, 3, 2))),
                line("AdaptiveMaxPool3d(output_size=3)", Map.of("outputSize", 3)),
                line(
                        "BatchNorm3d(4, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, bias=True)",
                        Map.of()));
    }

    @ParameterizedTest
    @MethodSource("linesOfThreeAxes")
    void layersOfThreeAxesPrintAsPyTorch(String expected, Map<String, Object> written) {
        String annotation = expected.substring(0, expected.indexOf('('));
        Layer layer = Layers.factory(annotation).create(AnnotationAttributes.of(annotation, written), List.of(VOLUME));
        assertThat(layer.name() + "(" + attributes(layer) + ")").isEqualTo(expected);
    }

    @Test
    void layersOfShapesOfTheirOwnPrintAsPyTorch() {
        assertThat(printed("PixelShuffle", Map.of("upscaleFactor", 2), Shape.of(8, 3, 4)))
                .isEqualTo("PixelShuffle(upscale_factor=2)");
        assertThat(printed("Fold", Map.of("outputSize", List.of(4, 5), "kernelSize", 2), Shape.of(8, 12)))
                .isEqualTo("Fold(output_size=(4, 5), kernel_size=2, dilation=1, padding=0, stride=1)");
        assertThat(unpooled(Map.of("kernelSize", 2), Shape.of(1, 4, 6)))
                .isEqualTo("MaxUnpool2d(kernel_size=(2, 2), stride=(2, 2), padding=(0, 0))");
        assertThat(unpooled(Map.of("kernelSize", 2), Shape.of(1, 2, 4, 6)))
                .isEqualTo("MaxUnpool3d(kernel_size=(2, 2, 2), stride=(2, 2, 2), padding=(0, 0, 0))");
        assertThat(unpooled(Map.of("kernelSize", List.of(2, 2, 3), "stride", 3, "padding", 1), Shape.of(1, 3, 3, 4)))
                .isEqualTo("MaxUnpool3d(kernel_size=(2, 2, 3), stride=(3, 3, 3), padding=(1, 1, 1))");
        assertThat(printed("Upsample", Map.of("size", List.of(4, 5, 6), "mode", "TRILINEAR"), Shape.of(1, 2, 2, 2)))
                .isEqualTo("Upsample(size=(4, 5, 6), mode='trilinear')");
    }

    /** A max pool's inverse over what it reads. */
    private static String unpooled(Map<String, Object> windows, Shape input) {
        String suffix = input.rank() - 1 + "d";
        Layer pool = Layers.factory("MaxPool" + suffix)
                .create(AnnotationAttributes.of("MaxPool" + suffix, windows), List.of(input));
        Map<String, Object> written = new HashMap<>(windows);
        written.put("indices", pool);
        written.put("outputSize", input.sizes().subList(1, input.rank()));
        Layer unpool = Layers.factory("MaxUnpool" + suffix)
                .create(AnnotationAttributes.of("MaxUnpool" + suffix, written), List.of(pool.output(), input));
        return unpool.name() + "(" + attributes(unpool) + ")";
    }

    @Test
    void layersOverTimePrintTheBatchFirst() {
        assertThat(overTime("LSTM", Map.of("projSize", 3, "numLayers", 2, "dropout", 0.5, "bidirectional", true)))
                .isEqualTo(
                        "LSTM(10, 20, proj_size=3, num_layers=2, batch_first=True, dropout=0.5, bidirectional=True)");
        assertThat(overTime("GRU", Map.of("bias", false))).isEqualTo("GRU(10, 20, bias=False, batch_first=True)");
        assertThat(overTime("RNN", Map.of("nonlinearity", "RELU"))).isEqualTo("RNN(10, 20, batch_first=True)");
        assertThat(overTime("RNNCell", Map.of("nonlinearity", "RELU"))).isEqualTo("RNNCell(10, 20, nonlinearity=relu)");
        assertThat(overTime("LSTMCell", Map.of("bias", false))).isEqualTo("LSTMCell(10, 20, bias=False)");
        assertThat(overTime("GRUCell", Map.of())).isEqualTo("GRUCell(10, 20)");
    }

    private static String overTime(String annotation, Map<String, Object> written) {
        Map<String, Object> all = new HashMap<>(written);
        all.put("hiddenSize", 20);
        Shape input = annotation.endsWith("Cell") ? Shape.of(10) : Shape.of(5, 10);
        Layer layer = Layers.factory(annotation).create(AnnotationAttributes.of(annotation, all), List.of(input));
        return layer.name() + "(" + attributes(layer) + ")";
    }

    private static String printed(String annotation, Map<String, Object> written, Shape input) {
        Layer layer = Layers.factory(annotation).create(AnnotationAttributes.of(annotation, written), List.of(input));
        return layer.name() + "(" + attributes(layer) + ")";
    }

    @Test
    void bagsPrintAsPyTorch() {
        Map<String, Object> written =
                Map.of("numEmbeddings", 10, "embeddingDim", 3, "mode", "SUM", "paddingIdx", 1, "sparse", true);
        Layer bag = Layers.factory("EmbeddingBag")
                .create(AnnotationAttributes.of("EmbeddingBag", written), List.of(Shape.of(4)));
        assertThat(attributes(bag)).hasToString("10, 3, mode='sum', padding_idx=1");
        Map<String, Object> frequent = Map.of(
                "numEmbeddings",
                10,
                "embeddingDim",
                3,
                "mode",
                "SUM",
                "scaleGradByFreq",
                true,
                "perSampleWeights",
                "x");
        Layer weighted = Layers.factory("EmbeddingBag")
                .create(AnnotationAttributes.of("EmbeddingBag", frequent), List.of(Shape.of(4), Shape.of(4)));
        assertThat(attributes(weighted)).hasToString("10, 3, scale_grad_by_freq=True, mode='sum'");
    }

    @Test
    void layersThatAreFunctionsInPyTorchPrintTheirArguments() {
        assertThat(printed("Add", Map.of(), 2)).isEqualTo("Add()");
        assertThat(printed("Mul", Map.of(), 3)).isEqualTo("Mul()");
        assertThat(printed("MatMul", Map.of(), 2)).isEqualTo("MatMul()");
        assertThat(printed("MatMul", Map.of("transposeB", true), 2)).isEqualTo("MatMul(transpose_b=True)");
        assertThat(printed("Bilinear", Map.of("outFeatures", 4), 2))
                .isEqualTo("Bilinear(in1_features=32, in2_features=32, out_features=4, bias=True)");
        assertThat(printed("Expand", Map.of("sizes", List.of(-1, 32, 32)), 1)).isEqualTo("Expand(sizes=(3, 32, 32))");
        assertThat(printed("Sub", Map.of(), 2)).isEqualTo("Sub()");
        assertThat(printed("ScaledDotProductAttention", Map.of("isCausal", true, "scale", 0.5), 3))
                .isEqualTo("ScaledDotProductAttention(is_causal=True, scale=0.5)");
        assertThat(printed("Maximum", Map.of(), 2)).isEqualTo("Maximum()");
        assertThat(printed("Mean", Map.of("dim", List.of(2, 3)), 1)).isEqualTo("Mean(dim=(2, 3), keepdim=False)");
        assertThat(printed("Max", Map.of("dim", -1, "keepdim", true), 1)).isEqualTo("Max(dim=-1, keepdim=True)");
        assertThat(printed("Power", Map.of("exponent", 2), 1)).isEqualTo("Power(exponent=2.0)");
        assertThat(printed("Clamp", Map.of("min", 0), 1)).isEqualTo("Clamp(min=0.0, max=inf)");
        assertThat(printed("LpNormalize", Map.of(), 1)).isEqualTo("LpNormalize(p=2.0, dim=1, eps=1e-12)");
        assertThat(printed("OneHot", Map.of("numClasses", 4), 1)).isEqualTo("OneHot(num_classes=4)");
        assertThat(printed("CosineSimilarity", Map.of(), 2)).isEqualTo("CosineSimilarity()");
        assertThat(printed("PairwiseDistance", Map.of("p", 1.0), 2)).isEqualTo("PairwiseDistance()");
        assertThat(printed("Concat", Map.of(), 2)).isEqualTo("Concat(dim=1)");
        assertThat(printed("Slice", Map.of("dim", -1, "start", -4, "end", 30), 1))
                .isEqualTo("Slice(dim=-1, start=28, end=30)");
        assertThat(printed("Chunk", Map.of("chunks", 2, "index", 1), 1)).isEqualTo("Chunk(chunks=2, dim=1, index=1)");
        assertThat(printed("LastStep", Map.of(), 1)).isEqualTo("LastStep()");
        assertThat(printed("Pad", Map.of("padding", List.of(1, 2)), 1))
                .isEqualTo("Pad(pad=(1, 2), mode='constant', value=0.0)");
        assertThat(printed("Pad", Map.of("padding", List.of()), 1))
                .isEqualTo("Pad(pad=(), mode='constant', value=0.0)");
        assertThat(printed("Pad", Map.of("padding", List.of(1, 1, 0, 2), "mode", "REFLECT"), 1))
                .isEqualTo("Pad(pad=(1, 1, 0, 2), mode='reflect')");
    }

    /** PyTorch's AvgPool2d prints neither; with a divisor of its own, what is counted plays no part. */
    @Test
    void whatPyTorchDoesNotPrintIsToldApart() {
        assertThat(unprinted("AvgPool2d", Map.of("kernelSize", 2))).isEmpty();
        assertThat(unprinted("AvgPool2d", Map.of("kernelSize", 2, "countIncludePad", false)))
                .isEqualTo("count_include_pad=False");
        assertThat(unprinted("Permute", Map.of("dims", List.of(0, -1, 1, 2)))).isEqualTo("dims=(0, 3, 1, 2)");
        assertThat(unprinted("AvgPool2d", Map.of("kernelSize", 2, "countIncludePad", false, "divisorOverride", -3)))
                .isEqualTo("divisor_override=-3");
    }

    @Test
    void alignedCornersAreToldApart() {
        Map<String, Object> written = Map.of("size", 5, "mode", "BILINEAR", "alignCorners", true);
        assertThat(unprinted("Upsample", written)).isEqualTo("align_corners=True");
        assertThat(unprinted("Upsample", Map.of("size", 5, "mode", "BILINEAR"))).isEmpty();
    }

    /** Those with PyTorch's defaults too, which PyTorch does not print. */
    @Test
    void allAttributesAreStated() {
        LayerAttributes convolution = attributes(layer("Conv2d", Map.of("outChannels", 32, "kernelSize", 5), 1));
        assertThat(convolution.names())
                .containsExactly(
                        "in_channels",
                        "out_channels",
                        "kernel_size",
                        "stride",
                        "padding",
                        "dilation",
                        "groups",
                        "bias",
                        "padding_mode");
        assertThat(convolution.text("padding_mode")).isEqualTo("zeros");
        assertThat(convolution.integers("dilation")).containsExactly(1, 1);
        LayerAttributes pool = attributes(layer("AvgPool2d", Map.of("kernelSize", 2), 1));
        assertThat(pool.isNone("divisor_override")).isTrue();
        assertThat(pool.flag("count_include_pad")).isTrue();
    }

    private static String unprinted(String annotation, Map<String, Object> written) {
        return attributes(layer(annotation, written, 1)).unprinted();
    }

    /** What generated code makes of them. */
    private static LayerAttributes attributes(Layer layer) {
        LayerAttributes all = LayerAttributes.NONE;
        for (LayerAttribute attribute : layer.attributes()) {
            String name = attribute.name();
            Object value = attribute.value() instanceof List<?> list ? array(list) : attribute.value();
            all = switch (attribute.form()) {
                case POSITIONAL -> all.positional(name, value);
                case NAMED -> all.named(name, value);
                case WORD -> all.word(name, (String) value);
                case LIST -> all.list(name, Arrays.toString((double[]) value).replaceAll("[\\[\\]]", ""));
                case UNPRINTED -> all.unprinted(name, value);
                case IMPLIED -> all.implied(name, value);
            };
        }
        return all;
    }

    private static Object array(List<?> list) {
        return list.isEmpty() || list.get(0) instanceof Integer
                ? list.stream().mapToInt(Integer.class::cast).toArray()
                : list.stream().mapToDouble(Double.class::cast).toArray();
    }

    private static String printed(String annotation, Map<String, Object> written, int inputs) {
        Layer layer = layer(annotation, written, inputs);
        return layer.name() + "(" + attributes(layer) + ")";
    }

    private static Layer layer(String annotation, Map<String, Object> written, int inputs) {
        return Layers.factory(annotation)
                .create(AnnotationAttributes.of(annotation, written), Collections.nCopies(inputs, IMAGE));
    }
}
