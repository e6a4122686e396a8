package dev.netwright.processor.drawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.netwright.processor.drawn.Verdict.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Networks in which a value's layout is not what the next layer would like best: other orders of axes, sizes of 1,
 * borders, padding lanes, dimensions that were several. Each once with the losses that it names or none, and once with
 * a mean of squares; in one sample, few, and more than a prediction takes at a time.
 */
class LayoutNetworksTest {
    private static final int KEEP = LayerDrawing.KEEP;
    private static final Map<String, Declaration> NETWORKS = new LinkedHashMap<>();

    static {
        groups();
        views();
        linearOnImages();
        oneChannel();
        borders();
        widthOfOne();
        flattened();
        volumes();
        sequences();
        rowsByIndices();
        longRows();
        gates();
        enlarged();
        matrices();
    }

    private static void add(String name, Declaration declaration) {
        NETWORKS.put(name, declaration);
    }

    private static Declaration head(Declaration network) {
        return network.layer("Flatten").linear(3);
    }

    private static Declaration image(Integer... shape) {
        return Declaration.of(shape);
    }

    private static void groups() {
        int[][] groups = {{8, 2}, {32, 8}, {16, 4}, {6, 3}};
        for (int[] each : groups) {
            add(
                    each[0] + " channels in " + each[1] + " groups between convolutions",
                    head(image(3, 6, 6)
                            .conv(each[0], 3)
                            .groupNorm(each[1])
                            .layer("ReLU")
                            .conv(each[0], 3)));
        }
        add(
                "groups in a residual block",
                head(image(3, 6, 6)
                        .conv(8, 3)
                        .groupNorm(2)
                        .layer("ReLU")
                        .conv(8, 3)
                        .groupNorm(2)
                        .layer("Add", List.of("groupnorm5", "relu3"))
                        .layer("ReLU")));
        add("groups of an input", image(4, 6, 6).groupNorm(2).layer("ReLU").conv(8, 3));
        add(
                "groups, a pool, a convolution",
                image(4, 6, 6).conv(8, 3).groupNorm(2).layer("ReLU").maxPool(2).conv(3, 3));
        add(
                "groups, a pad, a point",
                image(4, 2, 2).groupNorm(2).pad(0, 0, 0, 1).conv(1, 1));
        add(
                "groups, a pool, a convolution, no activation",
                image(4, 6, 6).conv(8, 3).groupNorm(2).maxPool(2).conv(4, 3));
        for (boolean activated : new boolean[] {false, true}) {
            for (String pool : List.of("AdaptiveAvgPool2d", "AdaptiveMaxPool2d", "MaxPool2d", "AvgPool2d")) {
                Declaration network = image(3, 6, 6).conv(8, 3).groupNorm(2);
                if (activated) {
                    network.layer("ReLU");
                }
                boolean adaptive = pool.startsWith("Adaptive");
                add(
                        "groups, " + (activated ? "ReLU, " : "") + pool + ", head",
                        head(network.layer(pool, adaptive ? "outputSize" : "kernelSize", adaptive ? 1 : 2)));
            }
        }
        add("a pad before groups", image(4, 5, 5).layer("ReLU").pad(0, 1).groupNorm(2));
        add(
                "groups of features joined with themselves",
                image(7).linear(64)
                        .linear(33)
                        .layer("Concat", List.of("linear2", "linear2"))
                        .groupNorm(2));
        add("groups of features", image(7).linear(8).groupNorm(2).loss("CrossEntropyLoss"));
        add(
                "features and their groups both outputs",
                image(5).linear(4)
                        .output()
                        .loss("CrossEntropyLoss")
                        .groupNorm(2)
                        .output()
                        .loss("MSELoss"));
        add(
                "groups and a pool of bytes both outputs",
                new Declaration()
                        .input("input", "UINT8", 24, 4, 4)
                        .layer("Normalize", "mean", 0.25, "std", 0.3)
                        .groupNorm(12)
                        .output()
                        .layer("MaxPool2d", List.of("normalize1"), "kernelSize", 2)
                        .output());
        add(
                "groups behind two pools",
                image(1, 8, 4).conv(16, 1).maxPool(2).conv(33, 3).maxPool(2).groupNorm(11));
        add("groups of what was flattened", image(4, 3, 2).layer("Flatten").groupNorm(4));
        add(
                "groups of flattened channels",
                image(8, 3, 2).conv(8, 3).layer("Flatten").groupNorm(2));
        add(
                "groups of an adaptive pool",
                image(4, 3, 1)
                        .layer("Tanh")
                        .layer("AdaptiveAvgPool2d", "outputSize", List.of(2, 1))
                        .groupNorm(2));
        add(
                "groups of windows that overlap",
                image(6, 1, 4)
                        .layer("Normalize", "mean", -0.75, "std", 2.25)
                        .layer("AdaptiveAvgPool2d", "outputSize", 2)
                        .groupNorm(2));
        add(
                "a depthwise convolution of groups",
                image(24, 2, 7)
                        .groupNorm(4)
                        .layer("Conv2d", "outChannels", 24, "kernelSize", 3, "padding", 1, "groups", 24));
    }

