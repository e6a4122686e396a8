package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.loss.Losses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The layers and losses that golden cases are of: PyTorch's constructor arguments written as attributes. */
public final class GoldenModules {
    private static final Map<String, List<String>> PARAMETERS = Map.ofEntries(
            Map.entry(
                    "Conv1d",
                    List.of(
                            "inChannels",
                            "outChannels",
                            "kernelSize",
                            "stride",
                            "padding",
                            "dilation",
                            "groups",
                            "bias")),
            Map.entry(
                    "Conv2d",
                    List.of(
                            "inChannels",
                            "outChannels",
                            "kernelSize",
                            "stride",
                            "padding",
                            "dilation",
                            "groups",
                            "bias")),
            Map.entry(
                    "Conv3d",
                    List.of(
                            "inChannels",
                            "outChannels",
                            "kernelSize",
                            "stride",
                            "padding",
                            "dilation",
                            "groups",
                            "bias")),
            Map.entry("ConvTranspose1d", List.of("inChannels", "outChannels", "kernelSize")),
            Map.entry("ConvTranspose2d", List.of("inChannels", "outChannels", "kernelSize")),
            Map.entry("ConvTranspose3d", List.of("inChannels", "outChannels", "kernelSize")),
            Map.entry("Embedding", List.of("numEmbeddings", "embeddingDim", "paddingIdx")),
            Map.entry("EmbeddingBag", List.of("numEmbeddings", "embeddingDim")),
            Map.entry("Linear", List.of("inFeatures", "outFeatures", "bias")),
            Map.entry("MatMul", List.of()),
            Map.entry("Bilinear", List.of("in1Features", "in2Features", "outFeatures", "bias")),
            Map.entry("Unflatten", List.of("dim", "unflattenedSize")),
            Map.entry("Expand", List.of("sizes")),
            Map.entry("BatchNorm1d", List.of("numFeatures", "eps", "momentum", "affine", "trackRunningStats")),
            Map.entry("BatchNorm2d", List.of("numFeatures", "eps", "momentum", "affine", "trackRunningStats")),
            Map.entry("BatchNorm3d", List.of("numFeatures", "eps", "momentum", "affine", "trackRunningStats")),
            Map.entry("MaxPool1d", List.of("kernelSize", "stride", "padding", "dilation")),
            Map.entry("MaxPool2d", List.of("kernelSize", "stride", "padding", "dilation")),
            Map.entry("MaxPool3d", List.of("kernelSize", "stride", "padding", "dilation")),
            Map.entry("AvgPool1d", List.of("kernelSize", "stride", "padding", "ceilMode", "countIncludePad")),
            Map.entry("AvgPool2d", List.of("kernelSize", "stride", "padding", "ceilMode", "countIncludePad")),
            Map.entry("AvgPool3d", List.of("kernelSize", "stride", "padding", "ceilMode", "countIncludePad")),
            Map.entry("AdaptiveAvgPool1d", List.of("outputSize")),
            Map.entry("AdaptiveAvgPool2d", List.of("outputSize")),
            Map.entry("AdaptiveAvgPool3d", List.of("outputSize")),
            Map.entry("AdaptiveMaxPool1d", List.of("outputSize")),
            Map.entry("AdaptiveMaxPool2d", List.of("outputSize")),
            Map.entry("AdaptiveMaxPool3d", List.of("outputSize")),
            Map.entry("LPPool1d", List.of("normType", "kernelSize", "stride", "ceilMode")),
            Map.entry("LPPool2d", List.of("normType", "kernelSize", "stride", "ceilMode")),
            Map.entry("LPPool3d", List.of("normType", "kernelSize", "stride", "ceilMode")),
            Map.entry("LeakyReLU", List.of("negativeSlope")),
            Map.entry("PReLU", List.of("numParameters", "init")),
            Map.entry("GroupNorm", List.of("numGroups", "numChannels", "eps", "affine")),
            Map.entry("LayerNorm", List.of("normalizedShape", "eps", "elementwiseAffine", "bias")),
            Map.entry("LocalResponseNorm", List.of("size", "alpha", "beta", "k")),
            Map.entry("RMSNorm", List.of("normalizedShape", "eps", "elementwiseAffine")),
            Map.entry("InstanceNorm1d", List.of("numFeatures", "eps", "momentum", "affine", "trackRunningStats")),
            Map.entry("InstanceNorm2d", List.of("numFeatures", "eps", "momentum", "affine", "trackRunningStats")),
            Map.entry("InstanceNorm3d", List.of("numFeatures", "eps", "momentum", "affine", "trackRunningStats")),
            Map.entry("GELU", List.of("approximate")),
            Map.entry("CELU", List.of("alpha")),
            Map.entry("ELU", List.of("alpha")),
            Map.entry("GLU", List.of("dim")),
            Map.entry("Hardshrink", List.of("lambd")),
            Map.entry("Hardtanh", List.of("minVal", "maxVal")),
            Map.entry("Softmin", List.of("dim")),
            Map.entry("Softplus", List.of("beta", "threshold")),
            Map.entry("Softshrink", List.of("lambd")),
            Map.entry("Threshold", List.of("threshold", "value")),
            Map.entry("Softmax", List.of("dim")),
            Map.entry("LogSoftmax", List.of("dim")),
            Map.entry("Dropout", List.of("p")),
            Map.entry("Dropout1d", List.of("p")),
            Map.entry("Dropout2d", List.of("p")),
            Map.entry("Dropout3d", List.of("p")),
            Map.entry("AlphaDropout", List.of("p")),
            Map.entry("FeatureAlphaDropout", List.of("p")),
            Map.entry("RReLU", List.of("lower", "upper")),
            Map.entry("TransformerDecoderLayer", List.of("dModel", "nhead", "dimFeedforward", "dropout")),
            Map.entry("TransformerEncoderLayer", List.of("dModel", "nhead", "dimFeedforward", "dropout")),
            Map.entry("RNNCell", List.of("inputSize", "hiddenSize")),
            Map.entry("LSTMCell", List.of("inputSize", "hiddenSize")),
            Map.entry("GRUCell", List.of("inputSize", "hiddenSize")),
            Map.entry("Flatten", List.of("startDim", "endDim")));

