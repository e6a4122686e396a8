package dev.netwright.processor.generated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An annotated class as Java source.
 *
 * @param name of the class, with its package
 * @param text of the source file
 * @param others texts of further source files that it needs, by their classes' names with packages
 */
public record NetworkText(String name, String text, Map<String, String> others) {
    private static final String ZOO = "dev.netwright.zoo.";
    private static final Pattern USED = Pattern.compile("(?:@|extends )(\\w+)");

    /** The network of PyTorch tutorials, which the golden numbers are of. */
    public static final NetworkText CIFAR =
            of("CifarNet", "@Network(input = {3, 32, 32}) @CrossEntropyLoss", cifarLayers(""));

    /** The same with an activation before each pool. */
    public static final NetworkText CIFAR_WITH_RELU =
            of("CifarReluNet", "@Network(input = {3, 32, 32}) @CrossEntropyLoss", cifarLayers("@ReLU Layer relu%d;"));

    /** A small network that normalises, joins a shortcut and drops out. */
    public static final NetworkText SMALL = of("SmallNet", "@Network(input = {3, 8, 8}) @CrossEntropyLoss", """
            @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) Layer conv1;
            @BatchNorm2d Layer bn1;
            @ReLU Layer relu1;
            @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv2;
            @BatchNorm2d Layer bn2;
            @Add(from = {"bn2", "relu1"}) Layer sum;
            @ReLU Layer relu2;
            @MaxPool2d(kernelSize = 2) Layer pool;
            @Flatten Layer flatten;
            @Dropout(p = 0.25) Layer dropout;
            @Linear(outFeatures = 5) Layer fc;
            """);

    /** 784-128-10. */
    public static final NetworkText MLP = of("MlpNet", "@Network(input = 784) @CrossEntropyLoss", """
            @Linear(outFeatures = 128) Layer fc1;
            @ReLU Layer relu;
            @Linear(outFeatures = 10) Layer fc2;
            """);

    /** Layers over time, of odd numbers, with what their states are at last. */
    public static final NetworkText TIME = of("TimeNet", "@Network(input = {7, 5}) @CrossEntropyLoss", """
            @LSTM(hiddenSize = 19, projSize = 6) Layer lstm;
            @GRU(hiddenSize = 9, numLayers = 2, dropout = 0.5, bidirectional = true) Layer gru;
            @RNN(hiddenSize = 16) Layer rnn;
            @Flatten(from = "gru.hn") Layer last;
            @Flatten(from = "rnn") Layer all;
            @Flatten(from = "lstm.cn") Layer cell;
            @Concat(from = {"last", "all", "cell"}) Layer joined;
            @Linear(outFeatures = 10) Layer head;
            """);

    /** Attention of odd numbers, with samples of several lengths, what a decoder reads of others, and shares as an output. */
    public static final NetworkText ATTENTION = of("AttentionNet", """
            @Network
            @Input(name = "rows", shape = {7, 6})
            @Input(name = "memory", shape = {5, 6})
            @Input(name = "length", shape = 1, type = InputType.INT32)
            @Input(name = "memoryLength", shape = 1, type = InputType.INT32)
            @CrossEntropyLoss(of = "head")
            """, """
            @TransformerEncoderLayer(nhead = 3, dimFeedforward = 19, from = "memory", lengths = "memoryLength") Layer encoder;
            @TransformerDecoderLayer(nhead = 2, dimFeedforward = 21, activation = TransformerDecoderLayer.Activation.GELU, isCausal = true,
                    from = {"rows", "encoder"}, lengths = "length", memoryLengths = "memoryLength") Layer decoder;
            @MultiheadAttention(numHeads = 2, dropout = 0.25, addBiasKv = true, addZeroAttn = true,
                    from = {"decoder", "encoder", "memory"}, lengths = "memoryLength") Layer attention;
            @Flatten(from = "attention") Layer all;
            @Linear(outFeatures = 10) @Output Layer head;
            @Identity(from = "attention.weights") @Output Layer shares;
            """);

    /** LeCun and others 1998, with average pools without weights. */
    public static final NetworkText LENET = of("LeNet5", "@Network(input = {1, 28, 28}) @CrossEntropyLoss", """
            @Conv2d(outChannels = 6, kernelSize = 5, padding = 2) Layer conv1;
            @Tanh Layer tanh1;
            @AvgPool2d(kernelSize = 2) Layer pool1;
            @Conv2d(outChannels = 16, kernelSize = 5) Layer conv2;
            @Tanh Layer tanh2;
            @AvgPool2d(kernelSize = 2) Layer pool2;
            @Flatten Layer flatten;
            @Linear(outFeatures = 120) Layer fc1;
            @Tanh Layer tanh3;
            @Linear(outFeatures = 84) Layer fc2;
            @Tanh Layer tanh4;
            @Linear(outFeatures = 10) Layer fc3;
            """);