    private static void views() {
        for (int channels : new int[] {8, 32, 34}) {
            String of = channels + " channels";
            add(
                    "a block of parts that are shuffled, " + of,
                    head(image(3, 6, 6)
                            .conv(channels, 3)
                            .layer("ReLU")
                            .layer("Chunk", List.of("relu2"), "chunks", 2, "index", 0)
                            .layer("Chunk", List.of("relu2"), "chunks", 2, "index", 1)
                            .conv(channels / 2, 1)
                            .layer("ReLU")
                            .layer("Concat", List.of("chunk3", "relu6"))
                            .layer("ChannelShuffle", "groups", 2)
                            .layer("Slice", List.of("channelshuffle8"), "start", 0, "end", channels / 2)
                            .layer("Slice", List.of("channelshuffle8"), "start", channels / 2)
                            .conv(5, 3)
                            .layer("Concat", List.of("slice9", "conv11"))));
            add(
                    "shuffled, then a grouped convolution, " + of,
                    image(channels, 5, 5)
                            .layer("ChannelShuffle", "groups", channels / 2)
                            .layer("Conv2d", "outChannels", channels, "kernelSize", 3, "padding", 1, "groups", channels)
                            .layer("ChannelShuffle", "groups", 2)
                            .layer("Conv2d", "outChannels", 4, "kernelSize", 1, "groups", 2));
            add(
                    "channels last and back, " + of,
                    image(3, 4, 6)
                            .conv(channels, 3)
                            .layer("Permute", "dims", List.of(0, 2, 3, 1))
                            .linear(7)
                            .layer("GELU")
                            .layer("Permute", "dims", List.of(0, 3, 1, 2))
                            .maxPool(2));
            add(
                    "channels last, flattened, " + of,
                    image(3, 4, 6)
                            .conv(channels, 3)
                            .layer("Permute", "dims", List.of(0, 3, 1, 2))
                            .layer("Flatten")
                            .linear(5)
                            .loss("CrossEntropyLoss"));
            add(
                    "a part of what was flattened, " + of,
                    image(3, 4, 4)
                            .conv(channels, 3)
                            .layer("Flatten")
                            .layer("Slice", "start", 3, "end", 4 * channels)
                            .linear(5)
                            .loss("MSELoss"));
            add(
                    "a part, a sum and both outputs, " + of,
                    image(3, 6, 6)
                            .conv(2 * channels, 3)
                            .layer("Slice", "start", 1, "end", channels + 1)
                            .output()
                            .conv(channels, 3)
                            .layer("Add", List.of("slice2", "conv3"))
                            .output());
        }
        for (String pool : List.of("AdaptiveAvgPool2d", "AdaptiveMaxPool2d")) {
            add(
                    pool + " of a single pixel, enlarged and flattened",
                    image(3, 2, 2)
                            .conv(16, 3)
                            .maxPool(2)
                            .layer(pool, "outputSize", 7)
                            .layer("Flatten")
                            .linear(5)
                            .loss("CrossEntropyLoss"));
        }
        add(
                "rows turned into columns, pooled and joined",
                image(4, 6, 6)
                        .layer("Permute", "dims", List.of(0, 1, 3, 2))
                        .maxPool(2)
                        .layer("Concat", List.of("maxpool2", "maxpool2"), "dim", 3)
                        .layer("Permute", "dims", List.of(0, 3, 1, 2))
                        .layer("Softmax", "dim", 1));
    }

