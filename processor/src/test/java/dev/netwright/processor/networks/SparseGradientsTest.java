package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.pass.GraphText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where gradients behind max pools are summed over windows, and where over every place as elsewhere. */
class SparseGradientsTest {
    private static Graph training(NetworkText network) {
        return Planned.of(network).programs().training().orElseThrow();
    }

    private static Graph training(String... layers) {
        return training(NetworkText.of(
                "PooledNet",
                "@Network(input = {4, 12, 12})\n@CrossEntropyLoss",
                "@Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv1;\n" + String.join("\n", layers)
                        + "\n@Flatten Layer flatten;\n@Linear(outFeatures = 5) Layer fc;"));
    }

    private static List<String> sparse(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> isSparse(Primitive.Fused.anchor(node)))
                .map(Node::name)
                .distinct()
                .toList();
    }

    private static boolean isSparse(Primitive primitive) {
        return primitive instanceof Primitive.SparseWeightGradient
                || primitive instanceof Primitive.SparseInputGradient;
    }

    private static void requireDense(String... layers) {
        Graph graph = training(layers);
        assertThat(sparse(graph)).as(GraphText.of(graph)).isEmpty();
        assertThat(GraphText.of(graph)).contains("MaxPoolGradient");
    }

    @Test
    void theCifarNetworkComputedDirectlyScattersNoGradient() {
        Graph graph = training(NetworkText.of(
                "ExactCifarNet",
                "@Network(input = {3, 32, 32}, precision = Precision.EXACT) @CrossEntropyLoss",
                NetworkText.cifarLayers("")));
        assertThat(sparse(graph)).containsExactly("conv3", "conv2", "conv1");
        assertThat(GraphText.of(graph))
                .doesNotContain("MaxPoolGradient", "ConvolveWeightGradient", "ConvolveInputGradient")
                .containsPattern(
                        "d\\(conv2.weight\\) .*= SparseWeightGradient\\(%\\d+:pool1, %\\d+:\\S+, %\\d+:pool2.index\\)")
                .containsPattern("SparseInputGradient\\(%\\d+:\\S+, conv2.weight, %\\d+:pool2.index\\)");
    }

    @Test
    void theCifarNetworksWeightGradientsHaveTooFewChannelsForMinimalFiltering() {
        for (NetworkText network : List.of(NetworkText.CIFAR, NetworkText.CIFAR_WITH_RELU)) {
            Graph graph = training(network);
            assertThat(sparse(graph)).containsExactly("conv3", "conv2", "conv1");
            assertThat(GraphText.of(graph)).doesNotContain("SparseInputGradient", "ConvolveWeightGradient");
        }
    }

    @Test
    void whatMinimalFilteringMakesCheaperIsDense() {
        Graph graph = training(NetworkText.zoo("Vgg16", 3, 224, 224));
        // the pictures of the other three are small enough for the weight gradients' points to be kept
        assertThat(sparse(graph)).containsExactly("conv2_2", "conv1_2");
        assertThat(GraphText.of(graph)).doesNotContain("SparseInputGradient").contains("MaxPoolGradient");
        assertThat(sparse(training(wide("DEFAULT")))).isEmpty();
        assertThat(sparse(training(wide("EXACT")))).containsExactly("conv2");
    }

    @Test
    void whatIsTooSmallForMinimalFilteringIsNotDense() {
        Graph graph = training(NetworkText.of("TinyNet", "@Network(input = {16, 4, 4})\n@CrossEntropyLoss", """
                @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv1;
                @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv2;
                @MaxPool2d(kernelSize = 2) Layer pool;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
                """));
        assertThat(GraphText.of(graph))
                .doesNotContain("MaxPoolGradient")
                .contains("SparseInputGradient")
                .contains("SparseWeightGradient");
    }

    private static NetworkText wide(String precision) {
        return NetworkText.of(
                "WideNet",
                "@Network(input = {64, 16, 16}, precision = Precision." + precision + ")\n@CrossEntropyLoss",
                """
                @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv1;
                @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv2;
                @MaxPool2d(kernelSize = 2) Layer pool;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
                """);
    }

    @Test
    void theGradientOfAnActivationBetweenIsTakenOfTheMaxima() {
        assertThat(sparse(training("@ReLU Layer relu;", "@MaxPool2d(kernelSize = 2) Layer pool;")))
                .containsExactly("conv1");
        assertThat(sparse(training("@Tanh Layer tanh;", "@MaxPool2d(kernelSize = 2) Layer pool;")))
                .containsExactly("conv1");
        // SiLU's gradient asks for what went into it, which the pool has not kept
        requireDense("@SiLU Layer silu;", "@MaxPool2d(kernelSize = 2) Layer pool;");
    }

    @Test
    void windowsThatOverlapOrAreLargerAreDense() {
        requireDense("@MaxPool2d(kernelSize = 3, stride = 2) Layer pool;");
        requireDense("@MaxPool2d(kernelSize = 2, stride = 1) Layer pool;");
        requireDense("@MaxPool2d(kernelSize = 3) Layer pool;");
        requireDense("@MaxPool2d(kernelSize = 2, padding = 1) Layer pool;");
    }

    @Test
    void convolutionsWithStridesDilationOrGroupsAreDense() {
        String pool = "@MaxPool2d(kernelSize = 2) Layer pool;";
        requireDense("@Conv2d(outChannels = 16, kernelSize = 3, stride = 2, padding = 1) Layer conv2;", pool);
        requireDense("@Conv2d(outChannels = 16, kernelSize = 3, dilation = 2) Layer conv2;", pool);
        requireDense("@Conv2d(outChannels = 16, kernelSize = 3, groups = 2) Layer conv2;", pool);
    }

    @Test
    void aConvolutionOfOneChannelIsDenseWhereItsRowsDoNotFillVectors() {
        Graph graph =
                training(NetworkText.of("OneChannelNet", "@Network(input = {1, 12, 12})\n@CrossEntropyLoss", """
                @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv1;
                @MaxPool2d(kernelSize = 2) Layer pool;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
                """));
        assertThat(sparse(graph)).as(GraphText.of(graph)).isEmpty();
    }

    @Test
    void aConvolutionThatSomebodyElseReadsIsDense() {
        requireDense(
                "@MaxPool2d(kernelSize = 2) Layer pool;",
                "@AvgPool2d(kernelSize = 2, from = \"conv1\") Layer average;",
                "@Add(from = {\"pool\", \"average\"}) Layer sum;");
    }

    @Test
    void batchNormBetweenIsDense() {
        requireDense("@BatchNorm2d Layer norm;", "@MaxPool2d(kernelSize = 2) Layer pool;");
    }
}
