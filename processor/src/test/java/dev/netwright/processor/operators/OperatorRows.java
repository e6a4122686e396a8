package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.reference.OuterProduct;
import dev.netwright.processor.reference.ReferenceCustom;
import dev.netwright.processor.reference.SphereNorm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The table of operators: a row for each annotation of a layer or a loss. What is tested of one operator is tested of
 * all.
 */
final class OperatorRows {
    private static final List<OperatorRow> MOST_LAYERS = List.of(
            new OperatorRow("Conv1d", 1, dice -> WindowRows.convolution(dice, 1)),
            new OperatorRow("Conv2d", 1, dice -> WindowRows.convolution(dice, 2)),
            new OperatorRow("Conv3d", 1, dice -> WindowRows.convolution(dice, 3)),
            new OperatorRow("ConvTranspose1d", 1, dice -> WindowRows.transposed(dice, 1)),
            new OperatorRow("ConvTranspose2d", 1, dice -> WindowRows.transposed(dice, 2)),
            new OperatorRow("ConvTranspose3d", 1, dice -> WindowRows.transposed(dice, 3)),
            new OperatorRow("MaxPool1d", 4, dice -> WindowRows.pool("MaxPool", 1, dice)),
            new OperatorRow("MaxPool2d", 4, dice -> WindowRows.pool("MaxPool", 2, dice)),
            new OperatorRow("MaxPool3d", 4, dice -> WindowRows.pool("MaxPool", 3, dice)),
            new OperatorRow("AvgPool1d", 2, dice -> WindowRows.pool("AvgPool", 1, dice)),
            new OperatorRow("AvgPool2d", 2, dice -> WindowRows.pool("AvgPool", 2, dice)),
            new OperatorRow("AvgPool3d", 2, dice -> WindowRows.pool("AvgPool", 3, dice)),
            new OperatorRow("AdaptiveAvgPool1d", 2, dice -> WindowRows.adaptivePool("AdaptiveAvgPool", 1, dice)),
            new OperatorRow("AdaptiveAvgPool2d", 2, dice -> WindowRows.adaptivePool("AdaptiveAvgPool", 2, dice)),
            new OperatorRow("AdaptiveAvgPool3d", 2, dice -> WindowRows.adaptivePool("AdaptiveAvgPool", 3, dice)),
            new OperatorRow("AdaptiveMaxPool1d", 4, dice -> WindowRows.adaptivePool("AdaptiveMaxPool", 1, dice)),
            new OperatorRow("AdaptiveMaxPool2d", 4, dice -> WindowRows.adaptivePool("AdaptiveMaxPool", 2, dice)),
            new OperatorRow("AdaptiveMaxPool3d", 4, dice -> WindowRows.adaptivePool("AdaptiveMaxPool", 3, dice)),
            new OperatorRow("Normalize", 2, OperatorRows::normalise),
            new OperatorRow("GRU", 2, dice -> RecurrentRows.layer("GRU", dice), 3),
            new OperatorRow("GRUCell", 2, dice -> RecurrentRows.cell("GRU", dice), 3),
            new OperatorRow("LSTM", 2, dice -> RecurrentRows.layer("LSTM", dice), 3),
            new OperatorRow("LSTMCell", 2, dice -> RecurrentRows.cell("LSTM", dice), 3),
            new OperatorRow("RNN", 2, dice -> RecurrentRows.layer("RNN", dice), 3),
            new OperatorRow("RNNCell", 2, dice -> RecurrentRows.cell("RNN", dice), 3),
            new OperatorRow("Linear", 1, OperatorRows::linear),
            new OperatorRow("Embedding", 1, IndexRows::embedding),
            new OperatorRow("EmbeddingBag", 1, IndexRows::bag),
            new OperatorRow("BatchNorm1d", 2, OperatorRows::batchNormOfRows),
            new OperatorRow("BatchNorm2d", 2, OperatorRows::batchNorm),
            new OperatorRow("BatchNorm3d", 2, OperatorRows::batchNormOfVolumes),
            activation("ReLU", 2),
            activation("ReLU6", 9),
            new OperatorRow(
                    "LeakyReLU",
                    2,
                    dice -> of(
                            "LeakyReLU",
                            anyShape(dice),
                            dice.flip() ? Map.of() : Map.of("negativeSlope", dice.one(0.0, 0.2, 1.0, 2.5, -0.5)))),
            activation("Sigmoid", 12),
            activation("Tanh", 6),
            activation("SiLU", 12),
            new OperatorRow(
                    "GELU",
                    6,
                    dice -> of("GELU", anyShape(dice), dice.flip() ? Map.of() : Map.of("approximate", "TANH"))),
            new OperatorRow("Softmax", 8, dice -> normalised("Softmax", dice)),
            new OperatorRow("LogSoftmax", 8, dice -> normalised("LogSoftmax", dice)),
            new OperatorRow("Dropout", 2, dice -> DrawingRows.dropout("Dropout", anyShape(dice), dice)),
            new OperatorRow("Dropout1d", 2, dice -> DrawingRows.ofChannels(1, dice)),
            new OperatorRow("Dropout2d", 2, dice -> DrawingRows.ofChannels(2, dice)),
            new OperatorRow("Dropout3d", 2, dice -> DrawingRows.ofChannels(3, dice)),
            new OperatorRow("AlphaDropout", 2, dice -> DrawingRows.dropout("AlphaDropout", anyShape(dice), dice)),
            new OperatorRow(
                    "FeatureAlphaDropout", 2, dice -> DrawingRows.dropout("FeatureAlphaDropout", anyShape(dice), dice)),
            new OperatorRow("RReLU", 2, DrawingRows::slopes),
            new OperatorRow("StochasticDepth", 2, DrawingRows::stochasticDepth),
            new OperatorRow("Flatten", 2, OperatorRows::flatten),
            new OperatorRow("ChannelShuffle", 2, MovingRows::shuffle),
            new OperatorRow("Permute", 2, MovingRows::permute),
            new OperatorRow("Slice", 2, MovingRows::slice),
            new OperatorRow("LastStep", 2, MovingRows::lastStep),
            new OperatorRow("Chunk", 2, MovingRows::chunk),
            activation("Identity", 2),
            new OperatorRow("Add", 2, dice -> join("Add", dice)),
            new OperatorRow("MatMul", 2, MatrixRows::matMul),
            new OperatorRow("Bilinear", 2, MatrixRows::bilinear),
            new OperatorRow("Unflatten", 2, MatrixRows::unflatten),
            new OperatorRow("Expand", 2, MatrixRows::expand),
            new OperatorRow("Mul", 2, dice -> join("Mul", dice)),
            new OperatorRow("Concat", 2, OperatorRows::concat),
            activation("Hardswish", 5),
            activation("Hardsigmoid", 5),
            drawn("CELU", 4, dice -> Map.of("alpha", dice.one(1.0, 0.5, 2.5, -1.5))),
            drawn("ELU", 4, dice -> Map.of("alpha", dice.one(0.0, 0.5, 2.5, -1.5))),
            new OperatorRow("GLU", 6, OperatorRows::gated),
            drawn("Hardshrink", 2, dice -> Map.of("lambd", dice.one(0.0, 0.75, 1.5, -0.5))),
            drawn("Hardtanh", 3, dice -> Map.of("minVal", dice.real(-3, 0.5), "maxVal", dice.real(0.6, 3))),
            activation("LogSigmoid", 12),
            activation("Mish", 12),
            activation("SELU", 4),
            new OperatorRow(
                    "Softmax2d",
                    8,
                    dice -> of("Softmax2d", List.of(dice.channels(), dice.from(1, 9), dice.from(1, 9)), Map.of())),
            new OperatorRow("Softmin", 8, dice -> normalised("Softmin", dice)),
            drawn(
                    "Softplus",
                    8,
                    dice -> Map.of("beta", dice.one(1.0, 0.5, 3.0, -2.0), "threshold", dice.one(20.0, 2.0))),
            drawn("Softshrink", 2, dice -> Map.of("lambd", dice.one(0.0, 0.75, 1.5))),
            activation("Softsign", 12),
            activation("Tanhshrink", 6),
            new OperatorRow(
                    "Threshold",
                    2,
                    dice -> of(
                            "Threshold",
                            anyShape(dice),
                            Map.of("threshold", dice.real(-1, 1), "value", dice.real(-3, 3)))),
            new OperatorRow("PReLU", 2, OperatorRows::slopes),
            new OperatorRow("GroupNorm", 2, OperatorRows::groupNorm),
            new OperatorRow("LocalResponseNorm", 2, NormalizationRows::ofNeighbours),
            new OperatorRow("LayerNorm", 2, NormalizationRows::ofLastDimensions),
            new OperatorRow("LayerNorm2d", 2, NormalizationRows::ofChannels),
            new OperatorRow("RMSNorm", 2, NormalizationRows::byRoots),
            new OperatorRow("InstanceNorm1d", 2, dice -> NormalizationRows.ofInstances(1, dice)),
            new OperatorRow("InstanceNorm2d", 2, dice -> NormalizationRows.ofInstances(2, dice)),
            new OperatorRow("InstanceNorm3d", 2, dice -> NormalizationRows.ofInstances(3, dice)),
            new OperatorRow("Custom", 2, OperatorRows::custom),
            new OperatorRow("Parameter", 2, OperatorRows::parameter));

