package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.reference.GoldenCases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
            "SELU",
            "Softmax2d",
            "Softmin",
            "Softplus",
            "Softshrink",
            "Softsign",
            "Tanhshrink",
            "Threshold",
            "PReLU",
            "GroupNorm",
            "LayerNorm",
            "LocalResponseNorm",
            "RMSNorm",
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

    /** Cases that must run when all are there, so that none is lost in silence. */
    private static final int LEAST_CASES = 300;

    private static final Map<String, Integer> PASSED = new TreeMap<>();
    private static final Map<String, Map<String, Integer>> NOT_RUN = new TreeMap<>();

    @TestFactory
    Stream<DynamicNode> generatedCodeAgreesWithPyTorch() {
        Map<String, List<GoldenRun>> runs = new LinkedHashMap<>();
        for (String module : MODULES) {
            List<GoldenRun> of = new ArrayList<>();
            GoldenCases.of(module).forEach(golden -> of.add(new GoldenRun(golden, module + "Golden" + of.size())));
            runs.put(module, of);
        }
        List<GoldenRun> all = runs.values().stream()
                .flatMap(List::stream)
                .filter(run -> run.refusal().isEmpty())
                .toList();
        if (GoldenCases.isComplete()) {
            assertThat(all).hasSizeGreaterThanOrEqualTo(LEAST_CASES);
        }
        CompiledNetworks compiled =
                CompiledNetworks.of(all.stream().map(GoldenRun::source).toList());
        return runs.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> dynamicContainer(
                        entry.getKey(),
                        entry.getValue().stream()
                                .filter(run -> !isRefused(run))
                                .map(run -> dynamicTest(run.toString(), () -> run(run, compiled)))));
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
        run.omission().ifPresent(reason -> count(run, reason));
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

    @AfterAll
    static void printTable() {
        StringBuilder table = new StringBuilder(String.format("%-20s %6s %6s\n", "operator", "cases", "passed"));
        for (String module : MODULES) {
            table.append(String.format(
                    "%-20s %6d %6d %s\n",
                    module,
                    GoldenCases.of(module).size(),
                    PASSED.getOrDefault(module, 0),
                    NOT_RUN.containsKey(module) ? "not run: " + NOT_RUN.get(module) : ""));
        }
        System.out.println(table);
    }
}
