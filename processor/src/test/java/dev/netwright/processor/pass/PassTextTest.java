package dev.netwright.processor.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A small network after each pass, as text that is kept; {@code -Dnetwright.updateGoldens=true} writes it anew. */
class PassTextTest {
    private static final boolean UPDATE = Boolean.getBoolean("netwright.updateGoldens");
    private static final Path FOLDER = folder().resolve("dev/netwright/processor/pass");

    private static final String NETWORK = """
            @Network(input = {3, 8, 8})
            @CrossEntropyLoss
            class SmallNet {
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
            }
            """;

    static Stream<Arguments> passes() {
        Graph layers = Compiled.of(NETWORK).results().get(0).graph();
        Map<String, Graph> graphs = new LinkedHashMap<>();
        Graph inference = Lower.inference(layers, List.of());
        graphs.put("inference-1-Lower", inference);
        inference = FoldBatchNorm.run(inference, List.of());
        graphs.put("inference-2-FoldBatchNorm", inference);
        optimise("inference-", 3, inference, graphs);
        Graph training = Lower.training(layers, List.of(), false);
        graphs.put("training-1-Differentiate", training);
        training = Simplify.run(training);
        graphs.put("training-2-Simplify", training);
        training = SparseGradients.run(training, List.of(), false);
        graphs.put("training-3-SparseGradients", training);
        optimise("training-", 4, training, graphs);
        return graphs.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    private static void optimise(String program, int number, Graph graph, Map<String, Graph> graphs) {
        Graph live = DropDead.run(graph, List.of());
        graphs.put(program + number + "-DropDead", live);
        Graph inlined = InlineMaps.run(live, List.of());
        graphs.put(program + (number + 1) + "-InlineMaps", inlined);
        graphs.put(program + (number + 2) + "-Fuse", Fuse.run(inlined, List.of()));
    }

    private static Path folder() {
        Path inModule = Path.of("src", "test", "resources");
        return Files.isDirectory(inModule) ? inModule : Path.of("processor").resolve(inModule);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passes")
    void leavesTheGraphThatIsKept(String name, Graph graph) throws IOException {
        Path file = FOLDER.resolve("SmallNet-" + name + ".txt");
        String text = GraphText.of(graph);
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