    static final List<OperatorRow> LAYERS = Stream.of(
                    MOST_LAYERS, AttentionRows.LAYERS, VisionRows.LAYERS, FunctionRows.rows())
            .flatMap(List::stream)
            .toList();

    static final List<OperatorRow> LOSSES = List.of(
            new OperatorRow("BCELoss", 4, dice -> LossRows.ofProbabilities("BCELoss", dice)),
            new OperatorRow("BCEWithLogitsLoss", 8, dice -> LossRows.ofElements("BCEWithLogitsLoss", dice)),
            new OperatorRow("CTCLoss", 3, LossRows::ofSequences),
            new OperatorRow("CosineEmbeddingLoss", 2, dice -> LossRows.ofVectors("CosineEmbeddingLoss", 2, dice)),
            new OperatorRow("CrossEntropyLoss", 6, dice -> LossRows.ofClasses("CrossEntropyLoss", dice)),
            new OperatorRow("GaussianNLLLoss", 2, LossRows::ofVariances),
            new OperatorRow("HingeEmbeddingLoss", 3, dice -> LossRows.ofElements("HingeEmbeddingLoss", dice)),
            new OperatorRow("HuberLoss", 3, dice -> LossRows.ofElements("HuberLoss", dice)),
            new OperatorRow("KLDivLoss", 3, dice -> LossRows.ofElements("KLDivLoss", dice)),
            new OperatorRow("L1Loss", 2, dice -> LossRows.ofElements("L1Loss", dice)),
            new OperatorRow("MSELoss", 2, dice -> LossRows.ofElements("MSELoss", dice)),
            new OperatorRow("MarginRankingLoss", 2, LossRows::ofPairs),
            new OperatorRow(
                    "MultiLabelSoftMarginLoss", 8, dice -> LossRows.ofElements("MultiLabelSoftMarginLoss", dice)),
            new OperatorRow("MultiLabelMarginLoss", 3, dice -> LossRows.ofScores("MultiLabelMarginLoss", dice)),
            new OperatorRow("MultiMarginLoss", 3, dice -> LossRows.ofScores("MultiMarginLoss", dice)),
            new OperatorRow("NLLLoss", 3, dice -> LossRows.ofClasses("NLLLoss", dice)),
            new OperatorRow("PoissonNLLLoss", 3, LossRows::ofCounts),
            new OperatorRow("SmoothL1Loss", 3, dice -> LossRows.ofElements("SmoothL1Loss", dice)),
            new OperatorRow("SoftMarginLoss", 8, dice -> LossRows.ofElements("SoftMarginLoss", dice)),
            new OperatorRow("TripletMarginLoss", 2, LossRows::ofTriplets),
            new OperatorRow("TripletMarginWithDistanceLoss", 2, LossRows::ofOwnTriplets));

