package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.loss.Losses;
import dev.netwright.processor.reference.GoldenCase;
import dev.netwright.processor.reference.GoldenCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every golden vector of PyTorch's modules, through generated code. */
class GoldenCasesTest {
    private static final List<String> MODULES = List.of(
            "Conv1d",
            "Conv2d",
            "Conv3d",
            "ConvTranspose1d",
            "ConvTranspose2d",
            "ConvTranspose3d",
            "Linear",
            "MatMul",
            "Bilinear",
            "Unflatten",
            "Expand",
            "Embedding",
            "EmbeddingBag",
            "BatchNorm1d",
            "BatchNorm2d",
            "BatchNorm3d",
            "MaxPool1d",
            "MaxPool2d",
            "MaxPool3d",
            "AvgPool1d",
            "AvgPool2d",
            "AvgPool3d",
            "AdaptiveAvgPool1d",
            "AdaptiveAvgPool2d",
            "AdaptiveAvgPool3d",
            "AdaptiveMaxPool1d",
            "AdaptiveMaxPool2d",
            "AdaptiveMaxPool3d",
            "LPPool1d",
            "LPPool2d",
            "LPPool3d",
            "Upsample",
            "UpsamplingNearest2d",
            "UpsamplingBilinear2d",
            "PixelShuffle",
            "PixelUnshuffle",
            "Unfold",
            "Fold",
            "ReLU",
            "ReLU6",
            "LeakyReLU",
            "Sigmoid",
            "Tanh",
            "SiLU",
            "GELU",
            "Softmax",
            "LogSoftmax",
            "Dropout",
            "Dropout1d",
            "Dropout2d",
            "Dropout3d",
            "AlphaDropout",
            "FeatureAlphaDropout",
            "RReLU",
            "StochasticDepth",
            "Flatten",
            "ChannelShuffle",
            "Permute",
            "Slice",
            "Chunk",
            "Hardswish",
            "Hardsigmoid",
            "CELU",
            "ELU",
            "GLU",
            "Hardshrink",
            "Hardtanh",
            "LogSigmoid",
            "Mish",
            "MultiheadAttention",
            "SELU",
            "Softmax2d",
            "Softmin",
            "Softplus",
            "Softshrink",
            "Softsign",
            "Tanhshrink",
            "Threshold",
            "TransformerDecoderLayer",
            "TransformerEncoderLayer",
            "PReLU",
            "GroupNorm",
            "LayerNorm",
            "LocalResponseNorm",
            "RMSNorm",
            "GRU",
            "GRUCell",
            "LSTM",
            "LSTMCell",
            "RNN",
            "RNNCell",
            "InstanceNorm1d",
            "InstanceNorm2d",
            "InstanceNorm3d",
            "Mean",
            "Sum",
            "Max",
            "Min",
            "Power",
            "Clamp",
            "LpNormalize",
            "LayerNorm2d",
            "ReflectionPad1d",
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
            "CircularPad3d",
            "BCELoss",
            "BCEWithLogitsLoss",
            "CTCLoss",
            "CosineEmbeddingLoss",
            "CrossEntropyLoss",
            "GaussianNLLLoss",
            "HingeEmbeddingLoss",
            "HuberLoss",
            "KLDivLoss",
            "L1Loss",
            "MSELoss",
            "MarginRankingLoss",
            "MultiLabelMarginLoss",
            "MultiLabelSoftMarginLoss",
            "MultiMarginLoss",
            "NLLLoss",
            "PoissonNLLLoss",
            "SmoothL1Loss");

    /** Whose cases have an argument that a network has no input for, and the tests that run them. */
    private static final Map<String, String> ELSEWHERE = new TreeMap<>(Map.of(
            "MaxUnpool1d", "UnpoolTest",
            "MaxUnpool2d", "UnpoolTest",
            "MaxUnpool3d", "UnpoolTest",
            "FractionalMaxPool2d", "FractionalPoolTest",
            "FractionalMaxPool3d", "FractionalPoolTest"));

    /** Cases that must run when all are there, so that none is lost in silence. */
    private static final int LEAST_CASES = 300;

    private static final Map<String, Integer> PASSED = new TreeMap<>();
    private static final Map<String, Map<String, Integer>> NOT_RUN = new TreeMap<>();