    private static void linearOnImages() {
        add(
                "rows, normalised, convolved",
                image(3, 5, 5).linear(4).layer("BatchNorm2d").conv(2, 3));
        add("rows, ReLU, convolved", image(3, 5, 5).linear(4).layer("ReLU").conv(2, 3));
        add(
                "rows of a convolution, softmax, convolved",
                image(3, 5, 5).conv(4, 3).linear(4).layer("Softmax", "dim", -1).conv(2, 3));
        add(
                "one number, softmax, convolved",
                image(1, 1, 1)
                        .layer("Linear", "outFeatures", 2, "bias", false)
                        .layer("Softmax", "dim", -1)
                        .conv(1, 2));
        add(
                "rows of a convolution without padding",
                image(1, 6, 6)
                        .maxPool(2)
                        .layer("Conv2d", "outChannels", 2, "kernelSize", 3)
                        .linear(1));
        add(
                "rows, every third of whose columns a convolution takes",
                image(1, 4, 1).linear(33).layer("Conv2d", "outChannels", 1, "kernelSize", 1, "stride", List.of(1, 3)));
        add(
                "a square of rows, convolved",
                image(2, 1, 1)
                        .linear(1)
                        .layer("Mul", List.of("linear1", "linear1"))
                        .conv(1, 1));
    }

    private static void oneChannel() {
        add(
                "one channel, pooled, convolved",
                image(4, 8, 8).conv(1, 3).maxPool(2).layer("ReLU").conv(4, 3));
        add(
                "one channel, softmax of rows, convolved",
                image(4, 8, 8).conv(1, 3).layer("Softmax", "dim", -1).conv(4, 3));
        add(
                "one channel, softmax of channels, convolved",
                image(4, 8, 8).conv(1, 3).layer("Softmax", "dim", 1).conv(4, 3));
        add(
                "one channel joined with others, convolved",
                new Declaration()
                        .input("a", "FLOAT32", 3, 8, 8)
                        .input("b", "FLOAT32", 4, 8, 8)
                        .conv(1, 1)
                        .layer("Concat", List.of("conv1", "b"))
                        .conv(8, 3));
    }

    private static void borders() {
        add(
                "a strided depthwise gradient that takes up a transposed one, from each of its phases on",
                image(32, 4, 4)
                        .conv(32, 1)
                        .layer("ReLU")
                        .layer("Conv2d", "outChannels", 32, "groups", 32, "kernelSize", 4, "stride", List.of(2, 2))
                        .output()
                        .layer("Permute", List.of("relu2"), "dims", List.of(0, 1, 3, 2))
                        .layer("MaxPool2d", "kernelSize", 3, "stride", 2)
                        .output());
        add(
                "a border of another number, convolved",
                image(3, 5, 5)
                        .layer("Pad", "padding", List.of(1, 1, 1, 1), "value", -1.25)
                        .conv(2, 3));
        add(
                "a pad that leaves nothing of the input",
                image(3, 2)
                        .layer("Pad", "padding", List.of(1, -2), "value", 0.5)
                        .linear(2));
        add(
                "a border of another number in four dimensions",
                image(1, 2, 2, 1).layer("Pad", "padding", List.of(1, 0, 0, 1), "value", 3.0));
        add(
                "a gradient of largest elements alone, whose border nobody reads",
                image(1, 1, 1)
                        .conv(1, 1)
                        .layer("Conv2d", "outChannels", 1, "kernelSize", 2, "padding", 1, "bias", false)
                        .maxPool(2));
        add(
                "deviations of each of 13 channels",
                image(1, 1, 1)
                        .conv(13, 1)
                        .layer(
                                "Normalize",
                                "mean",
                                -0.5,
                                "std",
                                List.of(2.0, 1.0, 2.5, 1.5, 1.75, 2.25, 3.0, 2.0, 2.75, 1.25, 1.0, 1.125, 0.875)));
    }