    /** Further cases of operators that have more than one algorithm, and of inputs that are not of floats. */
    private static final List<OperatorRow> ALGORITHMS = List.of(
            new OperatorRow("Gate", 2, OperatorRows::gate),
            new OperatorRow("Winograd", 1, WindowRows::winograd),
            new OperatorRow("Sequence", 1, WindowRows::sequence),
            new OperatorRow("NarrowGroups", 1, WindowRows::narrowGroups),
            new OperatorRow("WideGroups", 1, WindowRows::wideGroups),
            new OperatorRow("NormalizeBytes", 1, dice -> normalise(dice).typed(List.of("UINT8"))),
            new OperatorRow("NormalizeInts", 1, dice -> normalise(dice).typed(List.of("INT32"))),
            new OperatorRow(
                    "ConvolveBytes",
                    1,
                    dice -> WindowRows.convolution(dice, dice.from(1, 2)).typed(List.of("UINT8"))),
            new OperatorRow(
                    "ConvolveInts",
                    1,
                    dice -> WindowRows.convolution(dice, dice.from(1, 2)).typed(List.of("INT32"))),
            new OperatorRow("LinearBytes", 1, dice -> linear(dice).typed(List.of("UINT8"))));

    private OperatorRows() {}

    static List<OperatorRow> all() {
        return Stream.of(LAYERS, LOSSES, ALGORITHMS).flatMap(List::stream).toList();
    }

