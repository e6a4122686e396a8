package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Depthwise;
import dev.netwright.processor.plan.DepthwiseWeightGradient;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.PlanText;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.Tile;
import dev.netwright.processor.plan.WinogradKernel;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the plan of a chain of convolutions and pools does not store. */
class PlanTest {
    static List<NetworkText> networks() {
        return List.of(NetworkText.CIFAR, NetworkText.CIFAR_WITH_RELU);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void convolutionActivationAndPoolAreOneStep(NetworkText network) {
        Plan plan = Planned.of(network).plan();
        for (Plan.Program program : List.of(plan.inference(), plan.training().orElseThrow())) {
            List<Step> forward = program.steps().stream()
                    .filter(step -> step.phase() == Phase.FORWARD)
                    .filter(step -> !(step.kernel() instanceof Kernel.ClearBorder))
                    .toList();
            assertThat(forward.stream()
                            .map(step -> step.name().replaceFirst("(Weights)?Transformed|Products", ""))
                            .distinct())
                    .containsExactly("input", "conv1", "conv2", "conv3", "fc1", "fc2");
            assertThat(forward.subList(1, forward.size()))
                    .allMatch(step -> step.kernel() instanceof Tile || step.kernel() instanceof WinogradKernel);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void inferenceStoresNothingBetweenConvolutionAndPool(NetworkText network) {
        assertThat(stored(Planned.of(network).plan().inference()))
                .containsExactlyInAnyOrder("input", "pool1", "pool2", "pool3", "fc1", "fc2", "loss");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trainingStoresWhichWasTheLargestAndNoMore(NetworkText network) {
        Planned planned = Planned.of(network);
        Set<String> ofBackward = planned.programs().training().orElseThrow().nodes().stream()
                .filter(node -> node.phase() == Phase.BACKWARD)
                .flatMap(node -> node.outputs().stream())
                .map(Value::name)
                .collect(Collectors.toSet());
        assertThat(stored(planned.plan().training().orElseThrow()).filter(name -> !ofBackward.contains(name)))
                .containsExactlyInAnyOrder(
                        "input",
                        "pool1",
                        "pool1.index",
                        "pool2",
                        "pool2.index",
                        "pool3",
                        "pool3.index",
                        "fc1",
                        "fc2",
                        "loss",
                        "loss.grad");
    }

    @Test
    void manyChannelsAreConvolvedByWinogradsAlgorithm() {
        assertThat(winograd(convolutions("", 64, 64, 3))).contains("conv2");
        assertThat(winograd(convolutions("", 64, 64, 5))).contains("conv2");
        assertThat(winograd(convolutions("", 8, 64, 3))).isEmpty();
        assertThat(winograd(convolutions("", 64, 8, 3))).isEmpty();
        assertThat(winograd(convolutions("", 64, 64, 2))).isEmpty();
    }

    @Test
    void exactConvolutionsAreAllDirect() {
        NetworkText exact = convolutions(", precision = Precision.EXACT", 64, 64, 3);
        assertThat(winograd(exact)).isEmpty();
        assertThat(Planned.of(exact).plan().inference().local()).isZero();
    }

    private static NetworkText convolutions(String option, int in, int out, int kernel) {
        return NetworkText.of(
                "ConvolutionsNet", "@Network(input = {3, 24, 24}" + option + ")", """
                @Conv2d(outChannels = %d, kernelSize = 3, padding = 1) Layer conv1;
                @Conv2d(outChannels = %d, kernelSize = %d, padding = 1) Layer conv2;
                @Flatten Layer flatten;
                """.formatted(in, out, kernel));
    }

    private static List<String> winograd(NetworkText network) {
        return Planned.of(network).plan().inference().steps().stream()
                .filter(step -> step.kernel() instanceof WinogradKernel)
                .map(Step::name)
                .toList();
    }

    private static Stream<String> stored(Plan.Program program) {
        return program.stored().stream().map(stored -> stored.value().name());
    }

    @Test
    void gradientsFromTheCallerKeepTheirNumbersWhereOneIsOfNoUse() {
        NetworkText network = NetworkText.of(
                "TwoOutputsNet",
                "@Network(input = 4)",
                "@Identity @Output Layer same;\n@Linear(outFeatures = 3, from = \"input\") @Output Layer fc;\n");
        Plan.Program training = Planned.of(network).plan().training().orElseThrow();
        assertThat(training.steps().stream().flatMap(step -> step.operands().stream()))
                .filteredOn(place -> place.array() == Place.Array.TARGET)
                .extracting(Place::base)
                .containsOnly(1);
    }

    @Test
    void theTwoSumsOfANormalisationsGradientAreCombinedTogether() {
        List<String> steps =
                Planned.of(NetworkText.zoo("ResNet20", 3, 32, 32)).plan().training().orElseThrow().steps().stream()
                        .map(Step::name)
                        .toList();
        assertThat(steps)
                .filteredOn(name -> name.matches(".*bn.*BiasGradCombined"))
                .hasSize(19);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).matches(".*bn.*BiasGradCombined")) {
                String layer = steps.get(i).replace("BiasGradCombined", "");
                assertThat(steps.subList(i - 2, i + 2))
                        .containsExactly(
                                layer + "BiasGrad",
                                layer + "Product",
                                layer + "BiasGradCombined",
                                layer + "ProductCombined");
            }
        }
    }

    @Test
    void depthwiseConvolutionAndActivationAreOneStepOfVectors() {
        NetworkText network = NetworkText.of(
                "DepthwiseNet",
                "@Network(input = {20, 9, 9}) @CrossEntropyLoss",
                "@Conv2d(outChannels = 20, kernelSize = 3, padding = 1, groups = 20) Layer conv;\n"
                        + "@ReLU Layer relu;\n@Flatten Layer flatten;\n@Linear(outFeatures = 3) Layer fc;\n");
        Plan plan = Planned.of(network).plan();
        assertThat(plan.inference().steps())
                .filteredOn(step -> step.kernel() instanceof Depthwise)
                .hasSize(1);
        assertThat(plan.inference().steps()).noneMatch(step -> step.name().startsWith("relu"));
        assertThat(plan.training().orElseThrow().steps())
                .anyMatch(step -> step.kernel() instanceof DepthwiseWeightGradient);
    }

    /** Of 3 groups of 16 to 16, each sum is that of a dense convolution; of 16 to 8, that by the input alone. */
    @ParameterizedTest
    @CsvSource({
        "48, Tile, Tile, SlidingWeightGradient",
        "24, Sums, Tile, WeightGradient",
        "40, Sums, Tile, WeightGradient"
    })
    void groupsOfWholeVectorsAreConvolvedAsDenseOnes(int out, String forward, String byInput, String byWeight) {
        // 40 outputs are in 5 groups of 8, of 16 inputs each
        int groups = out == 40 ? 5 : 3;
        NetworkText network = NetworkText.of(
                "GroupsNet",
                "@Network(input = {%d, 9, 9}, inputGradient = true) @CrossEntropyLoss".formatted(16 * groups),
                ("@Conv2d(outChannels = %d, kernelSize = 3, padding = 1, groups = %d) Layer conv;\n"
                                + "@BatchNorm2d Layer norm;\n@ReLU Layer relu;\n@Flatten Layer flatten;\n"
                                + "@Linear(outFeatures = 3) Layer fc;\n")
                        .formatted(out, groups));
        Plan plan = Planned.of(network).plan();
        assertThat(kernels(plan.inference(), "conv")).containsExactly(forward);
        assertThat(plan.inference().steps()).noneMatch(step -> step.name().matches("(norm|relu).*"));
        assertThat(kernels(plan.training().orElseThrow(), "convGradient")).containsExactly(byInput);
        assertThat(kernels(plan.training().orElseThrow(), "convWeightGradient")).containsExactly(byWeight);
    }

    /** Channels that half a vector holds, an even number of columns, and taps of a row that share what is read. */
    @ParameterizedTest
    @CsvSource({"6, 12, 5, ColumnPairs", "8, 12, 5, ColumnPairs", "9, 12, 5, Tile", "6, 11, 5, Tile", "6, 12, 7, Tile"})
    void twoColumnsOfFewChannelsShareAVector(int channels, int columns, int taps, String byInput) {
        NetworkText network = NetworkText.of(
                "FewNet",
                "@Network(input = {%d, 9, %d}, inputGradient = true) @CrossEntropyLoss".formatted(channels, columns),
                "@Conv2d(outChannels = 10, kernelSize = {3, %d}) Layer conv;\n".formatted(taps)
                        + "@Flatten Layer flatten;\n@Linear(outFeatures = 3) Layer fc;\n");
        Plan plan = Planned.of(network).plan();
        assertThat(kernels(plan.training().orElseThrow(), "convGradient")).containsExactly(byInput);
    }

    private static List<String> kernels(Plan.Program program, String step) {
        return program.steps().stream()
                .filter(each -> each.name().equals(step))
                .map(each -> each.kernel().getClass().getSimpleName())
                .toList();
    }

    @Test
    void theDumpIsThePlan() {
        CompiledNetworks built = CompiledNetworks.with(List.of("-Anetwright.dump=plan"), NetworkText.CIFAR_WITH_RELU);
        String plan = PlanText.of(Planned.of(NetworkText.CIFAR_WITH_RELU).plan());
        assertThat(built.notes().stream().map(PlanTest::stripped))
                .anySatisfy(lines -> assertThat(lines).containsSequence(stripped(plan)));
        assertThat(plan.lines().takeWhile(line -> !line.startsWith("training")))
                .noneMatch(line -> line.contains("32 x 32 x 32") || line.contains("relu"));
    }

    @Test
    void theDumpOfGraphsTellsWhatEachPassMade() {
        CompiledNetworks built = CompiledNetworks.with(List.of("-Anetwright.dump=graph"), NetworkText.CIFAR);
        assertThat(built.notes().stream().map(PlanTest::stripped))
                .anySatisfy(lines -> assertThat(lines)
                        .containsSubsequence(
                                "inference after Lower:",
                                "inference after FoldBatchNorm:",
                                "inference after Fuse:",
                                "training after Differentiate:",
                                "training after Simplify:",
                                "training after Fuse:"));
    }

    /** Lines without the margins that compilers add to messages. */
    private static List<String> stripped(String text) {
        return text.lines().map(String::strip).toList();
    }
}