    private static void widthOfOne() {
        add(
                "width 2 pooled to 1",
                image(4, 4, 2).conv(8, 3).maxPool(2).layer("ReLU").conv(8, 3));
        add("width 1, windows of 1", image(16, 16, 1).conv(16, 3).maxPool(1).conv(8, 3));
        add(
                "width 1, windows wider than it",
                image(1, 4, 1)
                        .conv(2, 1)
                        .layer("AvgPool2d", "kernelSize", 4, "stride", 1, "padding", List.of(0, 2))
                        .conv(1, 2));
        add("width 1, rows of a convolution", image(3, 4, 1).conv(2, 1).linear(3));
        add(
                "a point and a border beside it",
                image(1, 1, 1)
                        .layer("Conv2d", "outChannels", 1, "kernelSize", List.of(1, 2), "padding", Declaration.SAME)
                        .loss("MSELoss"));
        add(
                "a point and a border below it",
                image(1, 1, 1)
                        .layer("Conv2d", "outChannels", 1, "kernelSize", List.of(2, 1), "padding", Declaration.SAME)
                        .loss("MSELoss"));
        add(
                "as many features as channels, which are normalised",
                image(2, 4, 3).conv(3, 3).linear(3).layer("BatchNorm2d"));
        add(
                "several norms behind a convolution",
                image(2, 4, 3)
                        .conv(3, 3)
                        .layer("BatchNorm2d")
                        .layer("BatchNorm2d")
                        .layer("BatchNorm2d"));
        add("a slope for rows of rows", image(2, 3, 4).linear(1).layer("PReLU"));
        add("rows, a point", image(1, 5, 5).linear(4).conv(2, 1));
    }

    /** Planes around rows and columns, with a border of their own. */
    private static void volumes() {
        add(
                "a volume in a residual block",
                head(image(8, 3, 4, 5)
                        .volume(8, 3)
                        .layer("ReLU")
                        .volume(8, 3)
                        .layer("Add", List.of("conv3", "input"))));
        add("one plane", image(3, 1, 4, 5).volume(17, 3).layer("ReLU").volume(4, 2));
        add("one row", image(3, 4, 1, 5).volume(16, 3).volume(32, 2));
        add("one column, one channel", image(1, 4, 5, 1).volume(1, 3).volume(2, 3));
        add(
                "planes, pooled, flattened",
                image(2, 4, 5, 6)
                        .volume(16, 3)
                        .layer("BatchNorm3d")
                        .layer("ReLU")
                        .layer("MaxPool3d", "kernelSize", 2)
                        .volume(4, 3)
                        .layer("Flatten")
                        .linear(3));
        add(
                "planes, cut and turned",
                image(4, 4, 3, 6)
                        .volume(6, 3)
                        .layer("Slice", "dim", 2, "start", 1)
                        .volume(4, 3)
                        .layer("Permute", "dims", List.of(0, 1, 4, 2, 3))
                        .volume(5, 2));
        add(
                "planes, normalised each way",
                image(6, 2, 3, 4)
                        .volume(6, 3)
                        .layer("GroupNorm", "numGroups", 2)
                        .layer("LayerNorm", "normalizedShape", List.of(3, 4))
                        .layer("LocalResponseNorm", "size", 3)
                        .layer("Softmax", "dim", 1)
                        .volume(2, 1));
        add(
                "planes as images",
                image(4, 3, 4, 5)
                        .volume(5, 3)
                        .layer("Flatten", "startDim", 1, "endDim", 2)
                        .conv(8, 3)
                        .layer("AvgPool2d", "kernelSize", 2));
        add(
                "each channel of a volume, and groups",
                image(32, 3, 3, 4)
                        .layer("Conv3d", "outChannels", 32, "kernelSize", 3, "padding", 1, "groups", 32)
                        .layer("Conv3d", "outChannels", 16, "kernelSize", 3, "padding", 1, "groups", 4)
                        .layer("Conv3d", "outChannels", 32, "kernelSize", List.of(2, 1, 2), "stride", 2, "groups", 2));
    }