    /** A layer that reads the input. */
    static NetworkSource of(String annotation, List<Integer> input, Map<String, ?> attributes) {
        return NetworkSource.of(List.of(input)).layer(AnnotationText.of(annotation, attributes) + " Layer layer");
    }

    /**
     * Steps {@code a}, with lengths {@code b}, moved by a parameter: this has the gradient, as inputs that are not all floats
     * have none.
     */
    static NetworkSource steps(List<Integer> shape) {
        List<Integer> whole = new ArrayList<>(List.of(1));
        whole.addAll(shape);
        return NetworkSource.of(List.of(shape, List.of(1)))
                .typed(List.of("FLOAT32", "INT32"))
                .layer(AnnotationText.of("Parameter", Map.of("shape", whole)) + " Layer shift")
                .layer("@Add(from = {\"a\", \"shift\"}) Layer moved");
    }

    private static OperatorRow activation(String annotation, double range) {
        return new OperatorRow(annotation, range, dice -> of(annotation, anyShape(dice), Map.of()));
    }

    /** An activation that is drawn with its attributes or without. */
    private static OperatorRow drawn(String annotation, double range, Function<Dice, Map<String, ?>> attributes) {
        return new OperatorRow(
                annotation,
                range,
                dice -> of(annotation, anyShape(dice), dice.once(3) ? Map.of() : attributes.apply(dice)));
    }

    private static NetworkSource gated(Dice dice) {
        List<Integer> shape = new ArrayList<>(anyShape(dice));
        int dimension = dice.flip() ? shape.size() - 1 : dice.from(0, shape.size() - 1);
        shape.set(dimension, 2 * shape.get(dimension));
        boolean last = dimension == shape.size() - 1 && dice.flip();
        return of("GLU", shape, last ? Map.of() : Map.of("dim", dimension + 1));
    }

    /** Of one to four dimensions. */
    static List<Integer> anyShape(Dice dice) {
        return switch (dice.from(1, 5)) {
            case 1 -> List.of(dice.one(1, 2, 7, 15, 16, 17, 31, 64, 97));
            case 2 -> List.of(dice.side(), dice.channels());
            case 3 -> List.of(dice.from(1, 4), dice.from(1, 3), dice.from(1, 5), dice.from(1, 6));
            default -> List.of(dice.channels(), dice.from(1, 9), dice.from(1, 9));
        };
    }

    private static NetworkSource normalise(Dice dice) {
        List<Integer> shape = anyShape(dice);
        return of(
                "Normalize",
                shape,
                Map.of("mean", oneOrEach(dice, shape.get(0), -1, 1), "std", oneOrEach(dice, shape.get(0), 0.2, 3)));
    }

    private static List<Double> oneOrEach(Dice dice, int channels, double least, double most) {
        return IntStream.range(0, dice.once(3) ? 1 : channels)
                .mapToObj(i -> dice.real(least, most))
                .toList();
    }