    @TestFactory
    Stream<DynamicNode> generatedCodeAgreesWithPyTorch() {
        Map<String, List<GoldenRun>> runs = new LinkedHashMap<>();
        for (String module : MODULES.stream().filter(ChosenOperators::has).toList()) {
            List<GoldenRun> of = new ArrayList<>();
            GoldenCases.of(module).forEach(golden -> of.add(new GoldenRun(golden, module + "Golden" + of.size())));
            runs.put(module, of);
        }
        List<GoldenRun> all = runs.values().stream()
                .flatMap(List::stream)
                .filter(run -> run.refusal().isEmpty())
                .toList();
        if (GoldenCases.isComplete() && ChosenOperators.areAll()) {
            assertThat(all).hasSizeGreaterThanOrEqualTo(LEAST_CASES);
        }
        Groups groups = new Groups(all);
        return runs.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> dynamicContainer(
                        entry.getKey(),
                        entry.getValue().stream()
                                .filter(run -> !isRefused(run))
                                .map(run -> dynamicTest(run.toString(), () -> run(run, groups.compiled(run))))));
    }

    /** Networks are compiled some at a time, as they come: all of them at once have no room. */
    private static final class Groups {
        private static final int SIZE = 160;

        private final List<GoldenRun> all;
        private CompiledNetworks compiled;
        private int present = -1;

        Groups(List<GoldenRun> all) {
            this.all = all;
        }

        CompiledNetworks compiled(GoldenRun run) {
            int group = all.indexOf(run) / SIZE;
            if (group != present) {
                compiled = null;
                int first = group * SIZE;
                compiled = CompiledNetworks.of(all.subList(first, Math.min(first + SIZE, all.size())).stream()
                        .map(GoldenRun::source)
                        .toList());
                present = group;
            }
            return compiled;
        }
    }

    private static boolean isRefused(GoldenRun run) {
        run.refusal().ifPresent(reason -> count(run, reason));
        return run.refusal().isPresent();
    }

    private static void run(GoldenRun run, CompiledNetworks compiled) {
        try {
            run.check(compiled.network(run.name(), 512).create(1, OperatorCase.ONE_THREAD));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n" + run.source().text(), e);
        }
        PASSED.merge(run.golden().module(), 1, Integer::sum);
    }

    private static void count(GoldenRun run, String reason) {
        NOT_RUN.computeIfAbsent(run.golden().module(), module -> new TreeMap<>())
                .merge(reason, 1, Integer::sum);
    }

    @Test
    void valuesWithoutAGoldenCaseAreListed() {
        String table = GoldenCoverage.table(GoldenCases::of);
        System.out.println(table);
        assertThat(table).contains("Conv2d", "CrossEntropyLoss");
    }

    @Test
    void everyModuleWithCasesHasALine() {
        Set<String> modules = new TreeSet<>(Layers.names());
        modules.addAll(Losses.names());
        modules.removeIf(module -> GoldenCases.of(module).isEmpty());
        Set<String> lines = new TreeSet<>(MODULES);
        lines.addAll(ELSEWHERE.keySet());
        assertThat(lines).containsAll(modules);
    }

    @Test
    void aLineCountsTheValuesOfEveryAttribute() {
        List<GoldenCase> cases = GoldenCases.of("Conv2d");
        String line = GoldenTable.line("Conv2d", cases, 3, Map.of("an empty batch", 2));
        assertThat(line)
                .startsWith("Conv2d 3/" + cases.size() + " ")
                .contains(" groups=1:", " paddingMode=ZEROS:", "not run: 2 of an empty batch");
    }

    /** The file is for people: it is rewritten by each run. */
    @AfterAll
    static void printTable() throws IOException {
        StringBuilder table =
                new StringBuilder("module, cases passed of those present, and cases by attribute value\n");
        for (String module : MODULES) {
            table.append(GoldenTable.line(
                    module,
                    GoldenCases.of(module),
                    PASSED.getOrDefault(module, 0),
                    NOT_RUN.getOrDefault(module, Map.of())));
        }
        ELSEWHERE.forEach((module, test) -> table.append(GoldenTable.line(module, GoldenCases.of(module), test)));
        System.out.println(table);
        Files.writeString(Path.of("target", "golden-table.txt"), table);
    }
}
