package dev.netwright.processor.generated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An annotated class as Java source.
 *
 * @param name of the class, with its package
 * @param text of the source file
 */
public record NetworkText(String name, String text) {

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

    /** A class in the tests' own package. */
    public static NetworkText of(String simpleName, String annotations, String layers) {
        return new NetworkText(
                NetworkSource.PACKAGE + "." + simpleName,
                "package " + NetworkSource.PACKAGE + ";\n\nimport dev.netwright.annotations.*;\n\n" + annotations
                        + "\nclass " + simpleName + " {\n" + layers.indent(4) + "}\n");
    }

    /** A class of the zoo, whose sources lie beside this module: the processor does not depend on the zoo. */
    public static NetworkText zoo(String simpleName) {
        String path = "zoo/src/main/java/dev/netwright/zoo/" + simpleName + ".java";
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(path))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " has " + path);
        }
        try {
            return new NetworkText("dev.netwright.zoo." + simpleName, Files.readString(folder.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    @Override
    public String toString() {
        return name;
    }

    /** The name of the generated model. */
    public String model() {
        return name + "Model";
    }
}