    /** Those of every module that pads. */
    private static final List<String> PADDING = List.of("padding", "value");

    private GoldenModules() {}

    /** The annotation that a case is of. */
    public static String annotation(GoldenCase golden) {
        return golden.module();
    }

    /** The layer of a case, for one sample of its inputs. */
    public static Layer layer(GoldenCase golden) {
        String annotation = annotation(golden);
        return Layers.factory(annotation)
                .create(AnnotationAttributes.of(annotation, layerAttributes(golden)), layerInputs(golden));
    }

    /** The shapes of one sample of each input of a layer. */
    public static List<Shape> layerInputs(GoldenCase golden) {
        return IntStream.range(0, golden.inputs().size())
                .mapToObj(i -> sample(golden, i))
                .toList();
    }

    /** The loss of a case. */
    public static Loss loss(GoldenCase golden) {
        Attributes attributes = AnnotationAttributes.of(golden.module(), lossAttributes(golden));
        return Losses.factory(golden.module())
                .create(
                        attributes,
                        judged(golden).stream().map(i -> sample(golden, i)).toList());
    }

    /** Whether a variance is one for all samples, so that it is no output of a network. */
    public static boolean sharesVariance(GoldenCase golden) {
        return golden.module().equals("GaussianNLLLoss")
                && !golden.inputs()
                        .get(2)
                        .shape()
                        .get(0)
                        .equals(golden.inputs().get(0).shape().get(0));
    }

    /** Which arguments of a loss's forward are outputs that it judges. */
    public static List<Integer> judged(GoldenCase golden) {
        return golden.module().equals("GaussianNLLLoss")
                ? List.of(0, 2)
                : IntStream.range(0, Losses.outputs(golden.module())).boxed().toList();
    }

    /** Which argument of a loss's forward is the target. */
    public static int target(GoldenCase golden) {
        return golden.module().equals("GaussianNLLLoss") ? 1 : Losses.outputs(golden.module());
    }