    /** A network in which next to nothing is a multiple of a vector. */
    public static final NetworkText ODD = of("OddNet", "@Network(input = {3, 19, 17}) @CrossEntropyLoss", """
            @Conv2d(outChannels = 6, kernelSize = 3, padding = 1) Layer conv1;
            @BatchNorm2d Layer bn1;
            @SiLU Layer silu;
            @Conv2d(outChannels = 6, kernelSize = 3, padding = 1, groups = 6) Layer depthwise;
            @GELU Layer gelu;
            @Conv2d(outChannels = 10, kernelSize = 1) Layer pointwise;
            @GroupNorm(numGroups = 5) Layer norm1;
            @Conv2d(outChannels = 20, kernelSize = 5, stride = 2, padding = 2, groups = 2) Layer grouped;
            @PReLU(numParameters = 20) Layer prelu;
            @MaxPool2d(kernelSize = 3, stride = 1, padding = 1) Layer maxPool;
            @ConvTranspose2d(outChannels = 17, kernelSize = 3, stride = 2, padding = 1) Layer up;
            @Tanh Layer tanh;
            @AvgPool2d(kernelSize = 2) Layer avgPool;
            @Conv2d(outChannels = 34, kernelSize = 3, padding = 1) Layer conv2;
            @LayerNorm2d Layer norm2;
            @Conv2d(outChannels = 34, kernelSize = 3, padding = 1) Layer conv3;
            @Add(from = {"norm2", "conv3"}) Layer sum;
            @ReLU Layer relu;
            @Conv2d(outChannels = 70, kernelSize = 1) Layer wide;
            @Dropout(p = 0.3) Layer dropout;
            @AdaptiveAvgPool2d(outputSize = {3, 2}) Layer pool;
            @Flatten Layer flatten;
            @Linear(outFeatures = 37) Layer fc1;
            @Sigmoid Layer sigmoid;
            @Linear(outFeatures = 10) Layer fc2;
            """);

    public NetworkText {
        others = Map.copyOf(others);
    }

    /** A class that needs no other. */
    public NetworkText(String name, String text) {
        this(name, text, Map.of());
    }

    /** A class in the tests' own package. */
    public static NetworkText of(String simpleName, String annotations, String layers) {
        return new NetworkText(
                NetworkSource.PACKAGE + "." + simpleName,
                "package " + NetworkSource.PACKAGE + ";\n\nimport dev.netwright.annotations.*;\n\n" + annotations
                        + "\nclass " + simpleName + " {\n" + layers.indent(4) + "}\n");
    }

    /**
     * A network that extends a class of the zoo, whose sources lie beside this module: the processor does not depend on the
     * zoo.
     *
     * @param simpleName of the zoo's class, which the network's name begins with
     * @param input the shape of a sample
     */
    public static NetworkText zoo(String simpleName, int... input) {
        return extension(simpleName, "@CrossEntropyLoss", "", input);
    }

    /**
     * As {@link #zoo}, with annotations and layers of the network's own.
     *
     * @param simpleName of the zoo's class, which the network's name begins with
     * @param annotations besides the input
     * @param layers of the network, after those of the zoo's class
     * @param input the shape of a sample
     */
    public static NetworkText extension(String simpleName, String annotations, String layers, int... input) {
        String shape = Arrays.toString(input).replace('[', '{').replace(']', '}');
        NetworkText network = of(simpleName + "Net", "@Network(input = " + shape + ") " + annotations, layers);
        String declared = "class " + simpleName + "Net ";
        String text = network.text().replace(declared, declared + "extends " + ZOO + simpleName + " ");
        Map<String, String> sources = new LinkedHashMap<>();
        collect(zooFolder(), simpleName, sources);
        return new NetworkText(network.name(), text, sources);
    }

    /** Adds a class of the zoo, its superclass and the blocks that it uses. */
    private static void collect(Path zoo, String simpleName, Map<String, String> sources) {
        Path file = zoo.resolve(simpleName + ".java");
        if (sources.containsKey(ZOO + simpleName) || !Files.exists(file)) {
            return;
        }
        try {
            String text = Files.readString(file);
            sources.put(ZOO + simpleName, text);
            USED.matcher(text).results().forEach(used -> collect(zoo, used.group(1), sources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the zoo's classes are. */
    public static Path zooFolder() {
        Path inside = Path.of("zoo/src/main/java/dev/netwright/zoo");
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(inside))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " has " + inside);
        }
        return folder.resolve(inside);
    }

    public static String cifarLayers(String afterConvolution) {
        StringBuilder layers = new StringBuilder();
        int[] channels = {32, 32, 64};
        for (int i = 1; i <= channels.length; i++) {
            layers.append("@Conv2d(outChannels = %d, kernelSize = 5, padding = 2) Layer conv%d;\n"
                    .formatted(channels[i - 1], i));
            layers.append(afterConvolution.formatted(i));
            layers.append("@MaxPool2d(kernelSize = 2) Layer pool%d;\n".formatted(i));
        }
        return layers.append("""
                        @Flatten Layer flatten;
                        @Linear(inFeatures = 1024, outFeatures = 64) Layer fc1;
                        @Linear(outFeatures = 10) Layer fc2;
                        """).toString();
    }

    /** The texts of all source files, by their classes' names. */
    public Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>(others);
        sources.put(name, text);
        return sources;
    }

    @Override
    public String toString() {
        return name;
    }

    /** The name of the generated model. */
    public String model() {
        return name + "Model";
    }
}
