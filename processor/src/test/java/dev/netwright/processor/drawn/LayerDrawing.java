package dev.netwright.processor.drawn;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.operators.Dice;
import dev.netwright.processor.reference.ReferenceCustom;
import dev.netwright.processor.reference.SphereNorm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How the attributes of each layer are drawn. They need not fit: then others are drawn. */
final class LayerDrawing {
    private static final int SAME = -1_000_001;
    private static final int VALID = -1_000_002;
    static final int KEEP = -1_000_003;

    private LayerDrawing() {}

    private static void recurrent(Map<String, Object> attributes, String annotation, Dice dice) {
        attributes.put("hiddenSize", dice.one(1, 3, 8, 16, 17));
        maybe(attributes, dice, 3, "bidirectional", true);
        maybe(attributes, dice, 3, "numLayers", 2);
        maybe(attributes, dice, 3, "bias", false);
        maybe(attributes, dice, 3, "truncate", dice.from(1, 3));
        if (annotation.equals("LSTM") && (Integer) attributes.get("hiddenSize") > 1) {
            maybe(attributes, dice, 3, "projSize", 1);
        }
    }

    static Map<String, Object> attributes(String annotation, Shape shape, Dice dice) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        switch (annotation) {
            case "Conv1d", "Conv2d", "Conv3d" -> convolution(attributes, shape, dice);
            case "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d" -> transposed(attributes, shape, dice);
            case "MaxPool1d", "MaxPool2d", "MaxPool3d", "AvgPool1d", "AvgPool2d", "AvgPool3d" ->
                pool(attributes, annotation.startsWith("Max"), shape, dice);
            case "AdaptiveAvgPool1d",
                    "AdaptiveAvgPool2d",
                    "AdaptiveAvgPool3d",
                    "AdaptiveMaxPool1d",
                    "AdaptiveMaxPool2d",
                    "AdaptiveMaxPool3d" -> adaptive(attributes, shape, dice);
            case "Upsample" -> upsample(attributes, shape, dice);
            case "FractionalMaxPool2d",
                    "FractionalMaxPool3d",
                    "LPPool1d",
                    "LPPool2d",
                    "LPPool3d",
                    "UpsamplingNearest2d",
                    "UpsamplingBilinear2d",
                    "PixelShuffle",
                    "PixelUnshuffle",
                    "Unfold",
                    "Fold" -> VisionDrawing.draw(attributes, annotation, shape, dice);
            case "Pad" -> pad(attributes, shape, dice);
            case "ReflectionPad1d",
                    "ReflectionPad2d",
                    "ReflectionPad3d",
                    "ReplicationPad1d",
                    "ReplicationPad2d",
                    "ReplicationPad3d",
                    "ZeroPad1d",
                    "ZeroPad2d",
                    "ZeroPad3d",
                    "ConstantPad1d",
                    "ConstantPad2d",
                    "ConstantPad3d",
                    "CircularPad1d",
                    "CircularPad2d",
                    "CircularPad3d" -> VisionDrawing.padding(attributes, annotation, dice);
            case "Normalize" -> normalise(attributes, shape, dice);
            case "Linear" -> linear(attributes, shape, dice);
            case "Embedding", "EmbeddingBag" -> {
                attributes.put("numEmbeddings", dice.one(1, 3, 8, 20));
                attributes.put("embeddingDim", dice.one(1, 3, 8, 16, 17, 32, 40));
                maybe(attributes, dice, 3, "paddingIdx", 0);
                maybe(attributes, dice, 3, dice.one("sparse", "scaleGradByFreq"), true);
                if (annotation.equals("EmbeddingBag")) {
                    boolean dense = attributes.containsKey("sparse") || attributes.containsKey("scaleGradByFreq");
                    attributes.put("mode", dice.one(dense ? "SUM" : "MAX", "SUM", "MEAN"));
                }
            }
            case "BatchNorm1d", "BatchNorm2d", "BatchNorm3d" -> batchNorm(attributes, shape, dice);
            case "GroupNorm" -> groupNorm(attributes, shape, dice);
            case "LeakyReLU" -> maybe(attributes, dice, 2, "negativeSlope", dice.one(0.0, 0.2, 1.0, 2.5, -0.5));
            case "GELU" -> maybe(attributes, dice, 2, "approximate", dice.one("TANH", "NONE"));
            case "CELU" -> maybe(attributes, dice, 2, "alpha", dice.one(0.5, 2.5, -1.5));
            case "ELU" -> maybe(attributes, dice, 2, "alpha", dice.one(0.0, 0.5, -1.5));
            case "Hardshrink" -> maybe(attributes, dice, 2, "lambd", dice.one(0.0, 0.25, -0.5));
            case "Softshrink" -> maybe(attributes, dice, 2, "lambd", dice.one(0.0, 0.25));
            case "Hardtanh" -> maybe(attributes, dice, 2, "maxVal", dice.one(0.25, 2.5, -0.5));
            case "Softplus" -> {
                maybe(attributes, dice, 2, "beta", dice.one(0.5, 3.0, -2.0));
                maybe(attributes, dice, 3, "threshold", 2.0);
            }
            case "Threshold" -> {
                attributes.put("threshold", dice.one(0.0, -0.25, 0.5));
                attributes.put("value", dice.one(0.0, 1.5, -0.5));
            }
            case "GLU" -> attributes.put("dim", evenDimension(shape, dice));
            case "Softmax", "LogSoftmax", "Softmin" -> attributes.put("dim", dimension(shape, dice));
            case "Dropout" -> attributes.put("p", dice.one(0.0, 0.0, 0.0, 1.0, 0.25, 0.75));
            case "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout" ->
                attributes.put("p", dice.one(0.0, 1.0, 0.25, 0.75));
            case "RReLU" -> maybe(attributes, dice, 2, "lower", dice.one(-0.5, 0.0, 1.0 / 3));
            case "StochasticDepth" -> {
                attributes.put("p", dice.one(0.0, 1.0, 0.25, 0.75));
                attributes.put("mode", dice.one("ROW", "ROW", "BATCH"));
            }
            case "GRUCell", "LSTMCell", "RNNCell" -> {
                attributes.put("hiddenSize", dice.one(1, 3, 8, 16, 17));
                maybe(attributes, dice, 3, "bias", false);
            }
            case "LSTM", "GRU", "RNN" -> recurrent(attributes, annotation, dice);
            case "LayerNorm" -> layerNorm(attributes, shape, dice);
            case "LocalResponseNorm" -> {
                attributes.put("size", dice.one(1, 2, 3, 5, 9));
                attributes.put("alpha", dice.one(1e-4, 0.5));
                maybe(attributes, dice, 3, "beta", dice.one(0.5, 1.25));
            }
            case "LayerNorm2d" -> affine(attributes, dice);
            case "RMSNorm" -> {
                attributes.put("normalizedShape", shape.rank() == 0 ? 1 : shape.size(shape.rank() - 1));
                attributes.put("eps", 0.1);
                maybe(attributes, dice, 3, "elementwiseAffine", false);
            }
            case "InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d" -> {
                attributes.put("eps", 0.1);
                maybe(attributes, dice, 2, "affine", true);
                maybe(attributes, dice, 2, "trackRunningStats", true);
            }
            case "Mean", "Sum", "Max", "Min" -> {
                attributes.put("dim", dimension(shape, dice));
                maybe(attributes, dice, shape.rank() == 1 ? 1 : 2, "keepdim", true);
            }
            case "Power" -> attributes.put("exponent", dice.one(0.0, 1.0, 2.0, 3.0));
            case "Clamp" -> {
                attributes.put("min", dice.one(-0.5, 0.0, 0.25));
                maybe(attributes, dice, 2, "max", dice.one(0.5, 1.5));
            }
            case "LpNormalize" -> {
                attributes.put("eps", 0.5);
                maybe(attributes, dice, 2, "p", dice.one(1.0, 3.0));
                maybe(attributes, dice, 2, "dim", dimension(shape, dice));
            }
            case "Flatten" -> flatten(attributes, shape, dice);
            case "ChannelShuffle" -> attributes.put("groups", dice.one(divisors(shape.size(0))));
            case "Permute" -> attributes.put("dims", dimensions(shape, dice));
            case "Slice" -> slice(attributes, shape, dice);
            case "Unflatten" -> MatrixDrawing.unflatten(attributes, shape, dice);
            case "Expand" -> MatrixDrawing.expand(attributes, shape, dice);
            case "Chunk" -> chunk(attributes, shape, dice);
            case "Custom" -> attributes.put("value", ReferenceCustom.operator(SphereNorm.class));
            case "PReLU" -> slopes(attributes, shape, dice);
            default -> {
                // the others have none
            }
        }
        return attributes;
    }

    static void maybe(Map<String, Object> attributes, Dice dice, int draws, String name, Object value) {
        if (dice.once(draws)) {
            attributes.put(name, value);
        }
    }

    /** One of those that can be halved; where there is none, the network is drawn without the layer. */
    private static int evenDimension(Shape shape, Dice dice) {
        List<Integer> even = IntStream.range(0, shape.rank())
                .filter(d -> shape.size(d) % 2 == 0)
                .boxed()
                .toList();
        return even.isEmpty() ? 1 : dice.one(even) + 1;
    }

    /** As PyTorch counts, from the batch on or from the end. */
    static int dimension(Shape shape, Dice dice) {
        int dimension = dice.from(1, Math.max(1, shape.rank()));
        return dice.flip() ? dimension : dimension - shape.rank() - 1;
    }

    /** All of them, the batch first. */
    private static List<Integer> dimensions(Shape shape, Dice dice) {
        List<Integer> dims =
                new ArrayList<>(IntStream.rangeClosed(1, shape.rank()).boxed().toList());
        for (int i = dims.size() - 1; i > 0; i--) {
            Collections.swap(dims, i, dice.from(0, i));
        }
        dims.add(0, 0);
        return dims;
    }

    private static void slice(Map<String, Object> attributes, Shape shape, Dice dice) {
        int dim = dice.flip() ? 1 : dimension(shape, dice);
        attributes.put("dim", dim);
        int size = shape.size(dim > 0 ? dim - 1 : dim + shape.rank());
        int start = dice.flip() ? 0 : dice.from(0, size - 1);
        attributes.put("start", start);
        maybe(attributes, dice, 2, "end", dice.from(start + 1, size));
    }

    private static void chunk(Map<String, Object> attributes, Shape shape, Dice dice) {
        attributes.put("chunks", dice.from(2, 3));
        attributes.put("index", dice.from(0, 1));
        maybe(attributes, dice, 2, "dim", dimension(shape, dice));
    }

    /** One for all axes, or one for each. */
    private static Object oneOrEach(Shape shape, Dice dice, int least, int most) {
        return dice.flip() || shape.rank() == 2 ? dice.from(least, most) : each(shape, dice, least, most);
    }

    private static List<Integer> each(Shape shape, Dice dice, int least, int most) {
        return IntStream.range(1, shape.rank())
                .mapToObj(d -> dice.from(least, most))
                .toList();
    }

    private static void convolution(Map<String, Object> attributes, Shape shape, Dice dice) {
        int in = shape.size(0);
        List<Integer> divisors = divisors(in);
        int groups = dice.once(4) ? dice.one(divisors) : dice.once(5) ? in : 1;
        int out = groups == in && groups > 1
                ? groups * dice.one(1, 1, 1, 2)
                : groups * Math.max(1, dice.one(1, 2, 3, 4, 5, 8, 13, 16, 17, 24, 33, 48) / groups);
        boolean square = dice.from(1, 4) > 1 || shape.rank() == 2;
        int side = dice.one(1, 2, 3, 3, 3, 4, 5);
        Object kernel = square ? (Object) side : each(shape, dice, 1, 4);
        boolean same = dice.once(4);
        attributes.put("outChannels", out);
        attributes.put("kernelSize", kernel);
        if (same) {
            attributes.put("padding", SAME);
        } else if (square && side % 2 == 1 && dice.flip()) {
            attributes.put("padding", side / 2);
        } else if (dice.once(8)) {
            attributes.put("padding", VALID);
        } else {
            maybe(attributes, dice, 2, "padding", oneOrEach(shape, dice, 0, 3));
        }
        if (!same) {
            maybe(attributes, dice, 3, "stride", oneOrEach(shape, dice, 1, 3));
        }
        maybe(attributes, dice, 5, "dilation", oneOrEach(shape, dice, 1, 3));
        maybe(attributes, dice, 3, "bias", false);
        maybe(attributes, dice, 6, "inChannels", in);
        if (groups > 1) {
            attributes.put("groups", groups);
        }
        maybe(attributes, dice, 5, "paddingMode", dice.one("REFLECT", "CIRCULAR", "REPLICATE", "ZEROS"));
    }

    private static void transposed(Map<String, Object> attributes, Shape shape, Dice dice) {
        int in = shape.size(0);
        int groups = dice.once(4) ? dice.one(divisors(in)) : 1;
        attributes.put("outChannels", groups * Math.max(1, dice.one(1, 2, 3, 5, 8, 16, 17, 24, 33) / groups));
        if (dice.flip()) {
            attributes.put("kernelSize", 2);
            attributes.put("stride", 2);
        } else {
            attributes.put("kernelSize", oneOrEach(shape, dice, 1, 4));
            maybe(attributes, dice, 2, "stride", oneOrEach(shape, dice, 1, 2));
            maybe(attributes, dice, 2, "padding", oneOrEach(shape, dice, 0, 2));
            maybe(attributes, dice, 3, "outputPadding", oneOrEach(shape, dice, 0, 1));
            maybe(attributes, dice, 5, "dilation", oneOrEach(shape, dice, 1, 2));
        }
        maybe(attributes, dice, 3, "bias", false);
        maybe(attributes, dice, 6, "inChannels", in);
        if (groups > 1) {
            attributes.put("groups", groups);
        }
    }

    private static List<Integer> divisors(int n) {
        return IntStream.rangeClosed(1, n).filter(d -> n % d == 0).boxed().toList();
    }

    private static void pool(Map<String, Object> attributes, boolean max, Shape shape, Dice dice) {
        if (dice.flip()) {
            attributes.put("kernelSize", dice.one(2, 2, 2, 3, 1));
        } else {
            attributes.put("kernelSize", oneOrEach(shape, dice, 1, 5));
            maybe(attributes, dice, 2, "padding", oneOrEach(shape, dice, 0, 2));
        }
        maybe(attributes, dice, 3, "stride", oneOrEach(shape, dice, 1, 3));
        maybe(attributes, dice, 3, "ceilMode", true);
        if (max) {
            maybe(attributes, dice, 5, "dilation", oneOrEach(shape, dice, 1, 2));
        } else {
            maybe(attributes, dice, 3, "countIncludePad", false);
            if (shape.rank() > 2) {
                maybe(attributes, dice, 5, "divisorOverride", dice.one(-2, 1, 5));
            }
        }
    }

    private static void adaptive(Map<String, Object> attributes, Shape shape, Dice dice) {
        attributes.put(
                "outputSize",
                dice.flip()
                        ? dice.from(1, 3)
                        : IntStream.range(1, shape.rank())
                                .mapToObj(d -> dice.once(4) ? KEEP : dice.from(1, shape.size(d) + 2))
                                .toList());
    }

    private static void upsample(Map<String, Object> attributes, Shape shape, Dice dice) {
        if (dice.flip()) {
            attributes.put("scaleFactor", dice.one(2.0, 2.0, 1.5, 0.6));
        } else {
            attributes.put("size", List.of(dice.from(1, shape.size(1) + 3), dice.from(1, shape.size(2) + 3)));
        }
        if (dice.flip()) {
            attributes.put("mode", dice.one("BILINEAR", "BILINEAR", "BICUBIC"));
            maybe(attributes, dice, 2, "alignCorners", true);
        }
    }

    private static void pad(Map<String, Object> attributes, Shape shape, Dice dice) {
        String mode = dice.one("CONSTANT", "CONSTANT", "CONSTANT", "REFLECT", "REPLICATE", "CIRCULAR");
        boolean constant = mode.equals("CONSTANT");
        int dimensions = dice.from(1, Math.min(constant ? shape.rank() : 3, shape.rank()));
        List<Integer> amounts = new ArrayList<>();
        for (int i = 0; i < 2 * dimensions; i++) {
            amounts.add(dice.once(3) ? 0 : constant && dice.once(4) ? -dice.from(1, 2) : dice.from(0, 2));
        }
        attributes.put("padding", amounts);
        if (!constant || dice.once(4)) {
            attributes.put("mode", mode);
        }
        if (constant) {
            maybe(attributes, dice, 2, "value", dice.one(-1.25, 0.25, 3.0, 0.0));
        }
    }

    private static void normalise(Map<String, Object> attributes, Shape shape, Dice dice) {
        attributes.put("mean", reals(dice, shape.size(0), -1, 1));
        attributes.put("std", reals(dice, shape.size(0), 0.5, 3));
    }

    private static Object reals(Dice dice, int channels, double least, double most) {
        return dice.flip()
                ? (Object) (double) (float) dice.real(least, most)
                : IntStream.range(0, channels)
                        .mapToObj(i -> (double) (float) dice.real(least, most))
                        .toList();
    }

    private static void linear(Map<String, Object> attributes, Shape shape, Dice dice) {
        attributes.put("outFeatures", dice.one(1, 2, 3, 4, 5, 7, 8, 10, 13, 16, 17, 24, 33));
        maybe(attributes, dice, 5, "inFeatures", shape.size(shape.rank() - 1));
        maybe(attributes, dice, 3, "bias", false);
    }

    private static void batchNorm(Map<String, Object> attributes, Shape shape, Dice dice) {
        maybe(attributes, dice, 3, "eps", dice.one(1e-3, 0.1));
        if (dice.once(6)) {
            attributes.put("trackRunningStats", false);
        } else if (dice.once(3)) {
            attributes.put("momentum", dice.one(0.0, 0.25, 1.0));
        } else {
            maybe(attributes, dice, 4, "cumulativeAverage", true);
        }
        if (dice.once(5)) {
            attributes.put("affine", false);
        } else {
            maybe(attributes, dice, 5, "bias", false);
        }
        maybe(attributes, dice, 6, "numFeatures", shape.size(0));
    }

    private static void groupNorm(Map<String, Object> attributes, Shape shape, Dice dice) {
        attributes.put("numGroups", dice.one(divisors(shape.size(0))));
        maybe(attributes, dice, 3, "eps", dice.one(1e-3, 0.1));
        if (dice.once(5)) {
            attributes.put("affine", false);
        } else {
            maybe(attributes, dice, 5, "bias", false);
        }
        maybe(attributes, dice, 6, "numChannels", shape.size(0));
    }

    private static void layerNorm(Map<String, Object> attributes, Shape shape, Dice dice) {
        int count = dice.flip() ? 1 : dice.from(1, Math.max(1, shape.rank()));
        attributes.put("normalizedShape", shape.sizes().subList(shape.rank() - count, shape.rank()));
        affine(attributes, dice);
    }

    private static void affine(Map<String, Object> attributes, Dice dice) {
        maybe(attributes, dice, 3, "eps", dice.one(1e-3, 0.1));
        if (dice.once(5)) {
            attributes.put("elementwiseAffine", false);
        } else {
            maybe(attributes, dice, 5, "bias", false);
        }
    }

    private static void flatten(Map<String, Object> attributes, Shape shape, Dice dice) {
        if (dice.flip()) {
            maybe(attributes, dice, 2, "startDim", dimension(shape, dice));
            maybe(attributes, dice, 2, "endDim", dimension(shape, dice));
        }
    }

    private static void slopes(Map<String, Object> attributes, Shape shape, Dice dice) {
        maybe(attributes, dice, 2, "numParameters", shape.size(0));
        maybe(attributes, dice, 3, "init", dice.one(0.0, 1.5));
    }
}