    /** Values of two dimensions are channels and places for some layers and rows of features for others. */
    private static void sequences() {
        add(
                "tokens, turned and convolved",
                image(6, 5)
                        .layer("Permute", "dims", List.of(0, 2, 1))
                        .sequence(3, 3)
                        .linear(2));
        add("rows of features, convolved", image(5, 8).linear(6).sequence(17, 3).linear(3));
        add(
                "rows of features, pooled",
                image(17, 9)
                        .linear(8)
                        .layer("MaxPool1d", "kernelSize", 3, "stride", 2, "padding", 1)
                        .linear(3));
        add(
                "a sequence, normalised by places",
                image(3, 12)
                        .sequence(8, 3)
                        .layer("LayerNorm", "normalizedShape", 12)
                        .sequence(4, 3)
                        .layer("BatchNorm1d"));
        add(
                "a sequence in a residual block",
                head(image(8, 10).sequence(8, 3).layer("ReLU").sequence(8, 3).layer("Add", List.of("conv3", "input"))));
        add(
                "halves of a sequence",
                head(image(6, 11)
                        .sequence(16, 5)
                        .layer("Chunk", "chunks", 2, "index", 1)
                        .sequence(4, 3)
                        .layer("Slice", "dim", 2, "start", 3)
                        .sequence(2, 1)));
        add(
                "a sequence and rows of features, joined",
                image(4, 7)
                        .sequence(4, 3)
                        .linear(7)
                        .layer("Concat", List.of("linear2", "input"))
                        .sequence(3, 2));
        add("one place", image(16, 1).sequence(4, 3).layer("ReLU").sequence(3, 1));
        add(
                "one channel, dropped, pooled",
                image(1, 16)
                        .sequence(1, 3)
                        .layer("Dropout", "p", 0.0)
                        .layer("AvgPool1d", "kernelSize", 2)
                        .sequence(2, 3));
        add(
                "an image, its rows a sequence",
                image(3, 4, 5)
                        .conv(4, 3)
                        .layer("Flatten", "startDim", 2)
                        .sequence(5, 3)
                        .layer("BatchNorm1d"));
    }

    /** Sums over so many that they are added in parts, with some left that fill no vector. */
    private static void longRows() {
        add("a long row, normalised", image(680).layer("LayerNorm", "normalizedShape", 680));
        add("long rows, normalised", image(2, 1003).layer("LayerNorm", "normalizedShape", 1003));
        add("a long row of likelihoods", image(1, 685).layer("Softmax", "dim", -1));
        add(
                "rows, normalised, each beside what it was made of",
                image(2, 1, 1)
                        .linear(16)
                        .layer("RMSNorm", "normalizedShape", 16)
                        .layer("Concat", List.of("rmsnorm2", "linear1"), "dim", -2));
    }

    private static void flattened() {
        add(
                "classes that were an image",
                image(3, 8, 8).conv(2, 3).layer("Flatten").layer("ReLU").loss("CrossEntropyLoss"));
        add(
                "likelihoods of what was an image",
                image(3, 8, 8)
                        .conv(2, 3)
                        .layer("Flatten")
                        .layer("ReLU")
                        .layer("LogSoftmax", "dim", 1)
                        .loss("NLLLoss"));
        add(
                "channels and rows made one",
                image(3, 8, 8).layer("Flatten", "endDim", 2).linear(2));
        add("classes of a flattened input", image(1, 2, 2).layer("Flatten").loss("CrossEntropyLoss"));
    }

    /** Indices of rows that others read as numbers, whose memory is free again when the rows' gradient is added. */
    private static void rowsByIndices() {
        add(
                "a bag of rows and their indices added",
                new Declaration()
                        .input("input", "INT32", 2)
                        .layer("EmbeddingBag", "numEmbeddings", 1, "embeddingDim", 1)
                        .layer("Add", List.of("embeddingbag1", "input")));
        add(
                "rows, and numbers of their indices",
                new Declaration()
                        .input("input", "INT32", 1)
                        .layer("Embedding", "numEmbeddings", 1, "embeddingDim", 1)
                        .output()
                        .layer("Hardsigmoid", List.of("input"))
                        .output());
    }