    /** What is written in the annotation of a loss. */
    public static Map<String, Object> lossAttributes(GoldenCase golden) {
        Map<String, Object> written = new LinkedHashMap<>();
        golden.named().forEach((name, value) -> written.put(camelCase(name), value(name, value)));
        if (Losses.outputs(golden.module()) > 1) {
            written.put("of", outputs(golden));
        }
        if (golden.module().equals("CTCLoss")) {
            written.put("maxTarget", golden.inputs().get(1).shape().get(1));
        }
        boolean classes = golden.module().equals("CrossEntropyLoss");
        if (classes
                && golden.inputs().get(1).shape().equals(golden.inputs().get(0).shape())) {
            written.put("probabilities", true);
        }
        return written;
    }

    /** The outputs of the network that stands for a loss of several. */
    public static List<String> outputs(GoldenCase golden) {
        return judged(golden).stream().map(i -> "output" + i).toList();
    }

    /** Whether the layer goes along a dimension of which the sample, a single number, has none. */
    public static boolean isAlongTheBatch(GoldenCase golden) {
        boolean along = List.of("Softmax", "LogSoftmax", "Softmin", "GLU").contains(golden.module());
        return along && sample(golden).rank() == 0;
    }

    /** Number of samples of a case. */
    public static int samples(GoldenCase golden) {
        return isBatched(golden) ? golden.inputs().get(0).shape().get(0) : 1;
    }

    /** The shape of one sample of a case's input. */
    public static Shape sample(GoldenCase golden) {
        return sample(golden, 0);
    }

    /** The same of another input. */
    public static Shape sample(GoldenCase golden, int input) {
        List<Integer> shape = golden.inputs().get(input).shape();
        return new Shape(isBatched(golden) ? shape.subList(1, shape.size()) : shape);
    }

    /** PyTorch takes single images and single rows of scores too. */
    private static boolean isBatched(GoldenCase golden) {
        int rank = golden.inputs().get(0).shape().size();
        boolean image = golden.module().endsWith("2d");
        boolean sequence = golden.module().endsWith("1d") && !golden.module().equals("BatchNorm1d");
        boolean volume = golden.module().endsWith("3d");
        if (GoldenRecurrent.has(golden.module())) {
            return rank == (GoldenRecurrent.CELLS.contains(golden.module()) ? 2 : 3);
        }
        boolean scores = Set.of("CrossEntropyLoss", "MultiLabelMarginLoss", "MultiMarginLoss", "NLLLoss")
                .contains(golden.module());
        if (GoldenAttention.MODULES.contains(golden.module())) {
            return rank > 2;
        }
        return image || sequence || volume
                ? rank == (volume ? 5 : image ? 4 : 3)
                : scores || Set.of("Linear", "Bilinear").contains(golden.module()) ? rank > 1 : rank > 0;
    }

    /** What is written in the annotation of a layer. */
    public static Map<String, Object> layerAttributes(GoldenCase golden) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        List<String> names = golden.module().contains("Pad") ? PADDING : PARAMETERS.get(golden.module());
        for (int i = 0; i < golden.positional().size(); i++) {
            arguments.put(names.get(i), golden.positional().get(i));
        }
        golden.named().forEach((name, value) -> arguments.put(camelCase(name), value));
        Map<String, Object> written = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            if (value == null && name.equals("momentum")) {
                written.put("cumulativeAverage", true);
            } else if (value != null) {
                written.put(name, value(name, value));
            }
        });
        written.remove("returnIndices");
        if (golden.module().equals("EmbeddingBag") && golden.inputs().size() > 1) {
            written.put("perSampleWeights", "b");
        }
        return written;
    }

    private static Object value(String name, Object value) {
        if (value instanceof GoldenTensor tensor) {
            return Arrays.stream(tensor.floats()).boxed().toList();
        }
        if (value instanceof List<?> values) {
            List<Object> converted = new ArrayList<>();
            values.forEach(element -> converted.add(element == null ? -1_000_003 : element));
            return converted;
        }
        if (name.equals("padding") && value instanceof String) {
            return value.equals("same") ? -1_000_001 : -1_000_002;
        }
        return value instanceof String text ? text.toUpperCase(Locale.ROOT) : value;
    }

    private static String camelCase(String name) {
        StringBuilder result = new StringBuilder();
        for (String part : name.split("_")) {
            result.append(result.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return result.toString();
    }
}