    /** Of the sample's shape or of one that is stretched to it, with or without the batch's 1 before it. */
    private static NetworkSource parameter(Dice dice) {
        List<Integer> input = anyShape(dice);
        List<Integer> shape = new ArrayList<>(input);
        shape.replaceAll(size -> dice.once(3) ? 1 : size);
        if (dice.flip() || shape.get(0) == 1) {
            shape.add(0, 1);
        }
        String function =
                dice.once(3) ? "@Tanh(from = \"scale\") Layer bent" : "@Identity(from = \"scale\") Layer bent";
        return NetworkSource.of(List.of(input))
                .layer(AnnotationText.of("Parameter", Map.of("shape", shape)) + " Layer scale")
                .layer(function)
                .layer(AnnotationText.of(dice.one("Mul", "Add"), Map.of("from", List.of("input", "bent")))
                        + " Layer layer");
    }

    /** Of one input, or of a layer and a parameter. */
    private static NetworkSource custom(Dice dice) {
        List<Integer> shape = anyShape(dice);
        if (dice.flip()) {
            return of("Custom", shape, Map.of("value", ReferenceCustom.operator(SphereNorm.class)));
        }
        int rows = shape.stream().reduce(1, Math::multiplyExact) + 1;
        int columns = dice.one(1, 3, 16);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("value", ReferenceCustom.operator(OuterProduct.class));
        attributes.put("output", List.of(rows, columns));
        attributes.put("from", List.of("input", "factor"));
        return NetworkSource.of(List.of(shape))
                .layer(AnnotationText.of("Parameter", Map.of("shape", List.of(columns))) + " Layer factor")
                .layer(AnnotationText.of("Custom", attributes) + " Layer layer");
    }

    private static NetworkSource linear(Dice dice) {
        int in = dice.one(1, 2, 3, 7, 15, 16, 17, 31, 64, 101);
        List<Integer> input = dice.once(4)
                ? List.of(dice.from(1, 5), in)
                : dice.once(6) ? List.of(dice.from(1, 3), dice.from(1, 5), in) : List.of(in);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outFeatures", dice.one(1, 2, 3, 5, 10, 15, 16, 17, 32, 33, 64, 65));
        if (dice.flip()) {
            attributes.put("inFeatures", in);
        }
        if (dice.once(3)) {
            attributes.put("bias", false);
        }
        return of("Linear", input, attributes);
    }

    private static NetworkSource batchNorm(Dice dice) {
        Map<String, Object> attributes = normalisation(dice);
        // with few values the variance of a channel may be tiny, and errors grow with its inverse root
        return of("BatchNorm2d", List.of(dice.channels(), dice.from(2, 8), dice.from(2, 9)), attributes);
    }

    private static NetworkSource batchNormOfVolumes(Dice dice) {
        Map<String, Object> attributes = normalisation(dice);
        List<Integer> input = List.of(dice.channels(), dice.from(1, 3), dice.from(2, 4), dice.from(2, 5));
        return of("BatchNorm3d", input, attributes);
    }

    private static NetworkSource batchNormOfRows(Dice dice) {
        Map<String, Object> attributes = normalisation(dice);
        if (dice.flip()) {
            return of("BatchNorm1d", List.of(dice.channels(), dice.from(4, 40)), attributes);
        }
        attributes.put("eps", 0.1); // a feature has one value in each sample
        return of("BatchNorm1d", List.of(dice.channels()), attributes);
    }