    private static void gates() {
        for (int channels : new int[] {16, 17}) {
            add(
                    channels + " channels, squeezed, excited, convolved",
                    head(image(3, 5, 6)
                            .conv(channels, 3)
                            .layer("AdaptiveAvgPool2d", "outputSize", 1)
                            .conv(4, 1)
                            .layer("ReLU")
                            .conv(channels, 1)
                            .layer("Sigmoid")
                            .layer("Mul", List.of("sigmoid6", "conv1"))
                            .conv(3, 3)));
            add(
                    "a number for each pixel of " + channels + " channels",
                    head(image(3, 5, 6)
                            .conv(channels, 3)
                            .conv(1, 3)
                            .layer("Sigmoid")
                            .layer("Mul", List.of("conv1", "sigmoid3"))
                            .layer("ReLU")
                            .conv(3, 3)));
            add(
                    "rows and columns of " + channels + " channels stretched to each other",
                    new Declaration()
                            .input("rows", "FLOAT32", channels, 5, 1)
                            .input("columns", "FLOAT32", channels, 1, 6)
                            .layer("Mul", List.of("rows", "columns"))
                            .conv(channels, 3)
                            .layer("ReLU")
                            .layer("Add", List.of("rows", "relu3", "columns"))
                            .conv(2, 3));
        }
        add(
                "channels and pixels stretched to each other, in groups",
                new Declaration()
                        .input("channels", "FLOAT32", 8, 1, 1)
                        .input("pixels", "FLOAT32", 1, 4, 5)
                        .layer("Add", List.of("channels", "pixels"))
                        .groupNorm(2)
                        .conv(3, 3));
        add(
                "groups and a gate of their pool",
                head(image(3, 6, 6)
                        .conv(8, 3)
                        .groupNorm(2)
                        .layer("AdaptiveAvgPool2d", "outputSize", 1)
                        .layer("Mul", List.of("groupnorm2", "adaptiveavgpool3"))
                        .conv(3, 3)));
        add(
                "a gate before a max pool",
                head(image(3, 6, 6)
                        .conv(8, 3)
                        .layer("AdaptiveAvgPool2d", "outputSize", 1)
                        .layer("Add", List.of("conv1", "adaptiveavgpool2"))
                        .maxPool(2)
                        .conv(3, 3)));
        add(
                "an image of one channel and a gate",
                image(1, 5, 4)
                        .conv(1, 3)
                        .layer("AdaptiveAvgPool2d", "outputSize", List.of(1, KEEP))
                        .layer("Mul", List.of("conv1", "adaptiveavgpool2"))
                        .conv(4, 3));
        add(
                "features and one number",
                image(7).linear(33)
                        .linear(1)
                        .layer("Sigmoid")
                        .layer("Mul", List.of("sigmoid3", "linear1"))
                        .linear(3)
                        .loss("CrossEntropyLoss"));
        add(
                "rows of features and one row",
                image(4, 17)
                        .linear(16)
                        .layer("Linear", List.of("input"), "outFeatures", 1)
                        .layer("Mul", List.of("linear1", "linear2"))
                        .linear(2));
        add(
                "what was an image and one number",
                image(3, 4, 5)
                        .conv(2, 3)
                        .layer("Flatten")
                        .linear(1)
                        .layer("Add", List.of("linear3", "flatten2"))
                        .linear(4));
    }

    /** What comes back to the size of an earlier layer and is joined with it. */
    private static void enlarged() {
        Map<String, Object[]> ways = Map.of(
                "ConvTranspose2d", new Object[] {"outChannels", 16, "kernelSize", 2, "stride", 2},
                "Upsample", new Object[] {"scaleFactor", 2.0});
        for (int channels : new int[] {16, 3}) {
            ways.forEach((layer, attributes) -> add(
                    channels + " channels, down and up by " + layer,
                    head(image(3, 6, 8)
                            .conv(channels, 3)
                            .layer("ReLU")
                            .maxPool(2)
                            .conv(16, 3)
                            .layer("ReLU")
                            .layer(layer, attributes)
                            .layer(
                                    "Concat",
                                    List.of(
                                            layer.toLowerCase(java.util.Locale.ROOT)
                                                            .replace("2d", "")
                                                    + 6,
                                            "relu2"))
                            .conv(5, 3))));
        }
        add(
                "groups, enlarged between their cells",
                head(image(3, 5, 4)
                        .conv(8, 3)
                        .groupNorm(2)
                        .layer("Upsample", "size", List.of(8, 9), "mode", "BILINEAR")
                        .maxPool(2)
                        .conv(4, 3)));
        add(
                "an input enlarged, convolved, shrunk, normalised",
                head(image(3, 5, 4)
                        .layer("Upsample", "scaleFactor", 3.0, "mode", "BILINEAR", "alignCorners", true)
                        .layer("ConvTranspose2d", "outChannels", 17, "kernelSize", 3, "padding", 1)
                        .layer("BatchNorm2d")
                        .layer("ReLU")
                        .layer("Upsample", "size", List.of(4, 5))));
        for (int channels : new int[] {1, 5, 32}) {
            add(
                    "the middle one of five rows of " + channels + " channels",
                    head(image(channels, 5, 4)
                            .layer("ReLU")
                            .layer("Upsample", "size", List.of(1, 3), "mode", "BILINEAR")));
        }
        add(
                "an input, transposed, and a pool",
                head(image(2, 5, 4)
                        .layer("ConvTranspose2d", "outChannels", 20, "kernelSize", 4, "stride", 2, "padding", 1)
                        .maxPool(2)
                        .conv(4, 3)));
    }

