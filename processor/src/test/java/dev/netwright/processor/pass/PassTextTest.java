package dev.netwright.processor.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.graph.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each pass makes of a network that it has something to do in, as text that is kept;
 * {@code -Dnetwright.updateGoldens=true} writes it anew.
 */
class PassTextTest {
    private static final boolean UPDATE = Boolean.getBoolean("netwright.updateGoldens");
    private static final Path FOLDER = folder().resolve("dev/netwright/processor/pass");

    private static final String NORMALISED = """
            @Network(input = {3, 8, 8})
            @CrossEntropyLoss
            class Normalised {
                @Conv2d(outChannels = 16, kernelSize = 3, bias = false) Layer conv;
                @BatchNorm2d Layer bn;
                @ReLU Layer relu;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
            }
            """;

    private static final String FROZEN = """
            @Network(input = {3, 8, 8})
            @CrossEntropyLoss
            @Frozen(value = {"conv*", "bn*"}, evaluation = true)
            class FrozenNet {
                @Conv2d(outChannels = 16, kernelSize = 3, bias = false) Layer conv;
                @BatchNorm2d Layer bn;
                @ReLU Layer relu;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
            }
            """;

    private static final String POOLED = """
            @Network(input = {3, 8, 8})
            @CrossEntropyLoss
            class Pooled {
                @Conv2d(outChannels = 6, kernelSize = 5) Layer conv1;
                @ReLU Layer relu;
                @MaxPool2d(kernelSize = 2) Layer pool;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
            }
            """;

    private static final String UNUSED = """
            @Network(input = 8)
            @CrossEntropyLoss
            class Unused {
                @Linear(outFeatures = 4) Layer fc1;
                @Tanh Layer probe;
                @Linear(outFeatures = 5, from = "fc1") Layer fc2;
            }
            """;

    private static final String GATED = """
            @Network(input = 8)
            @MSELoss
            class Gated {
                @Linear(outFeatures = 5) Layer fc;
                @Tanh Layer tanh;
                @Sigmoid(from = "fc") Layer sigmoid;
                @Mul(from = {"tanh", "sigmoid"}) Layer gated;
                @Hardswish Layer swish;
            }
            """;

    private static final String PARTS = """
            @Network(input = {3, 8, 8})
            @MSELoss
            class Parts {
                @Conv2d(outChannels = 15, kernelSize = 3) Layer conv;
                @Chunk(chunks = 3, index = 0) Layer left;
                @Chunk(chunks = 3, index = 1, from = "conv") Layer middle;
                @Chunk(chunks = 3, index = 2, from = "conv") Layer right;
                @Tanh Layer tanh;
                @Concat(from = {"left", "tanh", "middle"}) Layer both;
                @ChannelShuffle(groups = 3) Layer shuffle;
            }
            """;

    private static final String SHORTCUT = """
            @Network(input = {16, 8, 8})
            @CrossEntropyLoss
            class Shortcut {
                @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv1;
                @ReLU Layer relu1;
                @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv2;
                @Add(from = {"conv2", "relu1"}) Layer sum;
                @ReLU Layer relu2;
                @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv3;
                @MaxPool2d(kernelSize = 2) Layer pool;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
            }
            """;

    private static final String AUXILIARY = """
            @Network(input = {3, 8, 8})
            @CrossEntropyLoss(of = "fc")
            @CrossEntropyLoss(of = "aux", scale = 0.3)
            @MSELoss(of = "kept")
            class Auxiliary {
                @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv1;
                @ReLU Layer relu1;
                @AdaptiveAvgPool2d(outputSize = 1) Layer auxPool;
                @Flatten Layer auxFlatten;
                @Linear(outFeatures = 5) Layer aux;
                @Tanh(from = "auxFlatten") @KeepOutput Layer kept;
                @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, from = "relu1") Layer conv2;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
            }
            """;

    /** Of these, two convolutions and one weight gradient save products. */
    private static final String SIDES = """
            @Network(input = {16, 8, 8})
            @CrossEntropyLoss
            class Sides {
                @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv1;
                @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv2;
                @Conv2d(outChannels = 64, kernelSize = 3, stride = 2) Layer strided;
                @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer small;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
            }
            """;

    private static final Map<String, String> NETWORKS = Map.ofEntries(
            Map.entry("inference-Lower", NORMALISED),
            Map.entry("inference-FoldBatchNorm", NORMALISED),
            Map.entry("inference-DropDead", UNUSED),
            Map.entry("inference-DeferToLosses", AUXILIARY),
            Map.entry("inference-ChooseAlgorithms", SIDES),
            Map.entry("inference-InlineMaps", GATED),
            Map.entry("inference-Fuse", SHORTCUT),
            Map.entry("training-Differentiate", NORMALISED),
            Map.entry("training-FoldBatchNorm", FROZEN),
            Map.entry("training-ChooseAlgorithms", SIDES),
            Map.entry("training-Simplify", POOLED),
            Map.entry("training-JoinParts", PARTS),
            Map.entry("training-SparseGradients", POOLED),
            Map.entry("training-DropDead", UNUSED),
            Map.entry("training-InlineMaps", GATED),
            Map.entry("training-Fuse", SHORTCUT));

    /** One of the passes to a program; the lowering is the first. */
    private record Example(Passes passes, int index) {
        String pass() {
            return index == 0
                    ? passes.lowering()
                    : passes.passes().get(index - 1).name();
        }

        String name() {
            return passes.program() + "-" + pass();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static Stream<Example> passes() {
        return Stream.of(Passes.INFERENCE, Passes.TRAINING)
                .flatMap(passes ->
                        IntStream.rangeClosed(0, passes.passes().size()).mapToObj(index -> new Example(passes, index)));
    }

    private static Path folder() {
        Path inModule = Path.of("src", "test", "resources");
        return Files.isDirectory(inModule) ? inModule : Path.of("processor").resolve(inModule);
    }

    @ParameterizedTest
    @MethodSource("passes")
    void changesTheGraphAsItIsKept(Example example) throws IOException {
        assertThat(NETWORKS).as("a network that shows what the pass does").containsKey(example.name());
        Network network =
                Compiled.of(NETWORKS.get(example.name())).results().get(0).network();
        List<String> texts = new ArrayList<>(List.of(GraphText.of(network)));
        example.passes().run(network, network.nextValue(), (program, pass, graph) -> texts.add(GraphText.of(graph)));
        String before = texts.get(example.index());
        String after = texts.get(example.index() + 1);
        assertThat(after).isNotEqualTo(before);

        String text = "before " + example.pass() + "\n" + before + "after\n" + after;
        Path file = FOLDER.resolve(example.name() + ".txt");
        if (UPDATE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            System.out.println("wrote " + file);
        }
        assertThat(file)
                .as("%s; -Dnetwright.updateGoldens=true writes it", file)
                .exists();
        assertThat(text)
                .as("%s; if the change is meant, -Dnetwright.updateGoldens=true writes it anew", file)
                .isEqualTo(Files.readString(file));
    }
}