    private static Map<String, Object> normalisation(Dice dice) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.once(3)) {
            attributes.put("eps", dice.one(1e-3, 0.1));
        }
        if (dice.once(3)) {
            attributes.put("momentum", dice.one(0.0, 0.25, 1.0));
        } else if (dice.once(3)) {
            attributes.put("cumulativeAverage", true);
        }
        if (dice.once(4)) {
            attributes.put("affine", false);
        } else if (dice.once(4)) {
            attributes.put("bias", false);
        }
        if (dice.once(4)) {
            attributes.put("trackRunningStats", false);
            attributes.remove("momentum");
            attributes.remove("cumulativeAverage");
        }
        return attributes;
    }

    private static NetworkSource slopes(Dice dice) {
        List<Integer> shape = anyShape(dice);
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.flip()) {
            attributes.put("numParameters", shape.get(0));
        }
        if (dice.once(3)) {
            attributes.put("init", dice.one(0.0, 1.5));
        }
        return of("PReLU", shape, attributes);
    }

    private static NetworkSource groupNorm(Dice dice) {
        int groups = dice.one(1, 2, 3, 5, 16);
        int channels = groups * dice.one(1, 2, 3, 16);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("numGroups", groups);
        if (dice.once(3)) {
            attributes.put("numChannels", channels);
        }
        if (dice.once(3)) {
            attributes.put("eps", dice.one(1e-3, 0.1));
        }
        if (dice.once(4)) {
            attributes.put("affine", false);
        } else if (dice.once(4)) {
            attributes.put("bias", false);
        }
        // with few values the variance of a group may be tiny, and errors grow with its inverse root
        List<Integer> shape =
                dice.once(4) ? List.of(channels, dice.from(4, 9)) : List.of(channels, dice.from(2, 6), dice.from(2, 7));
        return of("GroupNorm", shape, attributes);
    }

    private static NetworkSource normalised(String annotation, Dice dice) {
        List<Integer> shape = anyShape(dice);
        int dim = dice.from(1, shape.size());
        return of(annotation, shape, Map.of("dim", dice.flip() ? dim : dim - shape.size() - 1));
    }

    private static NetworkSource flatten(Dice dice) {
        List<Integer> shape = List.of(dice.channels(), dice.from(1, 5), dice.from(1, 7));
        return of(
                "Flatten",
                shape,
                switch (dice.from(1, 4)) {
                    case 1 -> Map.of("startDim", 2);
                    case 2 -> Map.of("endDim", 2);
                    case 3 -> Map.of("startDim", -3, "endDim", -2);
                    default -> Map.of();
                });
    }

    private static NetworkSource join(String annotation, Dice dice) {
        int parts = dice.from(2, 4);
        List<Integer> shape = anyShape(dice);
        boolean stretches = dice.flip();
        NetworkSource source = NetworkSource.of(IntStream.range(0, parts)
                .mapToObj(i -> stretches ? withOnes(shape, dice) : shape)
                .toList());
        List<String> from = IntStream.range(0, parts).mapToObj(source::input).toList();
        if (dice.once(3)) {
            from = new ArrayList<>(from);
            from.add("a");
        }
        return source.layer(AnnotationText.of(annotation, Map.of("from", from)) + " Layer layer");
    }

    /** The same shape, or one in which some sizes are 1. */
    private static List<Integer> withOnes(List<Integer> shape, Dice dice) {
        return shape.stream().map(size -> dice.once(3) ? 1 : size).toList();
    }

    /** An image and what it is multiplied with, or added to: a number for each channel, pixel, row or column. */
    private static NetworkSource gate(Dice dice) {
        int channels = dice.one(1, 3, 7, 16, 17, 31, 32, 64, 97);
        int rows = dice.one(1, 5, 7, 13, 14);
        int columns = dice.one(1, 4, 7, 13, 14);
        List<List<Integer>> gates = List.of(
                List.of(channels, 1, 1),
                List.of(channels, 1, 1),
                List.of(1, rows, columns),
                List.of(channels, rows, 1),
                List.of(1, 1, columns),
                List.of(1, 1, 1));
        List<List<Integer>> shapes = new ArrayList<>(List.of(List.of(channels, rows, columns), dice.one(gates)));
        Collections.rotate(shapes, dice.from(0, 1));
        return NetworkSource.of(shapes)
                .layer(AnnotationText.of(dice.one("Mul", "Mul", "Add"), Map.of("from", List.of("a", "b")))
                        + " Layer layer");
    }

    private static NetworkSource concat(Dice dice) {
        List<Integer> shape = anyShape(dice);
        int dim = dice.from(1, shape.size());
        int parts = dice.from(2, 4);
        List<List<Integer>> shapes = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            List<Integer> part = new ArrayList<>(shape);
            part.set(dim - 1, dice.one(1, 2, 3, 5, 15, 16, 17));
            shapes.add(part);
        }
        NetworkSource source = NetworkSource.of(shapes);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("from", IntStream.range(0, parts).mapToObj(source::input).toList());
        if (dim != 1 || dice.flip()) {
            attributes.put("dim", dice.flip() ? dim : dim - shape.size() - 1);
        }
        return source.layer(AnnotationText.of("Concat", attributes) + " Layer layer");
    }
}