    /** Matrices that are views of what other layers made. */
    private static void matrices() {
        for (int width : new int[] {6, 16, 24}) {
            Declaration rows = image(9, 5);
            for (int part = 1; part < 10; part += 3) {
                rows = rows.layer("Linear", List.of("input"), "outFeatures", 2 * width)
                        .layer("Unflatten", "dim", 2, "unflattenedSize", List.of(2, width))
                        .layer("Permute", "dims", List.of(0, 2, 1, 3));
            }
            add(
                    "two heads of attention, " + width + " wide",
                    rows.layer("MatMul", List.of("permute3", "permute6"), "transposeB", true)
                            .layer("Softmax", "dim", -1)
                            .layer("MatMul", List.of("softmax11", "permute9"))
                            .layer("Permute", "dims", List.of(0, 2, 1, 3))
                            .layer("Flatten", "startDim", 2)
                            .linear(5));
        }
        add(
                "channels of a convolution against each other",
                head(image(3, 4, 5)
                        .conv(17, 3)
                        .layer("Flatten", "startDim", 2)
                        .layer("MatMul", List.of("flatten2", "flatten2"), "transposeB", true)
                        .layer("ReLU")));
        add(
                "rows and columns of an image, and one matrix for all channels",
                image(3, 4, 5)
                        .conv(4, 3)
                        .layer("MatMul", List.of("conv1", "conv1"), "transposeA", true)
                        .layer("Slice", List.of("matmul2"), "start", 1, "end", 2)
                        .layer("MatMul", List.of("conv1", "slice3"))
                        .conv(2, 3));
        add(
                "panels of columns of a shuffled image",
                image(8, 3, 4)
                        .conv(64, 3)
                        .layer("ChannelShuffle", "groups", 8)
                        .layer("Flatten", "startDim", 2)
                        .layer("MatMul", List.of("flatten3", "flatten3"), "transposeA", true)
                        .layer("MatMul", List.of("matmul4", "flatten3"), "transposeB", true)
                        .layer("Tanh"));
        add(
                "an average everywhere, multiplied and convolved",
                image(3, 4, 5)
                        .conv(16, 3)
                        .layer("AdaptiveAvgPool2d", "outputSize", 1)
                        .layer("Expand", List.of("adaptiveavgpool2"), "sizes", List.of(-1, 4, 5))
                        .layer("MatMul", List.of("conv1", "expand3"), "transposeB", true)
                        .layer("Expand", List.of("adaptiveavgpool2"), "sizes", List.of(16, 4, 4))
                        .layer("Add", List.of("matmul4", "expand5"))
                        .layer("Bilinear", List.of("add6", "add6"), "outFeatures", 3)
                        .conv(2, 3));
    }

    @TestFactory
    Stream<DynamicTest> haveTheReferencesNumbers() {
        Map<String, DrawnNetwork> variants = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        NETWORKS.forEach((name, declaration) -> {
            boolean floats = declaration.network(false, false, 1).hasFloatInputs();
            variants.put("Listed" + variants.size(), declaration.network(floats, false, 2));
            names.put("Listed" + names.size(), name + ", declared");
            DrawnNetwork plain = declaration.network(floats, true, 1);
            variants.put("Listed" + variants.size(), plain.withLosses(squares(plain)));
            names.put("Listed" + names.size(), name + ", squares, exact");
            DrawnNetwork many = declaration.network(false, false, 17);
            variants.put("Listed" + variants.size(), many.withLosses(squares(many)));
            names.put("Listed" + names.size(), name + ", squares, 17 samples");
        });
        CompiledBatch compiled = CompiledBatch.of(variants);
        return variants.keySet().stream()
                .map(key -> dynamicTest(names.get(key), () -> {
                    Verdict verdict = compiled.verdict(key);
                    assertThat(verdict.kind())
                            .as(verdict.message() + "\n" + variants.get(key).text(key))
                            .isEqualTo(Kind.RIGHT);
                }));
    }

    private static List<DrawnNetwork.DrawnLoss> squares(DrawnNetwork network) {
        return network.outputs().stream()
                .map(output -> new DrawnNetwork.DrawnLoss("MSELoss", Map.of(), output))
                .toList();
    }
}
